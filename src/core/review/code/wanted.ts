// Which blocks of the configuration a run's changes come from, and in which directory they stand.
import { hideMarked, markedValues } from '../../analysis/marked-values.ts'
import type { Change } from '../../change/model.ts'
import { blockAddress } from '../../plan/address.ts'
import type { ModuleCall } from '../../plan/model.ts'
import type { Examination } from '../../policy/examination.ts'

export type Place =
  /** Steps from the root module's directory, `..` included; empty for the root module. */
  | { readonly kind: 'directory'; readonly steps: readonly string[] }
  /** The module, or one that calls it, is fetched from elsewhere. */
  | { readonly kind: 'elsewhere' }
  /** The plan does not say where the module comes from. */
  | { readonly kind: 'unknown' }

export interface WantedBlock {
  readonly mode: 'managed' | 'data' | 'ephemeral'
  readonly type: string
  readonly name: string
  /** Without instance keys: `module.queue.aws_sqs_queue.this`. */
  readonly address: string
  readonly place: Place
}

export interface CodeOptions {
  /** The run's working directory inside the archive; absent: the archive's own root. */
  readonly directory?: string
  /** Takes values out of a text that the plan marks as sensitive. */
  readonly hide?: (text: string) => string
}

/**
 * One block for all instances of a resource, those first that a holding finding is about, then by
 * address. A change of a mode that this version does not know has no block.
 */
export function wantedBlocks(examination: Examination): readonly WantedBlock[] {
  const { facts, plan, weighing } = examination
  const held = new Set(
    weighing.weighed
      .filter(({ holds }) => holds)
      .map(({ finding }) => blockAddress(finding.address)),
  )
  const calls = new Map(
    (plan.configuration?.moduleCalls ?? []).map((call) => [call.address, call] as const),
  )
  const found = new Map<string, WantedBlock>()
  for (const { change } of facts.subjects) {
    const wanted = wantedBy(change, calls)
    if (wanted !== undefined && !found.has(wanted.address)) found.set(wanted.address, wanted)
  }
  const all = [...found.values()]
  return [
    ...all.filter(({ address }) => held.has(address)),
    ...all.filter(({ address }) => !held.has(address)),
  ]
}

/** What `readCode` needs to know of a run beside its wanted blocks. */
export function codeOptions({ facts, plan }: Examination): CodeOptions {
  const values = spellings(markedValues([...plan.changes, ...plan.unchanged, ...plan.drift]))
  const { directory } = facts.context
  return {
    ...(directory === undefined ? {} : { directory }),
    // Few of thousands of values stand in one text, and only those need to be in the pattern.
    hide: (text) => hideMarked(values.filter((value) => text.includes(value)))(text),
  }
}

/** A value as it is, as the inside of a quoted template, and line by line as in an indented heredoc. */
function spellings(values: readonly string[]): readonly string[] {
  const all = values.flatMap((value) => {
    const quoted = JSON.stringify(value).slice(1, -1)
    const escaped = quoted.replaceAll('${', '$${').replaceAll('%{', '%%{')
    const lines = value.split('\n').map((line) => line.trim())
    return [value, quoted, escaped, ...lines.filter((line) => line.length >= MIN_LINE)]
  })
  return [...new Set(all)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
}

/** Shorter lines (`{`, `fi`, `EOF`) are everybody's. */
const MIN_LINE = 8

function wantedBy(
  { mode, type, name, moduleAddress }: Change,
  calls: ReadonlyMap<string, ModuleCall>,
): WantedBlock | undefined {
  if (mode === 'unrecognised') return undefined
  const callPath = blockAddress(moduleAddress)
  const own = mode === 'managed' ? `${type}.${name}` : `${mode}.${type}.${name}`
  const address = callPath === '' ? own : `${callPath}.${own}`
  return { mode, type, name, address, place: placeOf(callPath, calls) }
}

function placeOf(callPath: string, calls: ReadonlyMap<string, ModuleCall>): Place {
  const names = callPath.split('.').filter((_, at) => at % 2 === 1)
  let steps: readonly string[] = []
  let address = ''
  for (const name of names) {
    address = address === '' ? `module.${name}` : `${address}.module.${name}`
    const source = calls.get(address)?.source ?? ''
    if (source === '') return { kind: 'unknown' }
    // "A local path must begin with either ./ or ../": everything else is fetched.
    if (!/^\.\.?(?:\/|$)/.test(source)) return { kind: 'elsewhere' }
    steps = walk(steps, source)
  }
  return { kind: 'directory', steps }
}

/** Steps of `path` from a directory; those that lead above the start stay as `..`. */
export function walk(from: readonly string[], path: string): readonly string[] {
  const steps = [...from]
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop()
    else steps.push(step)
  }
  return steps
}
