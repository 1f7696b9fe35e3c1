// `npm run evaluate [-- DIR]`: how often the verdict on labelled plans is wrong, and in which way.
// `npm run evaluate -- --presets`: what each preset releases, as a Markdown table.
// Exit status: 0 no missed hold, 2 at least one, 1 could not evaluate.
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { needsNeighbours } from '../core/analysis/facts.ts'
import { assess } from '../core/assess.ts'
import type { Judged, Outcome } from '../core/evaluate/case.ts'
import { compare } from '../core/evaluate/comparators.ts'
import { type Expectation, parseExpectation } from '../core/evaluate/expectation.ts'
import { parseLabels } from '../core/evaluate/labels.ts'
import { metricsOf } from '../core/evaluate/metrics.ts'
import { presetsTable } from '../core/evaluate/presets.ts'
import { evaluationText } from '../core/evaluate/table.ts'
import { describeFailure } from '../core/plan/failure.ts'
import type { Plan } from '../core/plan/model.ts'
import { readPlan } from '../core/plan/read.ts'
import type { Policy, PresetName } from '../core/policy/policy.ts'
import { builtInPolicy } from '../core/policy/presets.ts'
import { err, ok, type Result } from '../core/result.ts'
import { nodeHasher } from './hasher.ts'

const SCENARIOS = new URL('../../fixtures/scenarios', import.meta.url)
const PUBLIC_PLANS = new URL('../../../shared/plans', import.meta.url)
const PLAN = '.plan.json'
const LABEL = '.expect.json'

interface Labelled extends Expectation {
  readonly file: string
}

/**
 * Assesses every labelled plan of a folder under a built-in policy; without a folder,
 * the scenarios of this repository and, where present, the public plans beside it. `environment` takes
 * the place of each scenario's own; its labels then no longer apply.
 */
export async function evaluate(
  folder: string | undefined,
  preset: PresetName = 'standard',
  environment?: string,
): Promise<Result<readonly Judged[], string>> {
  const labelled =
    folder === undefined
      ? joined([scenariosIn(fileURLToPath(SCENARIOS)), publicPlans(fileURLToPath(PUBLIC_PLANS))])
      : scenariosIn(folder)
  if (!labelled.ok) return labelled
  if (labelled.value.length === 0) return err('evaluating: no plan with a label was found')
  const policy = await builtInPolicy(preset)
  const judged: Judged[] = []
  for (const one of labelled.value) judged.push(await judge(placed(one, environment), policy))
  return ok(judged)
}

/** The same plan in an environment that the caller names instead of the scenario's own. */
function placed(one: Labelled, environment: string | undefined): Labelled {
  if (environment === undefined) return one
  const { at } = one.context
  return { ...one, context: { tags: {}, environment, ...(at === undefined ? {} : { at }) } }
}

async function judge(one: Labelled, policy: Policy): Promise<Judged> {
  const plan = await open(one.file)
  if (!plan.ok) return { case: one.case, outcome: failed(plan.error), compared: compare(undefined) }
  const at = one.context.at ?? Date.parse(plan.value.timestamp ?? '')
  const context = { ...one.context, at: Number.isNaN(at) ? Date.now() : at }
  const outcome = await assess(plan.value, context, policy).then(
    ({ verdict, findings }): Outcome => ({
      kind: 'decided',
      verdict,
      named: [...new Set(findings.flatMap(({ hazards }) => hazards))],
    }),
    (thrown: unknown) =>
      failed(thrown instanceof Error ? `a defect: ${thrown.message}` : 'a defect'),
  )
  return { case: one.case, outcome, compared: compare(plan.value) }
}

async function open(file: string): Promise<Result<Plan, string>> {
  const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
  const plan = await readPlan(stream, { hasher: nodeHasher(), keepUnchanged: needsNeighbours })
  return plan.ok ? plan : err(describeFailure(plan.error))
}

function failed(because: string): Outcome {
  return { kind: 'failed', because }
}

function scenariosIn(folder: string): Result<readonly Labelled[], string> {
  if (!existsSync(folder)) return err(`evaluating: there is no folder ${folder}`)
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(PLAN))
    .sort()
  return joined(names.map((name) => labelOf(folder, name.slice(0, -PLAN.length))))
}

function labelOf(folder: string, name: string): Result<readonly Labelled[], string> {
  const label = join(folder, `${name}${LABEL}`)
  if (!existsSync(label)) return err(`evaluating: ${name}${PLAN} has no ${name}${LABEL} beside it`)
  const expectation = parseExpectation(name, jsonOf(label))
  if (!expectation.ok) return expectation
  return ok([{ ...expectation.value, file: join(folder, `${name}${PLAN}`) }])
}

function publicPlans(folder: string): Result<readonly Labelled[], string> {
  const table = join(folder, 'LABELS.tsv')
  if (!existsSync(table)) return ok([])
  const cases = parseLabels(readFileSync(table, 'utf8'), 'public plans')
  if (!cases.ok) return cases
  return ok(
    cases.value.map((one) => ({
      case: one,
      context: { tags: {} },
      file: join(folder, one.name),
    })),
  )
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function joined<T>(parts: readonly Result<readonly T[], string>[]): Result<readonly T[], string> {
  const all: T[] = []
  for (const part of parts) {
    if (!part.ok) return part
    all.push(...part.value)
  }
  return ok(all)
}

const PRESETS: readonly PresetName[] = ['strict', 'standard', 'relaxed']

async function comparePresets(folder: string | undefined): Promise<number> {
  const evaluated = []
  for (const [environment, where] of [
    [undefined, ''],
    ['dev', ' in dev'],
  ] as const) {
    for (const preset of PRESETS) {
      const judged = await evaluate(folder, preset, environment)
      if (!judged.ok) throw new Error(judged.error)
      evaluated.push({ name: `\`${preset}\`${where}`, metrics: metricsOf(judged.value) })
    }
  }
  process.stdout.write(presetsTable(evaluated))
  return 0
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { presets: { type: 'boolean' } },
  })
  if (positionals.length > 1) throw new Error('evaluating: one folder at most')
  if (values.presets === true) return comparePresets(positionals[0])
  const judged = await evaluate(positionals[0])
  if (!judged.ok) throw new Error(judged.error)
  const metrics = metricsOf(judged.value)
  process.stdout.write(evaluationText(metrics))
  return metrics.overall.missedHolds === 0 ? 0 : 2
}

if (import.meta.main) {
  main().then(
    (status) => {
      process.exitCode = status
    },
    (thrown: unknown) => {
      const sentence = thrown instanceof Error ? thrown.message : 'evaluating: a defect'
      process.stderr.write(`${sentence}\n`)
      process.exitCode = 1
    },
  )
}
