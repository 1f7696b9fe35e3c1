// Items in the order of their danger, as long as they fit. What does not fit is counted where the
// reader sees it.
import { nameOf } from '../../change/from-plan.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Question } from '../model.ts'
import type { Steps } from '../steps.ts'
import { changeGroups, changeItems } from './change-items.ts'
import { type Desk, type Item, UNWRITTEN } from './desk.ts'
import { factItems } from './fact-items.ts'
import { findingItem } from './finding-items.ts'
import { headItem } from './head-item.ts'

export interface Assembled {
  readonly text: string
  readonly bytes: number
  /** Those that are in the text. */
  readonly items: readonly Item[]
  readonly leftOut: readonly string[]
}

/** Items in a row that did not fit; after these, the rest is only counted. */
const MOST_MISSES = 64
/** UTF-8 bytes kept for the sentences about what is left out: two dozen kinds of items at most. */
const ROOM_FOR_LEFT_OUT = 2_048

/** JSON, one item a line, at most `maxBytes` of UTF-8; `[]` where not even the head fits. */
export function* assembleSteps(
  desk: Desk,
  questions: readonly Question[],
  maxBytes: number,
): Steps<Assembled> {
  const bare = headItem(desk, questions.length, [])
  const brackets = 4
  let left = maxBytes - byteLength(bare.line) - ROOM_FOR_LEFT_OUT - brackets
  const items: Item[] = []
  const missed = new Map<string, number>()
  // A question about a finding that is not there could be answered without having been seen.
  const there = new Set(desk.weighed.map(({ finding }) => finding))
  const lost = questions.filter(({ finding }) => !there.has(finding)).length
  if (lost > 0) missed.set('question', lost)
  const isHopeless = left < 0
  let misses = 0
  if (!isHopeless) {
    const room = (): number => (misses < MOST_MISSES ? left : 0)
    const lazy: Desk = {
      ...desk,
      write: (counts, size, body) =>
        room() > 0 ? desk.write(counts, size, body) : { ...UNWRITTEN, counts, size },
    }
    for (const item of inOrder(lazy, questions, room)) {
      yield
      const size = byteLength(item.line) + 2
      if (item.line !== '' && size <= left) {
        items.push(item)
        left -= size
        misses = 0
        continue
      }
      misses += 1
      missed.set(item.counts, (missed.get(item.counts) ?? 0) + item.size)
    }
  }
  const leftOut = isHopeless
    ? ['the whole plan']
    : [...missed].map(([of, count]) => counted(count, of))
  const head = headItem(desk, questions.length, leftOut)
  const lines = [head.line, ...items.map(({ line }) => line)]
  const text = isHopeless ? '[]' : `[\n${lines.join(',\n')}\n]`
  return { text, bytes: byteLength(text), items: isHopeless ? [] : [head, ...items], leftOut }
}

/** What holds (questions are among it) and the changes behind it, the facts, and then all the rest. */
function* inOrder(desk: Desk, questions: readonly Question[], room: () => number): Generator<Item> {
  const { facts } = desk.examination
  const asked = new Map(questions.map((question) => [question.finding, question]))
  for (const one of desk.weighed)
    if (one.holds) yield findingItem(desk, one, asked.get(one.finding))

  const behind = new Map<string, number>()
  for (const { finding, holds } of desk.weighed) {
    if (holds && !behind.has(finding.address)) behind.set(finding.address, behind.size)
  }
  const dangerous: Subject[] = []
  const others: Subject[] = []
  for (const subject of facts.subjects) {
    if (behind.has(nameOf(subject.change))) dangerous.push(subject)
    else others.push(subject)
  }
  const place = ({ change }: Subject): number => behind.get(nameOf(change)) ?? 0
  dangerous.sort((a, b) => place(a) - place(b))
  yield* changes(desk, dangerous, room)
  for (const item of factItems(desk)) yield item
  for (const one of desk.weighed)
    if (!one.holds) yield findingItem(desk, one, asked.get(one.finding))
  yield* changes(desk, others, room)
}

function* changes(desk: Desk, subjects: readonly Subject[], room: () => number): Generator<Item> {
  for (const group of changeGroups(subjects)) yield* changeItems(desk, group, room)
}

/** `finding of severity high that holds` → `3 findings of severity high that hold`. */
function counted(count: number, of: string): string {
  if (count === 1) return `1 ${of}`
  const [, noun = of, rest = ''] = /^(.*?)( of .*| without .*)?$/.exec(of) ?? []
  return `${count} ${noun}s${rest.replace(/ holds$/, ' hold')}`
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
