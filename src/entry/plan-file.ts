// The plan file an apply would use, by its SHA-256, and the note beside it that says it was reviewed.
// The note proves that a review ran on these bytes and nothing more: who applies judges them again.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { err, ok, type Result } from '../core/result.ts'

const NOTE = 'holdgate-review/v1'
const MAX_NOTE_BYTES = 200
const DAY_MS = 24 * 60 * 60 * 1000
/** A note from the future is a note from another clock, or forged. */
const SKEW_MS = 5 * 60 * 1000

/** @returns `sha256:` and 64 hex digits of a file that is there and not empty, or one sentence */
export async function digestOfPlanFile(path: string): Promise<Result<string, string>> {
  try {
    const info = await stat(path)
    if (!info.isFile()) return err('reading the plan file: it is not a file')
    if (info.size === 0) return err('reading the plan file: it is empty')
    const hash = createHash('sha256')
    for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)
    return ok(`sha256:${hash.digest('hex')}`)
  } catch (error) {
    return err(`reading the plan file: ${codeOf(error)}`)
  }
}

/** Where the note of a plan file stands. */
export function notePathOf(planFile: string): string {
  return `${planFile}.holdgate`
}

/** Written whole or not at all; false where it could not be written, and then no gate opens. */
export async function writeNote(planFile: string, digest: string, at: number): Promise<boolean> {
  const path = notePathOf(planFile)
  try {
    const line = `${NOTE} ${digest} ${Math.floor(at / 1000)}\n`
    await writeFile(`${path}.new`, line, { mode: 0o600 })
    await rename(`${path}.new`, path)
    return true
  } catch {
    return false
  }
}

/** Undefined where the note speaks of exactly these bytes and is less than a day old; else why not. */
export async function missingReview(
  planFile: string,
  digest: string,
  now: number,
): Promise<string | undefined> {
  const path = notePathOf(planFile)
  let text: string
  try {
    if ((await stat(path)).size > MAX_NOTE_BYTES) return 'the note of the review is not one'
    text = await readFile(path, 'utf8')
  } catch {
    return 'no review of this plan file was recorded; plan again, and let the policy check run'
  }
  const [, reviewed, seconds] =
    /^holdgate-review\/v1 (sha256:[0-9a-f]{64}) (\d{1,11})\n$/.exec(text) ?? []
  if (reviewed === undefined) return 'the note of the review is not one'
  if (reviewed !== digest) {
    return 'the review was of another plan file than the one about to be applied; plan again'
  }
  const age = now - Number(seconds) * 1000
  return age > DAY_MS || age < -SKEW_MS
    ? 'the review of this plan file has expired; plan again'
    : undefined
}

function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' ? 'there is no such file' : (code ?? 'it cannot be read')
}
