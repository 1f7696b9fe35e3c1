// Every reason why a document is not read, each with a document that causes it.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { describeFailure, type PlanFailure } from '../../../src/core/plan/failure.ts'
import { readPlan } from '../../../src/core/plan/read.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'
import { element, pieces, plan, read, readFailure } from './support.ts'

const OPTIONS = { hasher: nodeHasher(), keepUnchanged: () => false }
const text = JSON.stringify(plan({ resource_changes: [element(['create'])] }))

describe('what is not a plan', () => {
  it.each([
    ['a binary plan file', 'PK\u0003\u0004rest'],
    ['log', '{"@level":"info","@message":"Terraform 1.5.0","type":"version"}\n{"@level":"info"}\n'],
    ['state', '{"format_version":"1.0","terraform_version":"1.5.0","values":{"root_module":{}}}'],
    ['state', '{"format_version":"1.0"}'],
    [
      'raw state',
      '{"version":4,"terraform_version":"1.5.0","serial":3,"lineage":"a","outputs":{}}',
    ],
    ['bookmark', '{"remote_plan_format":1,"run_id":"run-1","hostname":"app.terraform.io"}'],
    ['providers schema', '{"format_version":"1.0","provider_schemas":{}}'],
    ['configuration', '{"format_version":"1.0","root_module":{}}'],
    ['policy tool', '{"tfplan":{"format_version":"1.2"}}'],
    ['a list', '[{"format_version":"1.2"}]'],
    ['HTML', '<!DOCTYPE html><html>'],
    ['for people', '\nTerraform used the selected providers to generate the plan'],
    ['other than a JSON object', '"{}"'],
    ['other JSON', '{"a":1}'],
    ['part of a plan', '{"resource_changes":[]}'],
  ])('is named: %s', async (looksLike, source) => {
    const failure = await readFailure(source)
    expect(failure).toMatchObject({
      reason: 'not-a-plan',
      looksLike: expect.stringContaining(looksLike),
    })
  })
})

describe('each reason', () => {
  it.each(['', ' \r\n\t', '\ufeff'])('empty: %j', async (source) => {
    expect(await readFailure(source)).toEqual({ reason: 'empty' })
  })

  it.each([
    ['{,', 1],
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ['{"a":}', 5],
    ['{"a":[}]}', 6],
    ['{"a":1]', 6],
    ['{"resource_changes":[,]}', 21],
    ['{"resource_changes":[{"a":tru}]}', 26],
    ['{"resource_changes":[{"a":01}]}', 26],
    ['{"resource_changes":[{"a":"\t"}]}', 27],
    ['{"resource_changes":[{"a":1,}]}', 28],
  ])('malformed: %s at %i', async (source, at) => {
    const failure = await readFailure(source)
    expect(failure).toMatchObject({ reason: 'malformed', at })
  })

  it('undecodable: damaged gzip, gzip in gzip, UTF-32, UTF-16 without a mark, half a character', async () => {
    const zipped = new Uint8Array(gzipSync(text))
    const damaged = zipped.slice()
    damaged.fill(0, 20, 40)
    const inputs: readonly Uint8Array[] = [
      damaged,
      zipped.slice(0, -9),
      new Uint8Array(gzipSync(zipped)),
      Uint8Array.of(0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0),
      Uint8Array.of(0x7b, 0, 0x22, 0),
      Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x20, 0x00),
    ]
    for (const input of inputs) expect((await readFailure(input)).reason).toBe('undecodable')
  })

  it('limit: decoded bytes, also of a gzip bomb', async () => {
    const failure = { reason: 'limit', limit: 'the plan', max: 1000, unit: 'bytes' }
    expect(await readFailure(text.padEnd(1001), { maxBytes: 1000 })).toEqual(failure)
    expect((await read(text.padEnd(1000), { maxBytes: 1000 })).ok).toBe(true)
    const bomb = new Uint8Array(gzipSync(text.padEnd(50_000_000)))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await readFailure(bomb, { maxBytes: 1000 })).toEqual(failure)
  })

  it('limit: bytes kept of all elements together', async () => {
    const many = plan({ resource_changes: new Array(10).fill(element(['create'])) })
    const failure = await readFailure(many, { maxKeptBytes: 2000 })
    expect(failure).toMatchObject({ reason: 'limit', max: 2000, unit: 'bytes' })
  })

  it('read-error: a source that fails, without its message; a stream in use', async () => {
    const failing = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new TypeError('https://example.com/?token=abc'))
      },
    })
    const result = await readPlan(failing, OPTIONS)
    expect(result).toEqual({ ok: false, error: { reason: 'read-error', detail: 'TypeError' } })
    const used = pieces(new Uint8Array(1), 1)
    used.getReader()
    expect(await readPlan(used, OPTIONS)).toMatchObject({ error: { reason: 'read-error' } })
  })

  it('a source is cancelled as soon as the document is refused', async () => {
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"@level":"info"}\n'.repeat(10)))
      },
      cancel() {
        cancelled = true
      },
    })
    expect(await readPlan(endless, OPTIONS)).toMatchObject({ error: { reason: 'not-a-plan' } })
    expect(cancelled).toBe(true)
  })

  it('a text that PowerShell destroyed is told so', async () => {
    const broken = Buffer.from(
      `\ufeff${text.replace('"cidr_block":"10', '"cidr_block":?10')}`,
      'utf16le',
    )
    const failure = await readFailure(new Uint8Array(broken))
    expect(failure).toMatchObject({ detail: expect.stringContaining('PowerShell') })
  })
})

describe('describeFailure', () => {
  const failures: readonly PlanFailure[] = [
    { reason: 'empty' },
    { reason: 'not-a-plan', looksLike: 'a list', advice: 'pass one' },
    { reason: 'malformed', at: 12, detail: 'expected a value' },
    { reason: 'truncated', at: 12 },
    { reason: 'trailing-content', at: 12 },
    { reason: 'duplicate-key', key: 'actions' },
    { reason: 'unsupported-format', version: '2.0' },
    { reason: 'undecodable', encoding: 'gzip', detail: 'cut off' },
    { reason: 'limit', limit: 'the plan', max: 12, unit: 'bytes' },
    { reason: 'unexpected-shape', where: 'resource_changes', expected: 'a list' },
    { reason: 'read-error', detail: 'TypeError' },
  ]

  it.each(failures)(
    'says in one sentence what was read, what stopped it, what to do: %j',
    (failure) => {
      const sentence = describeFailure(failure)
      expect(sentence).toMatch(/^Reading the plan: [^\n]+\.$/)
      expect(sentence).toContain(/; /.test(sentence) ? ';' : ',')
      if ('at' in failure || 'max' in failure) expect(sentence).toContain('12')
    },
  )

  it('never passes on control characters, long names or made-up versions', () => {
    const key = `\u001b[31m\u202e${'x'.repeat(500)}`
    const hostile = describeFailure({ reason: 'duplicate-key', key })
    expect(hostile).not.toMatch(/[\u001b\u202e]/)
    expect(hostile.length).toBeLessThan(300)
    expect(describeFailure({ reason: 'unsupported-format', version: 'secret' })).not.toContain(
      'secret',
    )
  })
})
