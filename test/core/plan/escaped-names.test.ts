// The engine must not be trusted with member names that are spelt with escapes: see parse-json.ts.
import { expect, it } from 'vitest'
import type { JsonValue } from '../../../src/core/json.ts'
import { element, plan, readOk } from './support.ts'

/** Both sides of the last element, which are written as JSON. */
async function sides(before: string, after: string): Promise<readonly [JsonValue, JsonValue]> {
  const source = JSON.stringify(
    plan({ resource_changes: [element(['update'], { before: '@before', after: '@after' })] }),
  )
  const text = source.replace('"@before"', () => before).replace('"@after"', () => after)
  const [change] = (await readOk(text)).changes
  return [change?.before ?? null, change?.after ?? null]
}

it('a name spelt with an escape is never read as another that came before it', async () => {
  const [before, after] = await sides(
    '{"tags":{"n1":"","\\\\":"1"}}',
    '{"tags":{"n1":"","\\"":"1"}}',
  )
  expect(before).toEqual({ tags: { n1: '', '\\': '1' } })
  expect(after).toEqual({ tags: { n1: '', '"': '1' } })
})

it('a known name spelt with an escape is found, whatever came before it', async () => {
  const [, after] = await sides(
    '{"n2":0,"\\\\u0061c":true,"l":0}',
    '{"n2":0,"\\u0061ctions":["x"],"l":[{}, [ ] ,1e400,"\\n"]}',
  )
  expect(after).toEqual({ n2: 0, actions: ['x'], l: [{}, [], '1e400', '\n'] })
})
