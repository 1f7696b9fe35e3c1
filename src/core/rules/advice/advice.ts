// Advice by concern, for every concern there is: the compiler asks for the row of a new one.
import type { Concern } from '../finding.ts'
import { ACCESS } from './access.ts'
import type { ConcernRow } from './concern-row.ts'
import { DOUBTS } from './doubts.ts'
import { ENDS } from './ends.ts'
import { SETTINGS } from './settings.ts'

const ROWS: Readonly<Record<Concern, ConcernRow>> = { ...ENDS, ...SETTINGS, ...ACCESS, ...DOUBTS }

export function rowOf(concern: Concern): ConcernRow {
  return ROWS[concern]
}
