// Every plan at hand with the decision on it: the fixtures of this repository and, where they are
// present beside it, real plans of many tools and versions.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { needsNeighbours } from '../../src/core/analysis/facts.ts'
import { assess } from '../../src/core/assess.ts'
import type { Context } from '../../src/core/context.ts'
import type { Decision } from '../../src/core/decision.ts'
import { readPlan } from '../../src/core/plan/read.ts'
import { builtInPolicy } from '../../src/core/policy/presets.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'

const DEMO = folder('../../fixtures/demo/')
const SCENARIOS = folder('../../fixtures/scenarios/')
const REAL = folder('../../../shared/plans/')
const AT = Date.parse('2026-11-20T10:00:00Z')

export interface FixturePlan {
  readonly name: string
  readonly file: string
  /** Without a moment, the plan's own is the one to judge by. */
  readonly context: Omit<Context, 'at'> & { readonly at?: number }
}

export const DEMO_PLANS: readonly FixturePlan[] = readdirSync(DEMO)
  .sort()
  .map((name) => ({
    name,
    file: `${DEMO}${name}/plan.json`,
    context: contextOf(readFileSync(`${DEMO}${name}/context.json`, 'utf8')),
  }))

export const SCENARIO_PLANS: readonly FixturePlan[] = readdirSync(SCENARIOS)
  .filter((name) => name.endsWith('.plan.json'))
  .sort()
  .map((name) => ({
    name: name.replace('.plan.json', ''),
    file: `${SCENARIOS}${name}`,
    context: contextOf(
      readFileSync(`${SCENARIOS}${name.replace('.plan.', '.expect.')}`, 'utf8'),
      'context',
    ),
  }))

/** Empty where the folder is absent; the caller says so. */
export const REAL_PLANS: readonly FixturePlan[] = existsSync(`${REAL}INDEX.tsv`)
  ? readFileSync(`${REAL}INDEX.tsv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t')[0] ?? '')
      .map((name) => ({ name, file: `${REAL}${name}`, context: { tags: {} } }))
  : []

/** The decision under the built-in policy; undefined where the document is no readable plan. */
export async function decisionOn(plan: FixturePlan): Promise<Decision | undefined> {
  const bytes = new Uint8Array(readFileSync(plan.file))
  const read = await readPlan(new Blob([bytes]).stream(), {
    hasher: nodeHasher(),
    keepUnchanged: needsNeighbours,
  })
  if (!read.ok) return undefined
  const made = Date.parse(read.value.timestamp ?? '')
  const at = plan.context.at ?? (Number.isNaN(made) ? AT : made)
  return assess(read.value, { ...plan.context, at }, await builtInPolicy('standard'))
}

function contextOf(text: string, member?: string): FixturePlan['context'] {
  const document = JSON.parse(text) as Record<string, unknown>
  const context = (member === undefined ? document : document[member]) as Partial<Context>
  const { at, ...rest } = { tags: {}, ...context }
  return at === undefined ? rest : { ...rest, at: Number(at) }
}

function folder(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
