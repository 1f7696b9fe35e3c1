// The result never depends on how the stream was cut, compressed or marked.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_PIECE_BYTES } from '../../../src/core/plan/vector-body.ts'
import { generatePlan } from '../../bench/generate-plan.ts'
import { element, plan, read, readOk } from './support.ts'

const generated = Buffer.concat([...generatePlan({ bytes: 60_000, changed: 0.3 })]).toString()
const hand = JSON.stringify(
  plan({
    resource_changes: [
      element(['update'], { after: { 'ключ\\"': 'é\u{1f600}"]}{[\\', n: [1e21] } }),
    ],
    variables: { stage: { value: 'dev' } },
  }),
  null,
  1,
)

it.each([
  ['a generated plan', generated],
  ['a pretty-printed plan with escapes', hand],
])('%s reads the same in pieces of every size, gzip or not, marked or not', async (_name, text) => {
  const whole = await readOk(text)
  const property = fc.asyncProperty(
    fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 71, max: 40_000 })),
    fc.boolean(),
    fc.boolean(),
    async (pieceBytes, zipped, marked) => {
      const bytes = Buffer.from(marked ? `\ufeff${text}` : text)
      const result = await read(new Uint8Array(zipped ? gzipSync(bytes) : bytes), { pieceBytes })
      expect(result).toEqual({ ok: true, value: { ...whole, notes: expect.any(Array) } })
    },
  )
  await fc.assert(property, {
    seed: 7,
    numRuns: 60,
    examples: [
      [1, false, false],
      [1, true, true],
    ],
  })
})

it('failures, too, are the same in pieces of every size', async () => {
  const sources = [
    hand.replace('"update"', '"update",'),
    hand.replace('"errored"', '"complete"'),
    `${hand} x`,
    hand.slice(0, -20),
    '[command]x\n',
    '{"a":{"b":[}}',
  ]
  const property = fc.asyncProperty(
    fc.constantFrom(...sources),
    fc.integer({ min: 1, max: 200 }),
    async (source, pieceBytes) => {
      expect(await read(source, { pieceBytes })).toEqual(await read(source))
    },
  )
  await fc.assert(property, { seed: 8, numRuns: 100 })
})

it('a name longer than its limit is refused in pieces of every size', async () => {
  const source = JSON.stringify(
    plan({ resource_changes: [], ['k'.repeat(1.5 * MAX_PIECE_BYTES)]: 1 }),
  )
  const failure = { reason: 'limit', limit: 'size of one element', max: 1_048_576, unit: 'bytes' }
  for (const pieceBytes of [source.length, MAX_PIECE_BYTES, 10_000]) {
    expect(await read(source, { pieceBytes })).toEqual({ ok: false, error: failure })
  }
})

it('sides that are equal, almost equal or damaged are the same in pieces of every size', async () => {
  // In pieces of one byte nothing can be compared with what came before it: that is the yardstick.
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    '"a":{"b":[1]}',
    '"x"',
    '{}',
  )
  const side = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join('')),
    fc.array(token, { maxLength: 6 }).map((tokens) => `{${tokens.join('')}}`),
  )
  const sides = fc.oneof(
    side.map((one) => [one, one]),
    fc.tuple(side, side),
    fc.tuple(side, fc.nat()).map(([one, at]) => [one, one.slice(0, at % (one.length + 1))]),
    fc.tuple(side, token).map(([one, more]) => [one, one + more]),
  )
  const property = fc.asyncProperty(
    fc.array(sides, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 2, max: 60 }),
    async (pairs, pieceBytes) => {
      const changes = pairs.map(
        ([before, after], at) =>
          `{"address":"a.b${at}","type":"a","name":"b","change":{"actions":["no-op"],"before":${before},"after":${after}}}`,
      )
      const source = `{"format_version":"1.2","resource_changes":[{"address":"a.c","type":"a","name":"c","change":{"actions":["no-op"]}},${changes.join(',')}],"errored":false}`
      const yardstick = await read(source, { pieceBytes: 1 })
      expect(await read(source)).toEqual(yardstick)
      expect(await read(source, { pieceBytes })).toEqual(yardstick)
    },
  )
  await fc.assert(property, { seed: 10, numRuns: 400 })
})

it('the digest and the size are those of the bytes', async () => {
  const whole = await readOk(generated)
  const hex = createHash('sha256').update(generated).digest('hex')
  expect(whole.digest).toBe(`sha256:${hex}`)
  expect(whole.bytes).toBe(Buffer.byteLength(generated))
})

it('the order of the top-level keys does not matter', async () => {
  const members = Object.entries(JSON.parse(generated) as Record<string, unknown>)
  const { digest: _, ...whole } = await readOk(generated)
  const property = fc.asyncProperty(
    fc.shuffledSubarray(members, { minLength: members.length }),
    async (shuffled) => {
      const { digest: _, ...again } = await readOk(JSON.stringify(Object.fromEntries(shuffled)))
      expect({ ...again, bytes: 0 }).toEqual({ ...whole, bytes: 0 })
    },
  )
  await fc.assert(property, { seed: 9, numRuns: 20 })
})
