// The house: imports only go down, the core is pure, files stay short.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')

const FLOORS = ['core', 'gate', 'adapters', 'entry'] as const
type Floor = (typeof FLOORS)[number]

const PACKAGES: Readonly<Record<Floor, readonly string[]>> = {
  core: ['zod', 'yaml', 'picomatch', 'ipaddr.js', 'modern-tar'],
  gate: ['hono', 'zod'],
  adapters: ['zod', 'jose', 'hono', '@anthropic-ai/sdk'],
  entry: ['@hono/node-server', 'hono', 'zod', 'jose', 'marked', 'modern-tar'],
}

/** Inside the core, a folder imports only itself and those before it. */
const CORE_ORDER = [
  'text',
  'plan',
  'change',
  'knowledge',
  'analysis',
  'rules',
  'policy',
  'review',
  'report',
  'evaluate',
]
/** Files directly in `core` that everything may import; the others are the last station. */
const CORE_BASE = ['result.ts', 'json.ts', 'context.ts', 'digest.ts']

const IMPURE =
  /\b(fetch\(|process\.|console\.|setTimeout\(|setInterval\(|Date\.now|new Date\(\)|Math\.random|performance\.|crypto\.(randomUUID|getRandomValues))/

const LINES = 300
const TABLES = [
  /src\/core\/knowledge\/data\//,
  /src\/core\/analysis\/identity\/.*(actions|roles|table|data).*\.ts$/,
]

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function importsOf(text: string): string[] {
  const statements =
    /^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm
  return [...text.matchAll(statements)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function floorOf(file: string): Floor | undefined {
  const [top] = relative(SRC, file).split('/')
  return FLOORS.find((floor) => floor === top)
}

function packageOf(target: string): string {
  const parts = target.split('/')
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

function coreRank(file: string): number {
  const [, folder = '', deeper] = relative(SRC, file).split('/')
  // The document's shape speaks of hazards and severities, which the catalogue names.
  if (folder === 'decision.ts') return CORE_ORDER.indexOf('knowledge')
  if (deeper === undefined) return CORE_BASE.includes(folder) ? -1 : CORE_ORDER.length
  return CORE_ORDER.indexOf(folder)
}

it('finds the sources it is about', () => {
  expect(files.length).toBeGreaterThan(80)
})

describe.each(files.map((file) => [relative(ROOT, file), file] as const))('%s', (name, file) => {
  const text = withoutComments(readFileSync(file, 'utf8'))
  const floor = floorOf(file)

  it('imports only from its floor and below, and only listed packages', () => {
    if (name === 'src/index.ts') return
    expect(floor, 'an unknown top folder').toBeDefined()
    if (floor === undefined) return
    for (const target of importsOf(text)) {
      if (target.startsWith('.')) {
        const other = floorOf(resolve(dirname(file), target))
        expect(FLOORS.indexOf(other ?? 'entry'), target).toBeLessThanOrEqual(FLOORS.indexOf(floor))
      } else if (target.startsWith('node:')) expect(floor, target).toBe('entry')
      else expect(PACKAGES[floor], target).toContain(packageOf(target))
    }
  })

  it('is short enough to read in one go', () => {
    if (TABLES.some((table) => table.test(name))) return
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThanOrEqual(LINES)
  })

  if (floor === 'core') {
    it('is pure', () => {
      expect(IMPURE.exec(text)?.[0]).toBeUndefined()
    })

    it('keeps to the order inside the core', () => {
      const rank = coreRank(file)
      expect(rank, 'a folder the order does not list').toBeGreaterThanOrEqual(-1)
      for (const target of importsOf(text).filter((one) => one.startsWith('.'))) {
        expect(coreRank(resolve(dirname(file), target)), target).toBeLessThanOrEqual(rank)
      }
    })
  }

  if (floor === 'adapters') {
    it('does not import a sibling adapter', () => {
      const family = relative(join(SRC, 'adapters'), file).split('/')[0]
      for (const target of importsOf(text).filter((one) => one.startsWith('.'))) {
        const other = resolve(dirname(file), target)
        if (floorOf(other) !== 'adapters') continue
        expect([family, 'net'], target).toContain(
          relative(join(SRC, 'adapters'), other).split('/')[0],
        )
      }
    })
  }
})
