// One case with one reader in one setting, held against the oracle.
import type { Decision } from '../../src/core/decision.ts'
import type { Case } from './case.ts'
import { weaknesses } from './oracle.ts'
import { type Broken, decided, type Prepared, prepare } from './pipeline.ts'
import { HONEST, READERS, type Reader } from './readers.ts'
import { SETTINGS, type Setting } from './settings.ts'

export interface Tried {
  readonly id: string
  readonly reader: string
  readonly weak: readonly string[]
  readonly attacked: Decision
}

export interface Ready {
  readonly case: Case
  readonly setting: Setting
  /** Undefined for a document that cannot be read: nothing is released without a plan. */
  readonly attack: Prepared | undefined
  readonly calmRules: Decision
  readonly honest: Decision
}

const calm = new Map<
  string,
  Promise<{ readonly rules: Decision; readonly honest: Decision } | undefined>
>()

export async function readyFor(one: Case, setting: Setting = SETTINGS[0]): Promise<Ready> {
  const key = JSON.stringify([setting, one.calm.raw ?? one.calm])
  const known = key.length > 100_000 ? undefined : calm.get(key)
  const attack = await prepare(one.attack, setting)
  const ordinary =
    known ?? honestly(one.calm === one.attack ? attack : await prepare(one.calm, setting))
  if (key.length <= 100_000) calm.set(key, ordinary)
  const found = await ordinary
  if (found === undefined && attack !== undefined) throw new Error(`${one.id}: no calm plan`)
  const nothing = found as NonNullable<typeof found>
  return { case: one, setting, attack, calmRules: nothing?.rules, honest: nothing?.honest }
}

async function honestly(
  prepared: Prepared | undefined,
): Promise<{ readonly rules: Decision; readonly honest: Decision } | undefined> {
  return prepared && { rules: prepared.rules, honest: await decided(prepared, HONEST) }
}

export async function tried(
  ready: Ready,
  reader: Reader,
  broken?: Broken,
): Promise<Tried | undefined> {
  const {
    attack,
    calmRules,
    honest,
    case: { id, text, waits },
  } = ready
  if (attack === undefined) return undefined
  const attacked = await decided(attack, reader, broken)
  const weak = weaknesses({
    text,
    waits: waits === true,
    agrees: reader.agrees === true,
    leftOut: attack.packet.leftOut,
    rules: attack.rules,
    attacked,
    calmRules,
    honest,
  })
  return { id, reader: reader.id, weak, attacked }
}

/** What each case is tried with at least: readers that release all they can. */
const STRONG = new Set(['always releases', 'obeys what it reads', 'releases, then obeys'])

/** The strong readers, and two others in turn. */
export function someReaders(at: number): readonly Reader[] {
  const others = READERS.filter(({ id }) => !STRONG.has(id))
  const turns = [0, 1].flatMap((n) => others[(at * 2 + n) % others.length] ?? [])
  return [...READERS.filter(({ id }) => STRONG.has(id)), ...turns]
}
