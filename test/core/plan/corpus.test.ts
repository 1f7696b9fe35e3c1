// Real plans of many versions, where they are at hand: every one is read, with every change counted.
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readOk } from './support.ts'

const FOLDER = new URL('../../../../shared/plans/', import.meta.url)
const INDEX = new URL('INDEX.tsv', FOLDER)

if (!existsSync(INDEX)) {
  console.warn('SKIPPED: no real plans at ../shared/plans, so none of them was read by this run')
  it.skip('every real plan is read', () => {})
} else {
  const rows = readFileSync(INDEX, 'utf8').trim().split('\n').slice(1)
  it.each(rows.map((row) => row.split('\t')))('%s', async (file = '', ...columns) => {
    const plan = await readOk(new Uint8Array(readFileSync(new URL(file, FOLDER))))
    expect(plan.formatVersion).toBe(columns[5])
    expect(plan.changes.length + plan.noOps).toBe(Number(columns[6]))
  })
}
