// The boring plans everything starts from: every scenario labelled `release`, judged as production.
import { readdirSync, readFileSync } from 'node:fs'
import { parseExpectation } from '../../src/core/evaluate/expectation.ts'
import { isObject } from '../../src/core/json.ts'
import type { Seed } from './mutant.ts'

const FOLDER = new URL('../../fixtures/scenarios/', import.meta.url)
const PLAN = '.plan.json'

/**
 * Every scenario labelled `release`, with production declared. Some are boring elsewhere only: the
 * caller drops those that are held already, because a held seed proves nothing about its mutants.
 */
export function seeds(): readonly Seed[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(PLAN))
    .sort()
    .flatMap((file) => {
      const name = file.slice(0, -PLAN.length)
      const label = parseExpectation(name, JSON.parse(read(`${name}.expect.json`)))
      if (!label.ok) throw new Error(label.error)
      if (label.value.case.label !== 'release') return []
      const plan: unknown = JSON.parse(read(file))
      if (!isObject(plan)) throw new Error(`${name} is no plan`)
      const at = label.value.context.at ?? Date.parse(String(plan.timestamp))
      return [{ name, plan, context: { ...label.value.context, at, environment: 'production' } }]
    })
}

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8')
}
