// A boring plan made dangerous in one way, with the sentence that says why a person has to look.
import type { Context } from '../../src/core/context.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Random } from './random.ts'

export interface Seed {
  readonly name: string
  readonly context: Context
  readonly plan: JsonObject
}

export interface Mutant {
  readonly operator: string
  readonly seed: string
  readonly why: string
  /** The change that makes it dangerous; empty where the plan as a whole does. */
  readonly address: string
  readonly context: Context
  readonly plan: JsonObject
}

/** A way to make a boring plan dangerous. What is arguable it leaves out, and says so. */
export interface Operator {
  readonly name: string
  mutate(seed: Seed, random: Random): readonly Danger[]
}

export type Danger = Pick<Mutant, 'why' | 'address' | 'plan'>

/** All mutants of a seed under one operator. */
export function mutantsOf(operator: Operator, seed: Seed, random: Random): readonly Mutant[] {
  return operator.mutate(seed, random).map((danger) => ({
    ...danger,
    operator: operator.name,
    seed: seed.name,
    context: seed.context,
  }))
}
