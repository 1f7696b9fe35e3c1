// The blocks of configuration behind the changes, where the policy wants them shown. They can only
// raise caution, so while one of them is not there, nothing may be let pass.
import type { Examination } from '../../core/policy/examination.ts'
import { type CodeReading, readCode } from '../../core/review/code/read.ts'
import { codeOptions, wantedBlocks } from '../../core/review/code/wanted.ts'
import type { Writing } from '../../core/review/model.ts'
import { accountHider } from '../../core/review/redaction/accounts.ts'
import type { SecretBook } from '../../core/review/redaction/secret-book.ts'
import { endingAt, unlessAborted } from '../deadline.ts'
import { nameOf } from '../failure.ts'
import type { Clock, Log, Run } from '../ports.ts'
import { codeUntil } from './limits.ts'

export interface CodeShown {
  readonly blocks: readonly Writing[]
  /** What the policy wanted shown and is not. */
  readonly leftOut: readonly string[]
  readonly hostile: readonly string[]
}

export interface CodeLimits {
  readonly until: number
  readonly signal: AbortSignal
}

/** Never rejects: what could not be read in time is left out, and says so. */
export async function readBlocks(
  examination: Examination,
  secrets: SecretBook,
  openCode: Run['openCode'],
  limits: CodeLimits,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<CodeShown> {
  if (!examination.policy.review.code) return { blocks: [], leftOut: [], hostile: [] }
  if (openCode === undefined) return none('nobody gave it')
  const until = codeUntil(clock.now(), limits.until)
  const { signal, close } = endingAt(clock, until, limits.signal)
  try {
    const read = await unlessAborted(
      readFrom(openCode, { until, signal }, examination, secrets),
      signal,
    )
    return read ?? none('it came too late')
  } catch (error) {
    log('warn', 'review-code-unexpected', { error: nameOf(error) })
    return none('it could not be fetched')
  } finally {
    close()
  }
}

async function readFrom(
  openCode: NonNullable<Run['openCode']>,
  limits: CodeLimits,
  examination: Examination,
  secrets: SecretBook,
): Promise<CodeShown> {
  const stream = await openCode(limits)
  if (stream === undefined) return none('it could not be fetched')
  const code = await readCode(stream, wantedBlocks(examination), codeOptions(examination))
  return code.ok ? shown(code.value, examination, secrets) : none(code.error)
}

function none(why: string): CodeShown {
  return { blocks: [], leftOut: [inConfiguration(why)], hostile: [] }
}

/** What the reader of archives says is a sentence of its own; here it is the end of one. */
function inConfiguration(why: string): string {
  const words = why
    .replace(/^The archive of the configuration/, 'its archive')
    .replace(/^The (?=[a-z])/, 'the ')
    .replace(/\.$/, '')
  return `the configuration: ${words}`
}

const MOST_TOLD = 10

function shown(
  { blocks, missing, skipped, hostile }: CodeReading,
  of: Examination,
  secrets: SecretBook,
): CodeShown {
  if (secrets.overflow) return none('there are more secrets than can be looked for in it')
  const hide = withoutAccounts(of)
  const untold = missing.length - MOST_TOLD
  return {
    blocks: blocks.map(({ where, file, text }) => ({
      where: hide(withoutSecrets(`${where} in ${file}`, secrets)),
      text: hide(withoutSecrets(text, secrets)),
    })),
    leftOut: [
      ...missing.slice(0, MOST_TOLD).map((one) => hide(`the code of ${one}`)),
      ...(untold > 0 ? [`the code of ${untold} more resource${untold === 1 ? '' : 's'}`] : []),
      ...skipped.map(inConfiguration),
    ],
    hostile: hostile.map((reason) => `${reason}, in the configuration`),
  }
}

/** For texts that no number has to be told from another in. */
export function withoutAccounts(examination: Examination): (text: string) => string {
  const hide = accountHider(examination)
  return (text) => hide(text, () => '(account)')
}

/** What is secret in the plan is so in the code and in the team's notes, whatever it is called there. */
export function withoutSecrets(text: string, secrets: SecretBook): string {
  const lines = text
    .split('\n')
    .map((line) => (secrets.carried(line) === undefined ? line : '(a line with a secret)'))
    .join('\n')
  return secrets.carried(lines) === undefined ? lines : '(a text with a secret)'
}
