// What each version of Atlantis makes of the output of a custom policy check.
// https://github.com/runatlantis/atlantis: server/events/project_command_runner.go, doPolicyCheck

export interface Recogniser {
  readonly versions: string
  readonly blocks: (output: string) => boolean
}

/** ANSI sequences are stripped from a step's output before it is judged. */
function stripped(output: string): string {
  return output.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
}

/** Go's simple lower-casing differs from ours for one letter that matters. */
function lowered(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase()
}

export const RECOGNISERS: readonly Recogniser[] = [
  {
    versions: 'v0.26.0 to v0.38.0',
    blocks: (output) => lowered(stripped(output)).includes('fail'),
  },
  {
    versions: 'v0.39.0 to v0.47.1',
    blocks: (output) =>
      /([1-9][0-9]* failure|failures": \[)/.test(stripped(output)) ||
      stripped(output).trim().startsWith('FAIL'),
  },
]

export type Verdict = 'pass' | 'fail' | 'split'

/** What the versions agree on; `split` where they do not. */
export function verdictOf(output: string): Verdict {
  const blocks = RECOGNISERS.map((one) => one.blocks(output))
  if (blocks.every(Boolean)) return 'fail'
  return blocks.some(Boolean) ? 'split' : 'pass'
}

/** What the comment of a plan counts in a step's output. */
export const PLAN_SUMMARIES: readonly RegExp[] = [
  /Plan: (?:\d+ to import, )?\d+ to add, \d+ to change, \d+ to destroy\./,
  /No changes\. (?:Infrastructure is up-to-date|Your infrastructure matches the configuration)\./,
]

/** The line the comment lifts out of its fold. */
export const LIFTED: RegExp =
  /\d+ tests?, \d+ passed, \d+ warnings?, \d+ failures?, \d+ exceptions?/g
