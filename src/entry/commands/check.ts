// `holdgate check`: one plan, one verdict; no network unless it is told to ask a model. Standard output
// carries the report and nothing else; whatever could not be assessed is one sentence on standard error
// and exit status 1.
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { parseArgs } from 'node:util'
import { needsNeighbours } from '../../core/analysis/facts.ts'
import type { Context } from '../../core/context.ts'
import type { Decision } from '../../core/decision.ts'
import { describeFailure } from '../../core/plan/failure.ts'
import { readPlan } from '../../core/plan/read.ts'
import { withoutWarnings } from '../../core/plan/showfile.ts'
import { type Format, render } from '../../core/report/render.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { visible } from '../../core/text/safe.ts'
import { assessPlan } from '../../gate/assess-plan.ts'
import { CALLER_REVIEW_MS, RUN_REVIEW_MS } from '../../gate/review/limits.ts'
import { systemClock } from '../clock.ts'
import { fileStream } from '../file-stream.ts'
import type { Io } from '../io.ts'
import { findPolicy } from '../policy-file.ts'
import { progressOn } from '../progress.ts'
import { keepYoungHeapSmall } from '../small-heap.ts'
import { threadHasher } from '../thread-hasher.ts'
import { asksForAtlantis, reviewForAtlantis } from './atlantis-review.ts'
import { CONTEXT_ARGUMENTS, contextFrom, momentOf } from './context.ts'
import type { SecondReader } from './second-reader.ts'

const USAGE = `holdgate check <plan.json | -> [options]

  Assesses the output of "terraform show -json PLANFILE"; "-" reads standard
  input. Exit status: 0 release, 2 hold, 1 could not assess.

  --config FILE     policy file; default: holdgate.yaml here if it exists, else
                    the built-in preset
  --workspace NAME  context, as a platform would give it; so are
  --project NAME, --organization NAME, --directory PATH, --environment NAME,
  --tag K=V (may repeat), --message TEXT, --created-by NAME
  --format FORMAT   text (default), json, markdown, html, or atlantis: one block
                    for a policy-check step, always with exit status 0; what is
                    not given comes from the step's variables
  --explain-score   show how the risk score came about (with --format text)
  --at TIME         the moment to judge by, ISO 8601; default now
  --review          ask a model, too; needs ANTHROPIC_API_KEY. What changes
                    leaves this computer: addresses, attributes and their
                    values, and what people wrote beside them; nothing marked
                    sensitive or shaped like a credential. It waits for 5
                    minutes at most; without an answer the verdict is the one of
                    the rules
  --notes FILE      with --review: what your team knows, at most 16 KiB of text
  --code FILE       with --review: the configuration as .tar.gz, where the
                    policy file wants it shown
`

const FORMATS: readonly string[] = ['text', 'json', 'markdown', 'html', 'atlantis']

export interface Options {
  readonly plan: string
  readonly format: Format
  readonly config: string | undefined
  readonly explainScore: boolean
  /** Undefined: nobody is asked, and nothing leaves. */
  readonly review:
    | { readonly notes: string | undefined; readonly code: string | undefined }
    | undefined
  readonly context: Context
  readonly maxBytes: number | undefined
}

export async function runCheck(argv: readonly string[], io: Io): Promise<number> {
  if (asksForAtlantis(argv)) return reviewForAtlantis(argv, io, assessFrom)
  if (argv.includes('--help') || argv.includes('-h')) {
    io.stdout.write(USAGE)
    return 0
  }
  const assessed = await assessFrom(argv, io)
  if (!assessed.ok) return refuse(io, assessed.error)
  const { decision, options } = assessed.value
  const { columns } = io.stdout
  io.stdout.write(
    render(decision, options.format, {
      color: io.stdout.isTTY === true && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb',
      ...(columns === undefined ? {} : { width: Math.max(40, Math.min(columns, 120)) }),
    }),
  )
  if (options.explainScore) {
    const lines = decision.risk.arithmetic.map((line) => `  ${visible(line, 400)}\n`)
    io.stdout.write(`\nHow the score came about:\n${lines.join('')}`)
  }
  return decision.verdict === 'release' ? 0 : 2
}

export interface Assessed {
  readonly decision: Decision
  readonly options: Options
}

/** What a step of Atlantis says where the arguments say nothing. */
export interface StepDefaults {
  readonly context: Omit<Context, 'at'>
  /** Path of the plan; used where no argument names one. */
  readonly plan: string | undefined
  /** Path of the policy; undefined: the built-in preset, never a file of the working directory. */
  readonly config: string | undefined
}

/**
 * Arguments, policy and plan become a decision, or one sentence why not. With `step`, warnings around
 * the plan are taken away, and nothing is shown or read that the working directory could have brought.
 */
export async function assessFrom(
  argv: readonly string[],
  io: Io,
  step?: StepDefaults,
): Promise<Result<Assessed, string>> {
  keepYoungHeapSmall()
  const read = readOptions(argv, io, step)
  if (!read.ok) return read
  const options = read.value
  const policy = await findPolicy(options.config, io, step === undefined)
  if (!policy.ok) return policy
  const reader =
    options.review === undefined ? undefined : await readerFor(options.review, io, step)
  if (reader?.ok === false) return reader
  if (options.review?.code !== undefined && !policy.value.review.code) {
    return err(
      '--code is shown to a model only where the policy file allows it; add "code: true" under its "review", or leave --code out',
    )
  }
  const source = await openPlan(options.plan, io)
  if (!source.ok) return source
  const progress = step === undefined ? progressOn(io, source.value.bytes) : undefined
  const { stream } = source.value
  const plan = await readPlan(step === undefined ? stream : withoutWarnings(stream), {
    hasher: threadHasher(),
    keepUnchanged: needsNeighbours,
    ...(progress === undefined ? {} : { onProgress: progress.show }),
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
  })
  progress?.end()
  if (!plan.ok) return err(named(describeFailure(plan.error), options.plan))
  const ports = { policy: policy.value, clock: systemClock, log: () => undefined }
  const { review, second } = reader?.value ?? {}
  const decision = await assessPlan(plan.value, options.context, { ...ports, review }, second)
  return ok({ decision, options })
}

