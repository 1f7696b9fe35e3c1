// Two ways to find the end of a value, written apart: what one says, the other has to say.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type BodyState, createBody, runBody, startBody } from '../../../src/core/plan/body.ts'
import { MAX_PIECE_BYTES, type VectorBody, vectorBody } from '../../../src/core/plan/vector-body.ts'
import { generatePlan } from '../../bench/generate-plan.ts'
import { read } from './support.ts'

const LEVELS = 8
const WORTH_WHILE = 1024 * 1024

function vector(): VectorBody {
  const body = vectorBody(WORTH_WHILE, LEVELS)
  if (body === undefined) throw new Error('this runtime has no vector instructions')
  return body
}

interface Turn {
  readonly at: number
  readonly state: Partial<BodyState>
}

interface Value {
  readonly bytes: Uint8Array
  readonly cuts: readonly number[]
  readonly before: number
  readonly room: number
  readonly trackDepth: number
}

/** The value behind `before` other bytes, in pieces that end at `cuts`: what is known after each. */
function turns(value: Value, load: (piece: Uint8Array) => Uint8Array, run = runBody): Turn[] {
  const body = createBody(LEVELS)
  startBody(body, value.room, value.trackDepth)
  const text = new Uint8Array(value.before + value.bytes.length).fill(0x22)
  text.set(value.bytes, value.before)
  const ends = [...new Set(value.cuts.map((cut) => value.before + 1 + cut))]
    .filter((cut) => cut < text.length)
    .sort((a, b) => a - b)
  const answers: Turn[] = []
  let from = value.before
  let start = 0
  for (const end of [...ends, text.length]) {
    body.origin = start - value.before
    const piece = load(text.slice(start, end))
    const at = run(body, piece, from - start)
    answers.push({ at: start + at, state: known(body) })
    if (body.outcome !== 'more') break
    start = end
    from = end
  }
  return answers
}

/** What of the state has a meaning at this point. */
function known(body: BodyState): Partial<BodyState> {
  const { outcome, markCount } = body
  const marks = body.marks.slice(0, Math.max(0, markCount))
  if (outcome !== 'more') return { outcome, markCount, marks }
  const { depth, inString, escaped } = body
  const stack = body.stack.slice(0, depth)
  return { outcome, markCount, marks, depth, inString, escaped, stack }
}

function bothSay(value: Value): Turn[] {
  const swift = vector()
  const plain = turns(value, (piece) => piece)
  expect(turns(value, swift.load, swift.run)).toEqual(plain)
  return plain
}

const TOKENS = ['{', '}', '[', ']', '"', '\\', '\\\\', '\\"', ',', ':', '"k":', '1', 'é', ' ', '{}']
const soup = fc
  .tuple(
    fc.constantFrom('{', '['),
    fc.array(fc.oneof(fc.constantFrom(...TOKENS), fc.constantFrom('"a"', 'x'.repeat(37))), {
      maxLength: 120,
    }),
  )
  .map(([open, rest]) => open + rest.join(''))
const json = fc
  .oneof(fc.array(fc.jsonValue({ maxDepth: 6 })), fc.dictionary(fc.string(), fc.jsonValue()))
  .map((value) => JSON.stringify(value))
const quoted = fc
  .array(fc.constantFrom('\\\\', '\\"', '\\u005c', 'a', 'bcdefghi', '{', ']'), { maxLength: 90 })
  .map((parts) => `["${parts.join('')}"]`)

const value = fc.record({
  bytes: fc.oneof(soup, json, quoted).map((text) => new TextEncoder().encode(text)),
  cuts: fc.array(fc.nat(300), { maxLength: 4 }),
  before: fc.nat(130),
  room: fc.integer({ min: 1, max: LEVELS }),
  trackDepth: fc.integer({ min: -1, max: 3 }),
})

