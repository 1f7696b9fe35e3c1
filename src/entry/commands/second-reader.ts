// What `check --review` needs beside the plan: a key, the team's notes, the configuration. Loaded only
// where it is asked for, because it brings the model's client along.
import { stat } from 'node:fs/promises'
import { err, ok, type Result } from '../../core/result.ts'
import type { Second } from '../../gate/assess-plan.ts'
import type { ReviewPorts } from '../../gate/ports.ts'
import { dailyTokens } from '../../gate/review/budget.ts'
import { systemClock } from '../clock.ts'
import { fileStream } from '../file-stream.ts'
import type { Io } from '../io.ts'
import { readNotes } from '../notes-file.ts'
import { waitingOn } from '../progress.ts'
import { reviewPorts } from '../review.ts'
import { readReviewSettings } from '../settings.ts'

export interface ReviewOptions {
  /** Path of the team's notes; undefined: the setting, if it is there. */
  readonly notes: string | undefined
  /** Path of the configuration as `.tar.gz`. */
  readonly code: string | undefined
  /** The longest that a model is waited for. */
  readonly waitMs: number
  /** Say on a terminal that somebody is being waited for. */
  readonly showsWaiting: boolean
}

export interface SecondReader {
  readonly review: ReviewPorts
  readonly second: Second
}

/** @returns one sentence where something is missing; nothing has been sent anywhere by then */
export async function secondReader(
  options: ReviewOptions,
  io: Io,
): Promise<Result<SecondReader, string>> {
  const read = readReviewSettings(io.env)
  if (!read.ok) return read
  const settings = read.value
  if (settings === undefined)
    return err(
      '--review asks a model and needs ANTHROPIC_API_KEY; set it, or leave --review out to judge by the rules alone',
    )
  const named = options.notes ?? settings.notes
  const notes = named === undefined ? undefined : await readNotes(named)
  if (notes?.ok === false) return err(`the file of the notes, ${named}, ${notes.error}`)
  const missing = options.code === undefined ? undefined : await whyNoFile(options.code)
  if (missing !== undefined)
    return err(`the archive of the configuration, ${options.code}, ${missing}`)
  const net = {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    clock: systemClock,
    random: Math.random,
  }
  const kept = { budget: dailyTokens(settings.dailyTokens), notes: notes?.value }
  const review = reviewPorts(settings, net, kept)
  const { reviewer } = review
  const { code } = options
  return ok({
    review: {
      ...review,
      reviewer: {
        ...reviewer,
        ask: async (prompt, limits) => {
          const waiting = waitingOn(
            options.showsWaiting ? io : undefined,
            `asking ${reviewer.model}`,
          )
          return reviewer.ask(prompt, limits).finally(waiting.end)
        },
      },
    },
    second: {
      limits: () => ({
        until: systemClock.now() + options.waitMs,
        signal: new AbortController().signal,
      }),
      ...(code === undefined ? {} : { openCode: async () => fileStream(code) }),
    },
  })
}

async function whyNoFile(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? undefined : 'is not a file'
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return code === 'ENOENT' ? 'is not there' : `cannot be read (${code ?? 'unknown error'})`
  }
}
