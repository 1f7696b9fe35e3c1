// From a plan to the blocks of its configuration: every fixture that has its sources beside it.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { examine } from '../../../../src/core/assess.ts'
import { readPlan } from '../../../../src/core/plan/read.ts'
import type { Examination } from '../../../../src/core/policy/examination.ts'
import { builtInPolicy } from '../../../../src/core/policy/presets.ts'
import { readCode } from '../../../../src/core/review/code/read.ts'
import { codeOptions, wantedBlocks } from '../../../../src/core/review/code/wanted.ts'
import { nodeHasher } from '../../../../src/entry/hasher.ts'
import { archiveOf, type CodeSource } from '../../../../src/entry/practice/code.ts'
import { DEMO_PLANS } from '../../../support/fixture-plans.ts'
import { planJson } from '../../../support/plans.ts'

const ROOT = new URL('../../../../fixtures/', import.meta.url).pathname

async function examined(text: string, directory?: string): Promise<Examination> {
  const plan = await readPlan(new Blob([text]).stream(), {
    hasher: nodeHasher(),
    keepUnchanged: () => false,
  })
  if (!plan.ok) throw new Error(plan.error.reason)
  const context = { tags: {}, at: 0, ...(directory === undefined ? {} : { directory }) }
  return examine(plan.value, context, await builtInPolicy('standard'))
}

async function codeOf(examination: Examination, source: CodeSource) {
  const stream = new Blob([new Uint8Array(await archiveOf(source))]).stream()
  const reading = await readCode(stream, wantedBlocks(examination), codeOptions(examination))
  if (!reading.ok) throw new Error(reading.error)
  return reading.value
}

/** A plan with changes in these modules, called from these sources. */
function modules(
  changes: readonly string[],
  calls: Readonly<Record<string, { source: string; calls?: Record<string, { source: string }> }>>,
): string {
  type Calls = Readonly<Record<string, { source: string; calls?: Calls }>>
  const written = (of: Calls): Record<string, never> =>
    JSON.parse(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(of).map(([name, { source, calls: inner = {} }]) => [
            name,
            { source, module: { module_calls: written(inner) } },
          ]),
        ),
      ),
    )
  return planJson(
    changes.map((module_address, index) => ({
      type: 'aws_sqs_queue',
      name: 'this',
      index,
      actions: ['create'],
      after: { name: 'jobs' },
      extra: { module_address, address: `${module_address}.aws_sqs_queue.this[${index}]` },
    })),
    { configuration: { root_module: { module_calls: written(calls) } } },
  )
}

describe('the wanted blocks', () => {
  it.each(DEMO_PLANS.map(({ name, file }) => [name, file] as const))(
    'of %s are the ones in its sources',
    async (name, file) => {
      const examination = await examined(readFileSync(file, 'utf8'))
      const wanted = wantedBlocks(examination)
      const source = readFileSync(`${ROOT}demo/${name}/main.tf`, 'utf8')
      const { blocks, missing } = await codeOf(examination, {
        kind: 'folder',
        path: `${ROOT}demo/${name}`,
      })
      for (const { type, name: label, address } of wanted) {
        const isThere = source.includes(`resource "${type}" "${label}" {`)
        const shown = blocks.some(({ where }) => where === address)
        expect([address, shown]).toEqual([address, isThere])
        expect(missing.some((line) => line.startsWith(`${address}: `))).toBe(!isThere)
      }
      expect(wanted.length).toBeGreaterThan(0)
    },
  )

  it('stand in the directory of their local module, with what moved them in the root', async () => {
    const examination = await examined(readFileSync(`${ROOT}scenarios/D013.plan.json`, 'utf8'))
    const path = `${ROOT}scenarios/sources/D013`
    const { blocks, missing } = await codeOf(examination, { kind: 'folder', path })
    expect(blocks.map(({ where, file }) => [where, file])).toEqual([
      ['module.queue.aws_sqs_queue.this', 'main.tf'],
      ['module.queue.aws_sqs_queue.this', 'modules/queue/main.tf'],
    ])
    expect(missing).toEqual([])
  })

  it('are one for all instances, in the place that the calls lead to', async () => {
    const text = modules(
      [
        'module.a["x.y"]',
        'module.a["]"].module.b[0]',
        'module.far',
        'module.far.module.near',
        'module.lost',
      ],
      {
        a: { source: './a/', calls: { b: { source: '../../shared/./b' } } },
        far: { source: 'acme/queue/aws', calls: { near: { source: './near' } } },
      },
    )
    const examination = await examined(text, '/live')
    expect(wantedBlocks(examination).map(({ address, place }) => [address, place])).toEqual(
      expect.arrayContaining([
        ['module.a.aws_sqs_queue.this', { kind: 'directory', steps: ['a'] }],
        [
          'module.a.module.b.aws_sqs_queue.this',
          { kind: 'directory', steps: ['..', 'shared', 'b'] },
        ],
        ['module.far.aws_sqs_queue.this', { kind: 'elsewhere' }],
        ['module.far.module.near.aws_sqs_queue.this', { kind: 'elsewhere' }],
        ['module.lost.aws_sqs_queue.this', { kind: 'unknown' }],
      ]),
    )
    expect(codeOptions(examination).directory).toBe('/live')
  })

  it('come first where a finding about them holds', async () => {
    const examination = await examined(
      planJson([
        {
          type: 'aws_sqs_queue',
          name: 'a',
          actions: ['update'],
          before: { name: 'jobs', tags: { Team: 'blue' } },
          after: { name: 'jobs', tags: { Team: 'green' } },
        },
        { type: 'aws_db_instance', name: 'z', actions: ['delete'], before: { id: 'x' } },
      ]),
    )
    expect(wantedBlocks(examination).map(({ address }) => address)).toEqual([
      'aws_db_instance.z',
      'aws_sqs_queue.a',
    ])
  })
})

describe('values that the plan marks as sensitive', () => {
  it('are taken out of the text, as written and line by line', async () => {
    const examination = await examined(
      planJson([
        {
          type: 'aws_instance',
          name: 'web',
          actions: ['create'],
          after: { user_data: 'say "orange-juice"\nand apple-juice', note: 'x' },
          afterSensitive: { user_data: true },
        },
      ]),
    )
    const source = [
      'resource "aws_instance" "web" {',
      '  a = "say \\"orange-juice\\"\\nand apple-juice"',
      '  b = <<-EOT',
      '    say "orange-juice"',
      '    and apple-juice',
      '  EOT',
      '}',
    ].join('\n')
    const { blocks } = await codeOf(examination, { kind: 'files', files: { 'main.tf': source } })
    expect(blocks[0]?.text).toContain('(sensitive)')
    expect(blocks[0]?.text).not.toMatch(/orange|apple/)
  })
})
