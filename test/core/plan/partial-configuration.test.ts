// A large configuration keeps the blocks of what changes; whoever asks for another one learns nothing.
import { describe, expect, it } from 'vitest'
import { configuredBy } from '../../../src/core/analysis/configured.ts'
import { analyse, subjectsOf } from '../../../src/core/analysis/facts.ts'
import { indexReferences } from '../../../src/core/analysis/network/references.ts'
import { LIMITS } from '../../../src/core/plan/limits.ts'
import type { Plan } from '../../../src/core/plan/model.ts'
import { runsCode } from '../../../src/core/rules/execution/runs-code.ts'
import { element, plan, read, readOk } from './support.ts'

const FILL = 'x'.repeat(64 * 1024)
const FILLERS = Math.ceil(LIMITS.configurationFullBytes / FILL.length)

function block(type: string, name: string, more: Record<string, unknown> = {}): unknown {
  return { address: `${type}.${name}`, mode: 'managed', type, name, ...more }
}

const code = { provisioners: [{ type: 'local-exec', expressions: {} }] }
const name = { expressions: { name: { references: ['var.name'] } } }
const inModule = {
  outputs: { id: { expression: { references: ['null_resource.run.id', 'null_resource.run'] } } },
  resources: [
    block('null_resource', 'run', { ...code, ...name }),
    block('null_resource', 'idle', code),
    { mode: 'managed', ...(block('null_resource', 'late') as object) },
    block('aws_vpc', 'drifted', name),
  ],
}
const configuration = {
  provider_config: { aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws' } },
  root_module: {
    outputs: { id: { expression: { references: ['module.a.id', 'module.a'] } } },
    resources: Array.from({ length: FILLERS }, (_, at) =>
      block('aws_vpc', `filler_${at}`, { expressions: { text: { constant_value: FILL } } }),
    ),
    module_calls: {
      a: { source: './a', expressions: { name: { references: ['var.x'] } }, module: inModule },
    },
    variables: { token: { sensitive: true } },
  },
}
const at = (address: string, type: string): Record<string, unknown> => ({
  address,
  module_address: 'module.a["k.\\"x"]',
  type,
  name: address.split('.').at(-1),
})
const run = 'module.a["k.\\"x"].null_resource.run'
const resource_changes = [
  element(['no-op']),
  element(['create'], { before: null }, at(`${run}["0"]`, 'null_resource')),
]
const drifted = 'module.a["k.\\"x"].aws_vpc.drifted[3]'
const resource_drift = [element(['update'], {}, at(drifted, 'aws_vpc'))]

/** As Terraform orders them. */
function large(): Promise<Plan> {
  const { configuration: _, ...rest } = plan()
  return readOk({ ...rest, resource_drift, resource_changes, configuration })
}

describe('a configuration larger than its first part', () => {
  it('keeps the blocks of what changes or drifted, and those that do not begin with an address', async () => {
    const { configuration: kept, notes } = await large()
    expect(kept?.partial).toBe(true)
    expect(kept?.resources.map((one) => one.address).filter((one) => !/filler/.test(one))).toEqual([
      'module.a.null_resource.run',
      'module.a.null_resource.late',
      'module.a.aws_vpc.drifted',
    ])
    expect(notes).toHaveLength(1)
  })

  it('keeps module calls, outputs, providers and marks of variables whole', async () => {
    const { configuration: kept } = await large()
    expect(kept?.moduleCalls).toMatchObject([{ address: 'module.a', inputs: { name: ['var.x'] } }])
    expect(kept?.outputs).toEqual({ id: ['module.a.id', 'module.a'] })
    expect(kept?.sensitiveVariables).toEqual(['token'])
    expect(kept?.providers).toHaveLength(1)
  })

  it('is whole where it comes before the changes, and where it is small', async () => {
    const { configuration: _, ...rest } = plan()
    const first = await readOk({ ...rest, configuration, resource_changes })
    expect(first.configuration?.partial).toBeUndefined()
    expect(first.configuration?.resources).toHaveLength(FILLERS + 4)
    const small = { root_module: { resources: inModule.resources } }
    const whole = await readOk({ ...rest, resource_changes, configuration: small })
    expect(whole.configuration?.partial).toBeUndefined()
    expect(whole.configuration?.resources).toHaveLength(4)
  })

  it('is the same in pieces of every size', async () => {
    const { configuration: _, ...rest } = plan()
    const text = JSON.stringify({ ...rest, resource_drift, resource_changes, configuration })
    const { value: whole } = (await read(text)) as { value: Plan }
    const cut = (await read(text, { pieceBytes: 9973 })) as { value: Plan }
    expect(cut.value).toEqual(whole)
  })
})

describe('what asks a partial configuration', () => {
  it('finds the provisioners of a changed resource', async () => {
    const read = await large()
    const facts = analyse(read, subjectsOf(read.changes), { tags: {}, at: 0 }, undefined)
    const { findings = [] } = runsCode.scope === 'plan' ? runsCode.check(facts) : {}
    expect(findings.map((one) => one.summary)).toEqual([expect.stringContaining('runs local-exec')])
  })

  it('never takes a missing block for one without provisioners', async () => {
    const read = await large()
    const { configuration: kept } = read
    if (kept === undefined) throw new Error('no configuration')
    const without = { ...read, configuration: { ...kept, resources: [] } }
    const facts = analyse(without, subjectsOf(read.changes), { tags: {}, at: 0 }, undefined)
    const { findings = [] } = runsCode.scope === 'plan' ? runsCode.check(facts) : {}
    expect(findings.map((one) => one.summary)).toEqual([expect.stringContaining('may run')])
  })

  it('does not learn that an attribute is unset, nor where its value comes from', async () => {
    const read = await large()
    const raw = element(
      ['update'],
      { after: { cidr_block: '10.0.0.0/8' } },
      at('module.a.aws_vpc.gone', 'aws_vpc'),
    )
    const { changes } = await readOk(plan({ resource_changes: [raw] }))
    const [change] = subjectsOf(changes).map((subject) => subject.change)
    if (change === undefined) throw new Error('no change')
    expect(configuredBy(read)(change, { path: ['cidr_block'] })).toBe(true)
    const references = indexReferences(read.configuration)
    expect(references.of(change, 'cidr_block')).toBeUndefined()
    expect(references.isSet(change, 'cidr_block')).toBeUndefined()
  })
})
