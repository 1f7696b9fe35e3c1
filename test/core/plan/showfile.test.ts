// Claim: warnings around a plan are taken away, and nothing that could be a document is.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutWarnings } from '../../../src/core/plan/showfile.ts'

const PLAN = '{"format_version":"1.2","a":{"b":[1,2]}}'
const WARNING =
  '\u001b[33m╷\u001b[0m\n│ Warning: Unable to open CLI configuration file\n│ \n│ The file "/x.tfrc" does not exist.\n╵\n'

async function kept(text: string | Uint8Array, cuts: readonly number[] = []): Promise<string> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const edges = [0, ...[...cuts].sort((a, b) => a - b), bytes.length]
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const [at, from] of edges.slice(0, -1).entries()) {
        controller.enqueue(bytes.slice(from, edges[at + 1]))
      }
      controller.close()
    },
  })
  const whole = await new Response(withoutWarnings(stream)).arrayBuffer()
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole)
}

describe('taken away', () => {
  it.each([
    ['warnings before', `${WARNING}${PLAN}\n`, PLAN],
    ['warnings after', `${PLAN}\n${WARNING}`, PLAN],
    ['warnings on both sides', `${WARNING}${PLAN}\n${WARNING}`, PLAN],
  ])('%s', async (_name, text, left) => {
    expect((await kept(text)).trim()).toBe(left)
  })

  it('however the stream is cut', async () => {
    const text = `${WARNING}${PLAN}\n${WARNING}`
    const length = new TextEncoder().encode(text).length
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(length), { maxLength: 12 }), async (cuts) => {
        expect(await kept(text, cuts)).toBe(PLAN)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('left as it came', () => {
  it.each([
    ['a plan alone', PLAN],
    ['a plan with its line break', `${PLAN}\n`],
    ['a plan over several lines', '{\n  "format_version": "1.2"\n}\n'],
    ['a plan whose first line does not end it', '{"format_version":"1.2",\n"a":1}\n'],
    ['nothing', ''],
    ['no document at all', WARNING],
    ['two documents', `${PLAN}\n${PLAN}\n`],
    ['a document inside the warnings before', `│ see {"format_version":"1.2"}\n${PLAN}\n`],
    ['a document inside the warnings after', `${PLAN}\nWarning: x${PLAN}\n`],
    ['a list after', `${PLAN}\n[1]\n`],
    ['too much before', `${'x'.repeat(300_000)}\n${PLAN}\n`],
    ['too much after', `${PLAN}\n${'x'.repeat(300_000)}\n`],
    ['a byte-order mark', `\ufeff${PLAN}\n`],
  ])('%s', async (_name, text) => {
    expect(await kept(text)).toBe(text)
  })

  it('compressed input', async () => {
    const bytes = new Uint8Array([0x1f, 0x8b, 0x0a, 0x7b, 0x22, 0x0a])
    expect(await kept(bytes)).toBe(new TextDecoder().decode(bytes))
  })
})
