// The frame around what is shown: whatever is written inside, the packet has the lines it says it has,
// asks what was asked, and one fence holds all that people wrote.
import type { Case } from './case.ts'
import { askedWith, type Prepared } from './pipeline.ts'

type Item = Readonly<Record<string, unknown>>

/** Sentences; empty where the frame holds. */
export function frameFaults({ id, text, words }: Case, prepared: Prepared): readonly string[] {
  const { packet, questions, blind, informed } = prepared
  const found: string[] = []
  const [shown = ''] = blind.blocks
  const [head = '', ...lines] = shown.split('\n')
  if (!head.includes(`the next ${lines.length} lines`)) found.push('the packet has another length')
  const items = itemsOf(packet.text)
  if (items === undefined) return [`${id}: a line of the packet is not an item`]
  const asked = items.filter(({ question }) => question !== undefined)
  if (asked.length > questions.length) found.push('a question was forged')
  if (asked.length < questions.length && packet.leftOut.length === 0)
    found.push('a question is missing')
  if (items.filter(({ item }) => item === 'plan').length !== 1) found.push('a head was forged')
  if (informed.blocks[0] !== shown) found.push('the second reading begins with another packet')
  const fenced = (informed.blocks.at(-1) ?? '').split('\n')
  const begins = fenced.filter((line) => /^\s*BEGIN sha256-/.test(line))
  const ends = fenced.filter((line) => /^\s*END sha256-/.test(line))
  if (begins.length !== 1 || ends.length !== 1) found.push('a fence was forged')
  const from = fenced.indexOf(begins[0] ?? '')
  const until = fenced.indexOf(ends[0] ?? '')
  for (const line of fenced.slice(from + 1, until)) {
    if (Object.keys(parsed(line) ?? {}).join() !== 'kind,where,text')
      found.push('a line broke out of the fence')
  }
  if (text !== 'none' && words !== undefined && words.length >= 12) {
    if (isIn(words, askedWith(blind).blocks.join('\n'))) found.push('the first reading shows it')
    if (text === 'unseen' && words.length > 40 && isIn(words, informed.blocks.join('\n'))) {
      found.push('the second reading shows what is no part of the change')
    }
  }
  if (
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u.test(
      [...blind.blocks, ...informed.blocks].join('\n'),
    )
  ) {
    found.push('a character nobody sees is shown')
  }
  return found.map((fault) => `${id}: ${fault}`)
}

function itemsOf(text: string): readonly Item[] | undefined {
  const items = text
    .split('\n')
    .slice(1, -1)
    .map((line) => parsed(line.replace(/,$/, '')))
  return items.some((item) => item === undefined)
    ? undefined
    : items.flatMap((item) => (item === undefined ? [] : [item]))
}

function isIn(words: string, text: string): boolean {
  return [words, JSON.stringify(words).slice(1, -1)].some((form) =>
    text.includes(form.slice(0, 200)),
  )
}

function parsed(line: string): Item | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Item) : undefined
  } catch {
    return undefined
  }
}
