// A field that decides something and has another shape than the format says is refused.
import { describe, expect, it } from 'vitest'
import { element, plan, readFailure } from './support.ts'

describe('wrong shapes', () => {
  it.each([
    ['address', element(['create'], {}, { address: 1 })],
    ['type', element(['create'], {}, { type: null })],
    ['actions', element(null)],
    ['actions', element([1])],
    ['actions', element({ 0: 'no-op' })],
    ['change', { ...element(['create']), change: [] }],
    ['resource_changes', 'an element that is text'],
    ['after_unknown', element(['create'], { after_unknown: 'true' })],
    ['replace_paths', element(['create'], { replace_paths: ['a'] })],
    ['index', element(['create'], {}, { index: {} })],
    ['previous_address', element(['no-op'], {}, { previous_address: 7 })],
  ])('of %s are refused, never guessed', async (where, wrong) => {
    const failure = await readFailure(plan({ resource_changes: [element(['no-op']), wrong] }))
    expect(failure.reason).toBe('unexpected-shape')
    expect(failure).toMatchObject({ where: expect.stringContaining(where) })
  })

  it.each([
    ['resource_changes', {}],
    ['resource_changes', 'x'],
    ['resource_drift', 1],
    ['configuration', []],
    ['errored', 'true'],
    ['complete', 1],
    ['checks', [{ status: 'pass' }]],
    ['output_changes', { a: [] }],
  ])('of the member %s (%j) are refused', async (key, value) => {
    expect((await readFailure(plan({ [key]: value }))).reason).toBe('unexpected-shape')
  })
})
