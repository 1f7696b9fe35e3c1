// What the README lists is what the code has.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { Tier } from '../src/core/context.ts'
import { WEIGHABLE_CONCERNS } from '../src/core/policy/grants/weighable.ts'
import { holdsUnder } from '../src/core/policy/presets.ts'
import type { Concern } from '../src/core/rules/finding.ts'
import { RULES } from '../src/core/rules/index.ts'

const ROOT = resolve(import.meta.dirname, '..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

function section(title: string): string {
  const [, text] = README.split(`\n## ${title}\n`)
  expect(text, `a section ${title}`).toBeDefined()
  return text?.split('\n## ')[0] ?? ''
}

function coded(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
}

it('indexes every rule with its title, and no other', () => {
  const listed = [...section('Rules').matchAll(/`([a-z-]+)` ([^·|]+?) (?=[·|])/g)]
    .map(([, id, title]) => `${id}: ${title}`)
    .sort()
  expect(listed).toEqual(RULES.map(({ id, title }) => `${id}: ${title}`).sort())
})

it('says for every concern where the preset standard holds it', () => {
  const rows = section('How it decides')
    .split('\n')
    .filter((line) => /^\| [^`|]+: `/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const tiers: readonly Tier[] = ['production', 'staging', 'dev']
  const told = rows.flatMap(([, concerns = '', ...cells]) =>
    coded(concerns).map((concern) => [concern, ...cells.slice(0, 3)]),
  )
  for (const [concern, ...cells] of told) {
    const real = tiers.map((tier) =>
      holdsUnder('standard', concern as Concern, tier) ? 'hold' : 'release',
    )
    expect(cells, concern).toEqual(real)
  }
  const presets = readFileSync(join(ROOT, 'src/core/policy/presets.ts'), 'utf8')
  const known = [
    ...presets.matchAll(/^ {2}'?([a-z-]+)'?: (?:ALWAYS|NEVER|NOT_IN_DEV|PRODUCTION),/gm),
  ]
  expect(known.length).toBeGreaterThan(40)
  expect(told.map(([concern]) => concern).sort()).toEqual(known.map((match) => match[1]).sort())
})

it('names every concern that a model may answer for', () => {
  const [, text = ''] = section('Policy file').split('what its answer may let pass')
  const [sentence = ''] = text.split(' can stand there')
  expect(coded(sentence).filter((word) => word !== 'releases')).toEqual(WEIGHABLE_CONCERNS)
})

it('names every setting that the service reads', () => {
  const settings = readFileSync(join(ROOT, 'src/entry/settings.ts'), 'utf8')
  const names = new Set([...settings.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((match) => match[1]))
  expect(names.size).toBeGreaterThan(8)
  const table = coded(section('Settings'))
  for (const name of names) expect(table).toContain(name)
})

it('lists every dependency with its version', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, Readonly<Record<string, string>>>>
  const rows = section('Dependencies').split('\n')
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const row = rows.find((line) => coded(line).includes(name))
    expect(row, name).toContain(version)
  }
})

it('links only to what is there', () => {
  const targets = [...README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '')
  expect(targets.length).toBeGreaterThan(4)
  for (const target of targets) expect(existsSync(join(ROOT, target)), target).toBe(true)
})
