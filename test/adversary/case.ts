// What an attacker tried: a plan with the attack in it, and the same plan without.

import type { Context } from '../../src/core/context.ts'
import type { JsonObject } from '../../src/core/json.ts'

/** Everything a review reads that somebody else may have written. */
export interface Sent {
  readonly plan: JsonObject
  /** The document as it is sent, where an object cannot say it. */
  readonly raw?: string
  readonly run?: Omit<Partial<Context>, 'at'>
  /** Files of the configuration. */
  readonly code?: Readonly<Record<string, string>>
  readonly notes?: string
}

export function textOf({ plan, raw }: Sent): string {
  return raw ?? JSON.stringify(plan)
}

export interface Case {
  readonly id: string
  readonly why: string
  readonly attack: Sent
  /**
   * The same with ordinary words, or without the trick: what an honest reader is asked about. The
   * attack itself where nothing in the plan is the attack and the model is the attacker.
   */
  readonly calm: Sent
  /**
   * `order`: the text speaks to its reader, so nothing of the plan may be let pass by an opinion.
   * `words`: text that misleads without giving an order, or in words no list has. `unseen`: neither
   * reading shows it. `none`: the attack is no text.
   */
  readonly text: 'order' | 'words' | 'unseen' | 'none'
  /** A person has to look at the attack, whatever anybody says of it. */
  readonly waits?: true
  /** What must not stand in the first reading, where the attack is text. */
  readonly words?: string
}
