// The list of rules is complete, and each rule explains itself.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RULES } from '../../../src/core/rules/index.ts'

const FOLDER = join(import.meta.dirname, '../../../src/core/rules')

it('lists every rule that a file defines', () => {
  const defined = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name.includes('/'))
    .flatMap((name) => [
      ...readFileSync(join(FOLDER, name), 'utf8').matchAll(/export const (\w+): Rule\b/g),
    ])
    .map((match) => match[1] ?? '')
  const index = readFileSync(join(FOLDER, 'index.ts'), 'utf8')
  expect(defined.length).toBe(RULES.length)
  for (const name of defined) expect(index, name).toMatch(new RegExp(`^  ${name},$`, 'm'))
})

it('gives every rule an id of its own', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
})

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('has a stable id and says why, what to do and when to let it pass', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    for (const text of [rule.title, rule.why, rule.remedy, rule.releaseWhen]) {
      expect(text.trim().length).toBeGreaterThan(5)
    }
    expect(rule.sources.length).toBeGreaterThan(0)
    for (const source of rule.sources) expect(source).toMatch(/^https:\/\//)
  })
})
