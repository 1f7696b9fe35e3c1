import { expect, it } from 'vitest'
import { type Json, planJson } from '../../../support/plans.ts'
import { judged } from '../judged.ts'

function update(
  type: string,
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
  masks: { readonly afterUnknown?: Json; readonly afterSensitive?: Json } = {},
): string {
  return planJson([{ type, name: 'one', actions: ['update'], before, after, ...masks }])
}

const QUEUE = { name: 'jobs', max_message_size: 1024 }

it('clears a setting whose change harms nobody, in either direction', async () => {
  const off = { name: 'app', delete_branch_on_merge: false }
  const on = { name: 'app', delete_branch_on_merge: true }
  expect((await judged(update('github_repository', off, on))).holds).toEqual([])
  expect((await judged(update('github_repository', on, off))).holds).toEqual([])
})

it('clears nothing whose new value cannot be read', async () => {
  const before = { name: 'app', delete_branch_on_merge: false }
  const unknown = update(
    'github_repository',
    before,
    { name: 'app' },
    {
      afterUnknown: { delete_branch_on_merge: true },
    },
  )
  expect((await judged(unknown)).holds).toHaveLength(1)
  const secret = update(
    'github_repository',
    before,
    { ...before, delete_branch_on_merge: true },
    {
      afterSensitive: { delete_branch_on_merge: true },
    },
  )
  expect((await judged(secret)).holds.length).toBeGreaterThan(0)
})

it('clears what is added where nothing was, also when its value is not known yet', async () => {
  const added = update('aws_sqs_queue', { ...QUEUE, redrive_policy: null }, QUEUE, {
    afterUnknown: { redrive_policy: true },
  })
  expect((await judged(added)).holds).toEqual([])
})

it('does not clear what replaces something that was there', async () => {
  const swapped = update('aws_sqs_queue', { ...QUEUE, redrive_policy: '{"a":1}' }, QUEUE, {
    afterUnknown: { redrive_policy: true },
  })
  expect((await judged(swapped)).holds).toHaveLength(1)
})

it('does not silence a rule about the same setting', async () => {
  const paced = (seconds: number): Readonly<Record<string, Json>> => ({
    identifier: 'main',
    monitoring_interval: seconds,
  })
  expect((await judged(update('aws_db_instance', paced(60), paced(30)))).holds).toEqual([])
  const switchedOff = await judged(update('aws_db_instance', paced(60), paced(0)))
  expect(switchedOff.holds).toContain('catalogue-attribute aws_db_instance.one')
})
