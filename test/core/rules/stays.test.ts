// What stays beside a finding is counted in its own plan: attributes, guards that hold on, objects it
// refers to, the rest of the plan.
import { expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import {
  aws,
  PROD,
  plan,
  remove,
  replace,
  unchanged,
  update,
} from '../../attack/scenarios/parts.ts'
import { judge } from '../../mutation/judge.ts'

const SUBNETS = {
  provider: aws,
  type: 'aws_db_subnet_group',
  name: 'main',
  values: { name: 'main', subnet_ids: ['subnet-1', 'subnet-2'] },
}
const DATABASE = {
  provider: aws,
  type: 'aws_db_instance',
  name: 'main',
  references: {
    db_subnet_group_name: ['aws_db_subnet_group.main.name', 'aws_db_subnet_group.main'],
  },
  values: {
    identifier: 'orders',
    engine: 'postgres',
    instance_class: 'db.m6g.large',
    db_subnet_group_name: 'main',
    deletion_protection: true,
    skip_final_snapshot: false,
    storage_encrypted: false,
    publicly_accessible: false,
    snapshot_identifier: null,
  },
}

/** What stays, as the first finding about the database says it. */
async function stays(document: JsonObject): Promise<string> {
  const judged = await judge(document, {
    tags: {},
    ...PROD,
    at: Date.parse('2026-11-20T10:00:00Z'),
  })
  if (judged.kind !== 'decided') throw new Error(judged.because)
  const found = judged.decision.findings.find(({ address }) => address === 'aws_db_instance.main')
  return found?.unaffected ?? ''
}

const RESIZE = { set: { instance_class: 'db.m6g.2xlarge' } }
const ENCRYPT = { set: { storage_encrypted: true }, because: ['storage_encrypted'] }

it('counts the attributes an update in place leaves alone, of those that were set', async () => {
  expect(await stays(plan([update(DATABASE, RESIZE)]))).toMatch(
    /^It is updated in place, and 7 of its 8 attributes stay/,
  )
})

it('names guards that hold on, and neither those that are off nor those that change', async () => {
  const text = await stays(plan([update(DATABASE, RESIZE)]))
  expect(text).toContain('deletion_protection, skip_final_snapshot')
  expect(text).not.toContain('storage_encrypted')
  const lowered = await stays(plan([update(DATABASE, { set: { deletion_protection: false } })]))
  expect(lowered).toContain('skip_final_snapshot')
  expect(lowered).not.toContain('deletion_protection')
})

it('names what a replaced object refers to where that is not changed', async () => {
  const text = await stays(plan([replace(DATABASE, ENCRYPT), unchanged(SUBNETS)]))
  expect(text).toContain('A last copy is configured (skip_final_snapshot)')
  expect(text).toContain('aws_db_subnet_group.main, which it refers to, is not changed')
})

it('does not name what it refers to where that changes too', async () => {
  const moved = update(SUBNETS, { set: { subnet_ids: ['subnet-1'] } })
  expect(await stays(plan([replace(DATABASE, ENCRYPT), moved]))).not.toContain(
    'aws_db_subnet_group',
  )
})

it('trusts no reference where the plan does not show everything', async () => {
  const whole = plan([replace(DATABASE, ENCRYPT), unchanged(SUBNETS)])
  const text = await stays({ ...whole, errored: true })
  expect(text).not.toContain('aws_db_subnet_group')
})

it('counts the objects beside one that goes, and says when there are none', async () => {
  const bare = { ...DATABASE, values: { ...DATABASE.values, skip_final_snapshot: true } }
  expect(await stays(plan([remove(bare), unchanged(SUBNETS)]))).toBe(
    'Beside it, the 1 other object in this plan stays as it is.',
  )
  expect(await stays(plan([remove(bare)]))).toBe(
    'Beside aws_db_instance.main, this plan has no other object.',
  )
  expect(await stays(plan([remove(bare), remove(SUBNETS)]))).toBe(
    'Beside it, the 1 other object in this plan goes as well.',
  )
})
