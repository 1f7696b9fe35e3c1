// A compressed tar archive as a stream of its source files, within bounds. Nothing of it is written
// anywhere, no link is followed, and a name inside it is only ever compared.
import { createTarDecoder } from 'modern-tar'
import { err, ok, type Result } from '../../result.ts'
import type { CodeCaps } from './caps.ts'
import { metadataCheck } from './metadata.ts'

export interface SourceFile {
  /** Steps inside the archive, the file's name last. */
  readonly steps: readonly string[]
  readonly text: string
}

/** Entries that were passed over although they look like configuration that is wanted. */
export interface PassedOver {
  /** Paths that are absolute, lead upwards, are too long or hold characters that no path has. */
  paths: number
  links: number
  large: number
  /** A bound of the whole archive was met: what comes after was not seen. */
  cut: boolean
}

type Wants = (steps: readonly string[]) => boolean
type Fault = 'not-gzip' | 'over' | undefined

export interface Archive {
  /** In the order of the archive. */
  readonly files: readonly SourceFile[]
  readonly passed: PassedOver
}

/**
 * Every wanted source file. The archive is read to its end: what comes late may replace what came
 * early. One sentence where it is no readable archive; a bound of `caps` ends the reading without
 * failure, as `cut`.
 */
export async function readArchive(
  stream: ReadableStream<Uint8Array>,
  wants: Wants,
  caps: CodeCaps,
): Promise<Result<Archive, string>> {
  const files: SourceFile[] = []
  const done = new AbortController()
  const passed: PassedOver = { paths: 0, links: 0, large: 0, cut: false }
  let fault: Fault
  let bytes = 0
  const compressed = counted(caps.archiveBytes, (chunk, total) => {
    bytes = total
    if (chunk !== undefined && !startsGzip(chunk, total - chunk.length)) fault = 'not-gzip'
    else if (chunk === undefined) fault = 'over'
    return fault === undefined
  })
  const isModest = metadataCheck(caps.metadataBytes, caps.allMetadataBytes)
  const plain = counted(caps.archiveBytes, (chunk) => {
    if (chunk === undefined || !isModest(chunk)) fault = 'over'
    return fault === undefined
  })
  const gunzip: ReadableWritablePair<Uint8Array, BufferSource> = new DecompressionStream('gzip')
  const entries = stream
    .pipeThrough(compressed, { signal: done.signal })
    .pipeThrough(gunzip as ReadableWritablePair<Uint8Array, Uint8Array>)
    .pipeThrough(plain)
    .pipeThrough(createTarDecoder({ strict: true }))
    .getReader()
  let members = 0
  let sourceBytes = 0
  try {
    for (let next = await entries.read(); !next.done; next = await entries.read()) {
      const { header, body } = next.value
      members += 1
      if (members > caps.members) {
        passed.cut = true
        break
      }
      const steps = stepsOf(header.name, caps.pathCharacters)
      const isFile = header.type === 'file'
      if (steps === undefined) {
        if (looksLikeSource(header.name)) passed.paths += 1
      } else if (isSource(steps) && wants(steps)) {
        if (header.type === 'link' || header.type === 'symlink') passed.links += 1
        else if (isFile && header.size > caps.fileBytes) passed.large += 1
        else if (isFile) {
          sourceBytes += header.size
          if (sourceBytes > caps.sourceBytes) {
            passed.cut = true
            break
          }
          files.push({ steps, text: await new Response(body).text() })
          continue
        }
      }
      await body.cancel()
    }
  } catch {
    // Whatever is wrong with it, its own words may quote what is inside.
    if (fault === 'not-gzip')
      return err('The archive of the configuration is not compressed by gzip.')
    if (fault !== 'over') {
      return err(
        bytes === 0
          ? 'The archive of the configuration is empty or could not be fetched.'
          : 'The archive of the configuration is damaged or incomplete.',
      )
    }
  } finally {
    await entries.cancel().catch(() => undefined)
    // A decompressor does not tell its source that nobody reads on.
    done.abort()
  }
  if (fault === 'over') passed.cut = true
  return ok({ files, passed })
}

/** Passes chunks on while `go` agrees; it is told of the first one over the bound as undefined. */
function counted(
  most: number,
  go: (chunk: Uint8Array | undefined, total: number) => boolean,
): TransformStream<Uint8Array, Uint8Array> {
  let total = 0
  return new TransformStream({
    transform(chunk, controller) {
      total += chunk.length
      if (go(total > most ? undefined : chunk, total)) controller.enqueue(chunk)
      else controller.error(new Error('over a bound'))
    },
  })
}

const GZIP = [0x1f, 0x8b]

function startsGzip(chunk: Uint8Array, from: number): boolean {
  return GZIP.every(
    (byte, at) => at < from || at - from >= chunk.length || chunk[at - from] === byte,
  )
}

/** Undefined for a path that leads, or may be taken to lead, out of the archive. */
function stepsOf(path: string, most: number): readonly string[] | undefined {
  if (path.length > most || path.startsWith('/') || /[\\\u0000-\u001f\u007f]/.test(path)) {
    return undefined
  }
  const steps = path.split('/').filter((step) => step !== '' && step !== '.')
  return steps.length === 0 || steps.includes('..') || /^[A-Za-z]:/.test(path) ? undefined : steps
}

const SOURCE = /\.(?:tf|tofu)(?:\.json)?$/

function looksLikeSource(path: string): boolean {
  return SOURCE.test(path.slice(-16))
}

/** As the tools see it: the case counts, and hidden and backup files are ignored. */
function isSource(steps: readonly string[]): boolean {
  const name = steps.at(-1) ?? ''
  return SOURCE.test(name) && !name.startsWith('.')
}
