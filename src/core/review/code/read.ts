// Reading the code of a run: out of the archive of its configuration only the blocks that define what
// changes, with their comments. Everything in it is untrusted; it can make a review more careful only.
import { blockAddress } from '../../plan/address.ts'
import { err, ok, type Result } from '../../result.ts'
import { visible } from '../../text/safe.ts'
import type { Writing } from '../model.ts'
import { type PassedOver, readArchive } from './archive.ts'
import { blocksIn, type SourceBlock } from './blocks.ts'
import { CODE_CAPS, type CodeCaps } from './caps.ts'
import { blocksInJson } from './json.ts'
import { hostileIn, showBlock } from './show.ts'
import { type CodeOptions, type WantedBlock, walk } from './wanted.ts'

/** `where` names the resources that the block defines: addresses without instance keys. */
export interface CodeBlock extends Writing {
  /** Inside the archive; visible characters only. */
  readonly file: string
}

export interface CodeReading {
  /** In the order in which they were wanted, then by file. */
  readonly blocks: readonly CodeBlock[]
  /** `ADDRESS: why`, for every wanted block that is not shown. */
  readonly missing: readonly string[]
  /** Sentences about what was not read or not shown whole. */
  readonly skipped: readonly string[]
  /** Why text in it looks written for its reader; empty where none does. */
  readonly hostile: readonly string[]
}

interface Found {
  readonly block: SourceBlock
  readonly file: string
  readonly wanted: WantedBlock[]
}

/**
 * @param stream a tar archive compressed by gzip
 * @returns one sentence, without anything of the content, where it is no readable archive. Bounds
 *   that were met are no failure: they are in `skipped`, and what was not reached is in `missing`.
 */
export async function readCode(
  stream: ReadableStream<Uint8Array>,
  wanted: readonly WantedBlock[],
  options: CodeOptions & { readonly caps?: Partial<CodeCaps> } = {},
): Promise<Result<CodeReading, string>> {
  const caps = { ...CODE_CAPS, ...options.caps }
  const root = walk([], options.directory ?? '')
  if (root.includes('..')) {
    await stream.cancel().catch(() => undefined)
    return err('The working directory of the run leads out of the archive of the configuration.')
  }
  const search = searchFor(wanted, root)
  const found = new Map<WantedBlock, Found[]>()
  const paths = new Map<string, number>()
  let surplus = 0
  const archive = await readArchive(stream, search.wants, caps)
  if (!archive.ok) return archive
  const { files, passed } = archive.value
  for (const { steps, text } of files) {
    const file = steps.join('/')
    paths.set(file, (paths.get(file) ?? 0) + 1)
    const blocks = file.endsWith('.json') ? blocksInJson(text) : blocksIn(text)
    for (const block of blocks) {
      const [first, ...rest] = search.wantedBy(block, steps.slice(0, -1))
      if (first === undefined) continue
      const one: Found = { block, file, wanted: [first, ...rest] }
      for (const by of one.wanted) {
        const own = found.get(by)
        if (own === undefined) found.set(by, [one])
        else if (own.length < MAX_PER_ADDRESS) own.push(one)
        else surplus += 1
      }
    }
  }
  const repeated = [...paths.values()].some((times) => times > 1)
  return ok(reading(wanted, found, root, passed, repeated, surplus, options, caps))
}

/** A resource has one block, and at most some that override or move it. */
const MAX_PER_ADDRESS = 8

interface Search {
  readonly wants: (steps: readonly string[]) => boolean
  readonly wantedBy: (block: SourceBlock, directory: readonly string[]) => readonly WantedBlock[]
}

