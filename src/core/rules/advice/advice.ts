// The advice for a finding: its rule's own words first, then those of its concern, then those of the
// hazard it leads with.
import { HAZARDS, type HazardAdvice } from '../../knowledge/data/hazards.ts'
import type { Hazard } from '../../knowledge/kind.ts'
import type { Concern } from '../finding.ts'
import { ACCESS } from './access.ts'
import type { ConcernRow } from './concern-row.ts'
import { DOUBTS } from './doubts.ts'
import { ENDS } from './ends.ts'
import { SETTINGS } from './settings.ts'

const ROWS: Readonly<Record<Concern, ConcernRow>> = { ...ENDS, ...SETTINGS, ...ACCESS, ...DOUBTS }

const BY_HAZARD: ReadonlyMap<Hazard, readonly HazardAdvice[]> = new Map(
  HAZARDS.map(({ id, advice }) => [id, advice]),
)

export function rowOf(concern: Concern): ConcernRow {
  return ROWS[concern]
}

export interface Advice {
  readonly check: string
  readonly rollback: string
  readonly after: string
}

/**
 * What to look at before, how to undo, what to watch; never empty. `wanted` picks among the cases of
 * a hazard ("replace", "setting").
 */
export function adviceFor(
  concern: Concern,
  hazards: readonly Hazard[],
  wanted: string | undefined,
): Advice {
  const row = rowOf(concern)
  const cases = [...hazards, row.like].map((id) => casesOf(id, wanted))
  const first = (part: (one: HazardAdvice) => string): string =>
    cases.map(part).find((text) => text !== '') ?? ''
  return {
    check: row.check ?? sentence(first(({ before }) => before)),
    rollback: row.rollback ?? first(undoing),
    after: row.after ?? sentence(first(({ after }) => after)),
  }
}

function casesOf(id: Hazard, wanted: string | undefined): HazardAdvice {
  const all = BY_HAZARD.get(id) ?? []
  const fitting = all.find((one) => wanted !== undefined && one.case.includes(wanted))
  return fitting ?? all[0] ?? { case: '', before: '', undo: '', cannotUndo: '', after: '' }
}

function undoing({ undo, cannotUndo }: HazardAdvice): string {
  const lost = cannotUndo === '' ? '' : ` What does not come back: ${cannotUndo}.`
  return undo === '' ? '' : `${sentence(undo)}${lost}`
}

function sentence(text: string): string {
  if (text === '') return ''
  const large = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!]$/.test(text) ? large : `${large}.`
}
