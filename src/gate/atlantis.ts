// What Atlantis says about a run, from the variables of its steps or from the headers its wrapper
// makes of them. Nothing here is trusted further than any caller's word: names may point to a milder
// environment only as far as the policy lets names do so.
// https://www.runatlantis.io/docs/custom-workflows#custom-run-command
import type { Context } from '../core/context.ts'
import type { AtlantisRun } from '../core/report/atlantis.ts'
import { err, ok, type Result } from '../core/result.ts'

export interface AtlantisWords {
  readonly context: Omit<Context, 'at'>
  readonly run: AtlantisRun
  /** Undefined where Atlantis does not say: before v0.37.0 and outside the stages plan and apply. */
  readonly approved: boolean | undefined
}

type Word =
  | 'organization'
  | 'project'
  | 'workspace'
  | 'directory'
  | 'environment'
  | 'repository'
  | 'pull'
  | 'author'
  | 'commit'
  | 'arguments'
  | 'approved'
  | 'created-by'
  | 'message'
  | 'branch'

/** One word of the run; undefined or blank where nobody said it. */
type Say = (word: Word) => string | undefined

const MAX_CHARS = 1000
/** Cut or decoded, where the others are refused. */
const UNBOUNDED: readonly Word[] = ['arguments', 'message', 'created-by', 'branch']

/** @returns one sentence where a word is too long to be what it says it is */
export function atlantisWords(
  say: Say,
  tags: Readonly<Record<string, string>> = {},
  planFile?: string,
): Result<AtlantisWords, string> {
  const words: Partial<Record<Word, string>> = {}
  for (const word of WORDS) {
    const text = say(word)?.trim() ?? ''
    if (text.length > MAX_CHARS && !UNBOUNDED.includes(word)) {
      return err(`The ${word} of the run is longer than ${MAX_CHARS} characters.`)
    }
    if (text !== '') words[word] = word === 'arguments' ? text : text.slice(0, MAX_CHARS)
  }
  const { organization, project, workspace, directory, environment } = words
  const { repository, pull, author, commit } = words
  const planArguments = decodeArguments(words.arguments ?? '')
  return ok({
    approved: words.approved === 'true' ? true : words.approved === 'false' ? false : undefined,
    run: { project, workspace, directory, repository, pull, author, commit, planFile },
    context: {
      ...given('organization', organization),
      ...given('project', project),
      ...given('workspace', workspace),
      ...given('directory', directory),
      ...given('environment', environment),
      ...given('createdBy', words['created-by'] ?? author),
      ...given('message', words.message),
      ...given('branch', words.branch),
      ...(planArguments.length === 0 ? {} : { planArguments }),
      tags: { ...(repository === undefined ? {} : { repository }), ...tags },
    },
  })
}

const WORDS: readonly Word[] = [
  'organization',
  'project',
  'workspace',
  'directory',
  'environment',
  'repository',
  'pull',
  'author',
  'commit',
  'arguments',
  'approved',
  'created-by',
  'message',
  'branch',
]

const VARIABLES: Readonly<Record<Word, string>> = {
  organization: 'BASE_REPO_OWNER',
  project: 'PROJECT_NAME',
  workspace: 'WORKSPACE',
  directory: 'REPO_REL_DIR',
  environment: 'HOLDGATE_ENVIRONMENT',
  repository: 'BASE_REPO_NAME',
  pull: 'PULL_NUM',
  author: 'PULL_AUTHOR',
  commit: 'HEAD_COMMIT',
  arguments: 'COMMENT_ARGS',
  approved: 'ATLANTIS_PR_APPROVED',
  'created-by': 'PULL_AUTHOR',
  message: 'HOLDGATE_MESSAGE',
  branch: 'HEAD_BRANCH_NAME',
}

/** From the variables of a step: every one of them may be missing. */
export function wordsOfStep(
  env: Readonly<Record<string, string | undefined>>,
  planFile?: string,
): Result<AtlantisWords, string> {
  const say: Say = (word) => {
    const text = env[VARIABLES[word]]
    if (word !== 'repository' || text === undefined || text === '') return text
    return [env.BASE_REPO_OWNER ?? '', text].filter((part) => part !== '').join('/')
  }
  return atlantisWords(say, {}, planFile)
}

/**
 * `COMMENT_ARGS` as Atlantis writes it: arguments joined by commas, every character of theirs behind
 * a backslash. A backslash at the very end stands for itself.
 */
export function decodeArguments(text: string): readonly string[] {
  if (text === '') return []
  const found: string[] = []
  let current = ''
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === ',') {
      found.push(current)
      current = ''
    } else if (char === '\\' && at + 1 < text.length) {
      at += 1
      current += text.charAt(at)
    } else current += char
  }
  return [...found, current]
}

function given<K extends string>(
  key: K,
  value: string | undefined,
): { readonly [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: string })
}
