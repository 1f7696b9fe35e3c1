import type { Case } from '../case.ts'
import { PEOPLE } from './people.ts'
import { MODELS, SPREAD, STRUCTURE } from './structure.ts'

/** Written one by one. */
export const WRITTEN: readonly Case[] = [...MODELS, ...STRUCTURE, ...SPREAD]
export const ALL: readonly Case[] = [...WRITTEN, ...PEOPLE]

/** Thousands of changes: tried with few readers and in one setting. */
export function isCrowd({ id }: Case): boolean {
  return id.startsWith('crowd: ')
}