async function readerFor(
  asked: NonNullable<Options['review']>,
  io: Io,
  step: StepDefaults | undefined,
): Promise<Result<SecondReader, string>> {
  const { secondReader } = await import('./second-reader.ts')
  const [waitMs, showsWaiting] =
    step === undefined ? [RUN_REVIEW_MS, true] : [CALLER_REVIEW_MS, false]
  return secondReader({ ...asked, waitMs, showsWaiting }, io)
}

function readOptions(
  argv: readonly string[],
  io: Io,
  step: StepDefaults | undefined,
): Result<Options, string> {
  const parsed = parse(argv)
  if (!parsed.ok) return parsed
  const { values, positionals } = parsed.value
  const [plan = step?.plan, ...others] = positionals
  if (plan === undefined || others.length > 0) {
    return err('give one plan: a file made by "terraform show -json", or - for standard input')
  }
  const format = values.format ?? 'text'
  if (!FORMATS.includes(format)) return err(`--format takes one of ${FORMATS.join(', ')}`)
  const explainScore = values['explain-score'] === true
  if (explainScore && format !== 'text')
    return err('--explain-score is for --format text; leave one of the two out')
  const review = reviewIn(values)
  if (!review.ok) return review
  if (values.config === '') return err('--config takes the name of a policy file')
  const at = values.at === undefined ? Date.now() : momentOf(values.at)
  if (at === undefined) return err('--at takes an ISO 8601 time such as 2026-11-20T09:30:00Z')
  const context = contextFrom(values, at)
  if (!context.ok) return context
  const limit = io.env.HOLDGATE_MAX_PLAN_BYTES
  if (limit !== undefined && limit !== '' && !/^[1-9]\d{0,14}$/.test(limit)) {
    return err('HOLDGATE_MAX_PLAN_BYTES is not a whole number of bytes')
  }
  return ok({
    plan,
    format: format as Format,
    config: values.config ?? step?.config,
    explainScore,
    review: review.value,
    maxBytes: limit === undefined || limit === '' ? undefined : Number(limit),
    context: {
      ...step?.context,
      ...context.value,
      tags: { ...step?.context.tags, ...context.value.tags },
    },
  })
}

function reviewIn({ review, notes, code }: Parsed['values']): Result<Options['review'], string> {
  for (const [name, path] of [['--notes', notes] as const, ['--code', code] as const]) {
    if (path === '') return err(`${name} takes the name of a file`)
    if (path !== undefined && review !== true)
      return err(`${name} is for --review; add that, or leave ${name} out`)
  }
  return ok(review === true ? { notes, code } : undefined)
}

type Parsed = ReturnType<typeof parseCheckArgs>

function parse(argv: readonly string[]): Result<Parsed, string> {
  try {
    return ok(parseCheckArgs(argv))
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : undefined
    return err(
      `${message ?? 'the arguments cannot be read'}; "holdgate check --help" lists the options`,
    )
  }
}

const OPTIONS = {
  config: { type: 'string' },
  ...CONTEXT_ARGUMENTS,
  message: { type: 'string' },
  'created-by': { type: 'string' },
  format: { type: 'string' },
  at: { type: 'string' },
  review: { type: 'boolean' },
  notes: { type: 'string' },
  code: { type: 'string' },
  'explain-score': { type: 'boolean' },
} as const

const parseCheckArgs = (argv: readonly string[]) =>
  parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })

interface Source {
  readonly stream: ReadableStream<Uint8Array>
  /** Undefined for standard input. */
  readonly bytes: number | undefined
}

async function openPlan(path: string, io: Io): Promise<Result<Source, string>> {
  if (path === '-')
    return ok({
      stream: toBytes(Readable.from(bytesOf(io.stdin), { objectMode: false })),
      bytes: undefined,
    })
  try {
    const info = await stat(path)
    if (info.isDirectory())
      return err(`reading the plan ${path}: it is a directory; name the JSON file in it`)
    return ok({ stream: fileStream(path), bytes: info.size })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? 'it cannot be opened')
    return err(
      `reading the plan ${path}: ${why}; give the output of "terraform show -json PLANFILE"`,
    )
  }
}

async function* bytesOf(source: Io['stdin']): AsyncGenerator<Uint8Array> {
  for await (const piece of source) yield typeof piece === 'string' ? Buffer.from(piece) : piece
}

function toBytes(readable: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(readable) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>
}

/** Who checks several plans in one script has to see which one it was. */
function named(sentence: string, plan: string): string {
  const from = plan === '-' ? 'from standard input' : plan
  return sentence.replace(/^Reading the plan:/, () => `reading the plan ${from}:`)
}

function refuse(io: Io, sentence: string): number {
  io.stderr.write(`holdgate check: ${sentence.replace(/\.$/, '')}.\n`)
  return 1
}
