// Whatever stands in a plan, the analysis answers, soon, and never takes nonsense for harmless.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLLECTORS } from '../../../../src/core/analysis/network/collectors.ts'
import { analyseNetwork } from '../../../../src/core/analysis/network/network.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/json.ts'
import type { Subject } from '../../../../src/core/knowledge/subject.ts'
import { block, configuration, groupUpdate, rule2, subject } from './build.ts'

const SEED = { seed: 20_261_120, numRuns: 150 }
const EFFECTS = ['nil', 'narrower', 'wider', 'public', 'moved', 'mixed', 'unknown']
const ACTIONS = [['create'], ['delete'], ['update'], ['delete', 'create'], ['forget'], ['oops'], []]

const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, '', '0.0.0.0/0', '10.0.0.0/8', '*', '-1', 'tcp', -1, 1e9),
  fc.constantFrom<JsonValue>('443', '9-1', 'Allow', 'Inbound', '::/0', '0.0.0.0', 'INGRESS', 1.5),
  fc.string({ maxLength: 8 }),
)
const value: fc.Arbitrary<JsonValue> = fc.letrec<{ node: JsonValue }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('cidr', 'port', 'from', 'ports', 'protocol', 'x'), tie('node'), {
      maxKeys: 3,
    }),
  ),
})).node
const mask: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(false, true, {}, [])

describe.each([...COLLECTORS.keys()])('model %s', (model) => {
  const names = [...(COLLECTORS.get(model)?.reads ?? []), 'spec', 'metadata', 'security_rule']
  const attributes = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 })
  const masks = fc.dictionary(fc.constantFrom(...names), mask, { maxKeys: 2 })

  it('answers any shape of its attributes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ACTIONS),
        attributes,
        attributes,
        masks,
        masks,
        (actions, before, after, unknown, sensitive) => {
          const odd = subject({ type: 't', actions, before, after, unknown, sensitive }, model)
          const facts = analyseNetwork([odd], [odd], configuration({ 't.x': { cidr: ['var.a'] } }))
          for (const fact of facts) {
            expect(EFFECTS).toContain(fact.effect)
            expect(JSON.parse(JSON.stringify(fact))).toEqual(fact)
          }
        },
      ),
      SEED,
    )
  })
})

describe('size', () => {
  it('a hundred thousand rule resources of one group are judged', () => {
    const rule = (n: number, act: string): Subject =>
      rule2(
        [act],
        {
          from_port: 443,
          to_port: 443,
          cidr_ipv4: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}/32`,
        },
        { address: `r.n${n}` },
      )
    const unchanged = Array.from({ length: 100_000 }, (_, n) => rule(n, 'no-op'))
    const [fact, ...more] = analyseNetwork([rule(200_000, 'create')], unchanged)
    expect(more).toEqual([])
    expect(fact).toMatchObject({
      effect: 'wider',
      unchangedCount: 100_000,
      opened: ['tcp 443 from 10.3.13.64'],
    })
  })

  it('rules that cannot be compared in the time there is are unknown', () => {
    const blocks = (shift: number): JsonObject[] =>
      Array.from({ length: 6000 }, (_, n) =>
        block(0, [`10.${n >> 8}.${n & 255}.0/24`], { from_port: n + shift, to_port: 65_000 - n }),
      )
    const [fact] = analyseNetwork([groupUpdate(blocks(0), blocks(1))], [])
    expect(fact?.effect).toBe('unknown')
    expect(fact?.doubts.join()).toMatch(/more rules than can be compared/)
  })

  it('a long list in words is cut and the rest is counted', () => {
    const [fact] = analyseNetwork(
      [
        groupUpdate(
          [],
          Array.from({ length: 40 }, (_, n) => block(n * 2, ['10.0.0.0/24'])),
        ),
      ],
      [],
    )
    expect(fact?.opened).toHaveLength(13)
    expect(fact?.opened.at(-1)).toBe('and 28 more')
  })
})

describe('references that lead in circles', () => {
  it('end, and stay in doubt or harmless', () => {
    const rule = rule2(
      ['create'],
      {},
      {
        address: 'module.a.aws_vpc_security_group_ingress_rule.x',
        after: { ip_protocol: 'tcp', from_port: 1, to_port: 1, cidr_ipv4: '10.0.0.0/24' },
        unknown: { security_group_id: true },
      },
    )
    const circle = { source: '', inputs: { b: ['module.a.b'] }, dependsOn: [] }
    const config = configuration(
      { 'module.a.aws_vpc_security_group_ingress_rule.x': { security_group_id: ['var.b'] } },
      { moduleCalls: [{ address: 'module.a', ...circle, outputs: { b: ['var.b'] } }] },
    )
    const [fact] = analyseNetwork([rule], [], config)
    expect(fact?.effect).toBe('unknown')
  })
})
