// The way back only ever gets longer: by a further hazard, by what the catalogue says of the object.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { REVERSAL_WORDS, REVERSALS, type Reversal } from '../../../src/core/knowledge/reversal.ts'
import { HAZARDS } from '../../../src/core/policy/kind-row.ts'
import { CONCERNS } from '../../../src/core/policy/presets.ts'
import { rowOf } from '../../../src/core/rules/advice/advice.ts'
import { planReversal, reversalOf } from '../../../src/core/rules/reversal.ts'
import { finding } from '../../../src/core/rules/speak.ts'
import { aws, on, PROD, plan, replace } from '../../attack/scenarios/parts.ts'
import { judge } from '../../mutation/judge.ts'

const rung = (reversal: Reversal): number => REVERSALS.indexOf(reversal)
const concerns = fc.constantFrom(...CONCERNS)
const hazards = fc.uniqueArray(fc.constantFrom(...HAZARDS), { maxLength: 6 })

const NEVER_AT_ONCE = ['data-loss', 'irreversible', 'key-loss', 'one-way-door', 'opaque'] as const
const DOUBTS = [
  'unknown-type',
  'unrecognised',
  'unexplained',
  'unexplained-create',
  'opaque',
  'incomplete',
  'network-changed',
  'misdeployment',
  'stale',
  'failing-check',
  'hostile-text',
] as const

describe('the way back', () => {
  it('is never shorter for one hazard more', () => {
    fc.assert(
      fc.property(concerns, hazards, fc.constantFrom(...HAZARDS), (concern, some, more) => {
        const before = reversalOf({ concern, hazards: some, covers: [] })
        const after = reversalOf({ concern, hazards: [...some, more], covers: [] })
        expect(rung(after)).toBeGreaterThanOrEqual(rung(before))
      }),
    )
  })

  it('is never instant with data, keys, one-way doors or doubt among the hazards', () => {
    fc.assert(
      fc.property(concerns, hazards, fc.constantFrom(...NEVER_AT_ONCE), (concern, some, grave) => {
        expect(reversalOf({ concern, hazards: [...some, grave], covers: [] })).not.toBe('instant')
      }),
    )
  })

  it.each(DOUBTS)('is never instant where the question is %s', (concern) => {
    expect(reversalOf({ concern, hazards: [], covers: [] })).not.toBe('instant')
  })

  it('of a plan is the worst of its findings, whatever their order', () => {
    const told = fc.array(fc.record({ concern: concerns, hazards }), { maxLength: 8 })
    fc.assert(
      fc.property(told, (seen) => {
        const all = seen.map((one) => say(one.concern, one.hazards))
        const whole = planReversal(all)
        expect(planReversal([...all].reverse())).toBe(whole)
        for (const one of all) {
          if (['stale', 'failing-check', 'hostile-text'].includes(one.concern)) continue
          expect(rung(whole)).toBeGreaterThanOrEqual(rung(reversalOf(one)))
        }
      }),
    )
    expect(planReversal([])).toBe('instant')
  })
})

describe('a store that is replaced', () => {
  it.each<[string, JsonObject, Reversal]>([
    ['aws_db_instance', { skip_final_snapshot: true }, 'never'],
    ['aws_rds_cluster', { skip_final_snapshot: true }, 'never'],
    ['aws_db_instance', { skip_final_snapshot: false }, 'hours-with-restore'],
    ['aws_db_instance', {}, 'hours-with-restore'],
    ['aws_memorydb_cluster', { final_snapshot_name: 'last' }, 'hours-with-restore'],
    ['aws_elasticache_replication_group', { final_snapshot_identifier: 'x' }, 'hours-with-restore'],
    ['aws_neptune_cluster', { skip_final_snapshot: true }, 'never'],
  ])('%s with %j comes back: %s', async (type, values, expected) => {
    const store = on(aws, type, 'main', { storage_encrypted: false, ...values })
    const step = replace(store, {
      set: { storage_encrypted: true },
      because: ['storage_encrypted'],
    })
    const judged = await judge(plan([step]), { tags: {}, at: 0, ...PROD })
    if (judged.kind !== 'decided') throw new Error(judged.because)
    const ends = judged.decision.findings.find(({ rule }) => rule === 'stateful-replace')
    expect(ends?.reversal).toBe(expected)
  })
})

describe('advice', () => {
  it.each(CONCERNS)('for %s is there in full, whatever the hazards', (concern) => {
    const { check, rollback, after, back } = { ...say(concern, []), back: rowOf(concern).back }
    for (const text of [check, rollback, after, back]) expect(text.length).toBeGreaterThan(10)
  })

  it('is not the same for any two concerns', () => {
    for (const field of ['check', 'rollback', 'after', 'back'] as const) {
      const texts = CONCERNS.map((concern) => rowOf(concern)[field])
      expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([])
    }
  })
})

it('has words for every rung that fit the tag of a run task', () => {
  for (const rungOf of REVERSALS) expect(REVERSAL_WORDS[rungOf].length).toBeLessThanOrEqual(32)
})

function say(
  concern: (typeof CONCERNS)[number],
  of: readonly (typeof HAZARDS)[number][],
): ReturnType<typeof finding> {
  return finding('', {
    rule: 'test',
    concern,
    hazards: of,
    severity: 'high',
    what: 'happens',
    why: 'because',
    covers: [],
  })
}
