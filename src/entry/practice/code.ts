// The archive of a run's configuration as the platform packs it: the sources beside a plan, as a
// compressed tar archive made in memory, spoiled on request.
import { readdir, readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { packTar } from 'modern-tar'
import type { CodeSpoiling } from './faults.ts'

export type CodeSource =
  /** All source files of a folder and those below it. */
  | { readonly kind: 'folder'; readonly path: string }
  /** Paths inside the archive and their texts. */
  | { readonly kind: 'files'; readonly files: Readonly<Record<string, string>> }

/** A `.tar.gz` of the sources; a bomb stands last in it. */
export async function archiveOf(source: CodeSource, spoiling?: CodeSpoiling): Promise<Buffer> {
  const files =
    source.kind === 'files' ? Object.entries(source.files) : await sourcesIn(source.path)
  const members = files.map(([name, text]): readonly [string, Buffer] => [name, Buffer.from(text)])
  if (spoiling?.kind === 'bomb') members.push(['zeros.bin', Buffer.alloc(spoiling.bytes)])
  const tar = await packTar(
    members.map(([name, body]) => ({
      header: { name, size: body.length, mtime: new Date(0) },
      body,
    })),
  )
  return promisify(gzip)(tar)
}

/** Answers with the archive, or with what `spoiling` makes of it. */
export async function serveArchive(
  archive: Buffer,
  spoiling: CodeSpoiling | undefined,
  response: ServerResponse,
): Promise<void> {
  if (spoiling?.kind === 'wrong-content') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(spoiling.text)
    return
  }
  const size = { truncated: archive.length >> 1, empty: 0, bomb: archive.length }
  const body = archive.subarray(0, spoiling === undefined ? archive.length : size[spoiling.kind])
  response.writeHead(200, { 'content-type': 'application/x-tar', 'content-length': body.length })
  await new Promise<void>((done) => response.end(body, () => done()))
}

async function sourcesIn(folder: string): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(?:tf|tofu)(?:\.json)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Promise.all(
    paths.map(async (path): Promise<readonly [string, string]> => {
      const name = relative(folder, path).split(sep).join('/')
      return [name, await readFile(path, 'utf8')]
    }),
  )
}
