// The team's notes, from a file. A file that is not what it should be stops the start: notes that are
// missing without a word would be caution that is missing.
import { open } from 'node:fs/promises'
import { err, ok, type Result } from '../core/result.ts'
import { MAX_NOTES_BYTES } from './notes.ts'

/** @returns the text, or one sentence without its subject: "… is longer than 16 KiB" */
export async function readNotes(path: string): Promise<Result<string, string>> {
  try {
    const file = await open(path)
    try {
      if ((await file.stat()).isDirectory()) return err('is a directory')
      const bytes = new Uint8Array(MAX_NOTES_BYTES + 1)
      const length = await fill(file, bytes)
      if (length > MAX_NOTES_BYTES) return err('is longer than 16 KiB')
      return decode(bytes.subarray(0, length))
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return err(code === 'ENOENT' ? 'is not there' : `cannot be read (${code ?? 'unknown error'})`)
  }
}

async function fill(file: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<number> {
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return length
}

function decode(bytes: Uint8Array): Result<string, string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return err('is not UTF-8 text')
  }
}