it('both say the same of texts, values and noise, cut anywhere', () => {
  const met = new Map<string, number>()
  fc.assert(
    fc.property(value, (one) => {
      for (const { state } of bothSay(one)) {
        met.set(String(state.outcome), (met.get(String(state.outcome)) ?? 0) + 1)
      }
    }),
    { seed: 11, numRuns: 20_000 },
  )
  for (const outcome of ['more', 'end', 'too-deep', 'mismatch']) {
    expect(met.get(outcome), outcome).toBeGreaterThan(500)
  }
})

it('both stop noting strings at the same one', () => {
  for (const strings of [510, 511, 512, 513, 514]) {
    const bytes = new TextEncoder().encode(`[${'"",'.repeat(strings)}0]`)
    const [last] = bothSay({ bytes, cuts: [], before: 3, room: 2, trackDepth: 1 }).slice(-1)
    expect(last?.state.markCount).toBe(strings > 512 ? -1 : strings * 2)
  }
})

it('runs of backslashes of every length close a text or do not', () => {
  for (let length = 0; length < 200; length += 1) {
    const bytes = new TextEncoder().encode(`["${'\\'.repeat(length)}","]"]`)
    for (const cut of [length, length + 1, length + 2]) {
      bothSay({ bytes, cuts: [cut], before: length % 64, room: 3, trackDepth: 2 })
    }
  }
})

it('a plan reads the same in large and in small pieces, whole or damaged anywhere', async () => {
  const plan = Buffer.concat([...generatePlan({ bytes: 90_000, changed: 0.3 })])
  const failures = new Set<string>()
  const damage = fc.asyncProperty(
    fc.nat(plan.length - 1),
    fc.constantFrom(...'{}[]",:\\ x0'),
    fc.integer({ min: 16_384, max: 50_000 }),
    async (at, char, pieceBytes) => {
      const damaged = new Uint8Array(plan)
      damaged[at] = char.charCodeAt(0)
      const small = await read(damaged, { pieceBytes: 8_000 })
      expect(await read(damaged, { pieceBytes })).toEqual(small)
      expect(await read(damaged)).toEqual(small)
      failures.add(small.ok ? 'none' : small.error.reason)
    },
  )
  await fc.assert(damage, { seed: 12, numRuns: 300 })
  expect(failures.size).toBeGreaterThan(2)
})

it('a piece longer than the memory for it is read in parts', async () => {
  const long = JSON.stringify({
    format_version: '1.2',
    planned_values: { text: `\\"]}${'x'.repeat(2 * MAX_PIECE_BYTES)}`, list: [[['"']]] },
    resource_changes: [],
  })
  expect(await read(long)).toEqual(await read(long, { pieceBytes: 5_000 }))
  expect((await read(long)).ok).toBe(true)
})

it('small pieces and deep values are left to the other way', () => {
  expect(vectorBody(16_383, 512)).toBeUndefined()
  expect(vectorBody(16_384, 1_025)).toBeUndefined()
  expect(vectorBody(16_384, 1_024)).toBeDefined()
})

it('readers that take turns at the one memory read what each of them reads alone', async () => {
  const plans = [0, 0.1, 0.6, 1].map((changed) =>
    Buffer.concat([...generatePlan({ bytes: 80_000, changed })]),
  )
  const part = fc.record({
    plan: fc.constantFrom(...plans),
    // Some end in the middle, in brackets that do not match or within a text.
    damaged: fc.option(fc.nat(79_999), { nil: undefined }),
    char: fc.constantFrom(...'}"\\]'),
    pieceBytes: fc.integer({ min: 16_384, max: 30_000 }),
  })
  const together = fc.asyncProperty(
    fc.array(part, { minLength: 2, maxLength: 5 }),
    async (parts) => {
      const sources = parts.map(({ plan, damaged, char, pieceBytes }) => {
        const bytes = new Uint8Array(plan)
        if (damaged !== undefined) bytes[damaged] = char.charCodeAt(0)
        return { bytes, pieceBytes }
      })
      const all = await Promise.all(sources.map((one) => read(one.bytes, one)))
      for (const [at, { bytes }] of sources.entries()) {
        expect(all[at]).toEqual(await read(bytes, { pieceBytes: 8_000 }))
      }
    },
  )
  await fc.assert(together, { seed: 13, numRuns: 60 })
})
