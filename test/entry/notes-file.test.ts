// The file of the team's notes: text of at most 16 KiB, or one reason why not.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readNotes } from '../../src/entry/notes-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'holdgate-notes-'))

async function notesOf(
  content: string | Uint8Array,
): Promise<Awaited<ReturnType<typeof readNotes>>> {
  const path = join(folder, 'notes.txt')
  await writeFile(path, content)
  return readNotes(path)
}

it('is read as it is', async () => {
  const text = 'The ledger database is shared with the bank.\nÄnderungen nur montags.\n'
  expect(await notesOf(text)).toEqual({ ok: true, value: text })
})

it('may be 16 KiB of bytes and not one more', async () => {
  expect((await notesOf('ü'.repeat(8 * 1024))).ok).toBe(true)
  expect(await notesOf(`${'ü'.repeat(8 * 1024)}x`)).toEqual({
    ok: false,
    error: 'is longer than 16 KiB',
  })
})

it('that is huge is not read whole', async () => {
  expect((await readNotes('/dev/zero')).ok).toBe(false)
})

it.each([[[0x6e, 0xff, 0xfe, 0x6f]], [[0xc3]], [[0xed, 0xa0, 0x80]]])(
  'of the bytes %j is no UTF-8 text',
  async (bytes) => {
    expect(await notesOf(Uint8Array.from(bytes))).toEqual({
      ok: false,
      error: 'is not UTF-8 text',
    })
  },
)

it('that is missing, or a directory, says so', async () => {
  expect(await readNotes(join(folder, 'none.txt'))).toEqual({ ok: false, error: 'is not there' })
  expect(await readNotes(folder)).toEqual({ ok: false, error: 'is a directory' })
})