const KEYWORDS: Readonly<Record<string, WantedBlock['mode']>> = {
  resource: 'managed',
  data: 'data',
  ephemeral: 'ephemeral',
}
const SPEAKS_OF = /\b(?:from|to)"?[ \t]{0,64}[=:][ \t]{0,64}"?([^\s"#]{1,512})/g

function searchFor(wanted: readonly WantedBlock[], root: readonly string[]): Search {
  const directoryOf = new Map(wanted.map((one) => [one, directory(one, root)] as const))
  const directories = new Set([root.join('/'), ...directoryOf.values()])
  const anywhere = wanted.some(({ place }) => place.kind === 'unknown')
  const byName = new Map<string, WantedBlock[]>()
  const bySuffix = new Map<string, WantedBlock>()
  for (const one of wanted) {
    const key = JSON.stringify([one.mode, one.type, one.name])
    const same = byName.get(key)
    if (same === undefined) byName.set(key, [one])
    else same.push(one)
    // Blocks that move or remove speak of it from their own module, or from one that calls it.
    for (let rest = one.address; rest !== ''; rest = rest.replace(/^[^.]*\.?/, '')) {
      if (!bySuffix.has(rest)) bySuffix.set(rest, one)
    }
  }
  const below = (steps: readonly string[]): boolean =>
    root.every((step, at) => steps[at] === step) && !steps.some((step) => step.startsWith('.'))
  return {
    wants: (steps) =>
      directories.has(steps.slice(0, -1).join('/')) || (anywhere && below(steps.slice(0, -1))),
    wantedBy: (block, steps) => {
      const mode = Object.hasOwn(KEYWORDS, block.keyword) ? KEYWORDS[block.keyword] : undefined
      const [type = '', name = ''] = block.labels
      if (mode !== undefined) {
        const here = byName.get(JSON.stringify([mode, type, name])) ?? []
        return here.filter((one) =>
          one.place.kind === 'unknown' ? below(steps) : directoryOf.get(one) === steps.join('/'),
        )
      }
      if (!['moved', 'removed', 'import'].includes(block.keyword)) return []
      for (const [, to = ''] of block.text.slice(0, 4_096).matchAll(SPEAKS_OF)) {
        const one = bySuffix.get(blockAddress(to))
        if (one !== undefined) return [one]
      }
      return []
    },
  }
}

/** Inside the archive; undefined for a module that is not in it. */
function directory({ place }: WantedBlock, root: readonly string[]): string | undefined {
  if (place.kind !== 'directory') return undefined
  const steps = walk(root, place.steps.join('/'))
  return steps.includes('..') ? undefined : steps.join('/')
}

const MAX_MISSING = 100
const MAX_NAMES = 3

function reading(
  wanted: readonly WantedBlock[],
  found: ReadonlyMap<WantedBlock, readonly Found[]>,
  root: readonly string[],
  passed: PassedOver,
  repeated: boolean,
  surplus: number,
  { hide = (text) => text }: CodeOptions,
  caps: CodeCaps,
): CodeReading {
  const blocks: CodeBlock[] = []
  const missing: string[] = []
  const hostile = new Set<string>(repeated ? ['a path that stands twice in the archive'] : [])
  const seen = new Set<Found>()
  let total = 0
  let cut = 0
  let leftOut = surplus
  for (const one of wanted) {
    const own = [...(found.get(one) ?? [])].sort((a, b) => compare(a.file, b.file))
    if (!own.some(({ block }) => Object.hasOwn(KEYWORDS, block.keyword))) {
      missing.push(`${visible(one.address, 300)}: ${whyMissing(one, root)}`)
    }
    for (const each of own) {
      if (seen.has(each)) continue
      seen.add(each)
      const { comments, text } = each.block
      for (const reason of hostileIn(`${each.file}\n${comments}${text}`)) hostile.add(reason)
      if (total >= caps.totalCharacters) {
        leftOut += 1
        continue
      }
      const shown = showBlock(comments, text, hide, caps)
      if (total + shown.text.length > caps.totalCharacters) {
        leftOut += 1
        continue
      }
      total += shown.text.length
      if (shown.cut) cut += 1
      const file = visible(each.file, 200)
      blocks.push({ where: named(each.wanted), file, text: shown.text })
    }
  }
  const more = missing.length - MAX_MISSING
  return {
    blocks,
    missing: [
      ...missing.slice(0, MAX_MISSING),
      ...(more > 0 ? [`${more} more block${more === 1 ? '' : 's'}`] : []),
    ],
    skipped: sentences(passed, cut, leftOut, caps),
    hostile: [...hostile],
  }
}

function named(wanted: readonly WantedBlock[]): string {
  const names = wanted.slice(0, MAX_NAMES).map(({ address }) => visible(address, 300))
  const more = wanted.length - names.length
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function whyMissing(one: WantedBlock, root: readonly string[]): string {
  if (one.place.kind === 'elsewhere') return 'its module is fetched from elsewhere'
  const inside = one.place.kind === 'unknown' || directory(one, root) !== undefined
  return inside ? 'no block in the archive defines it' : 'its module lies outside of the archive'
}

function sentences(
  passed: PassedOver,
  cut: number,
  leftOut: number,
  caps: CodeCaps,
): readonly string[] {
  const lines: readonly (readonly [boolean, string])[] = [
    [passed.cut, 'The archive is larger than the bounds of its reading; its end was not seen.'],
    [passed.paths > 0, `Files whose path leads out of the archive were not read: ${passed.paths}.`],
    [passed.links > 0, `Links to source files were not followed: ${passed.links}.`],
    [passed.large > 0, `Files over ${caps.fileBytes} bytes were not read: ${passed.large}.`],
    [cut > 0, `Blocks that are not shown whole: ${cut}.`],
    [leftOut > 0, `Blocks left out because there are too many: ${leftOut}.`],
  ]
  return lines.filter(([isSo]) => isSo).map(([, sentence]) => sentence)
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
