// One dangerous change put into a plan that is otherwise boring.
import type { JsonObject } from '../../../src/core/json.ts'
import { harmlessTag, TEMPLATES } from '../dangers.ts'
import { changesOf, withChanges } from '../edit.ts'
import type { Danger, Operator, Seed } from '../mutant.ts'

const CROWD = 200

/** Every template once into every seed, at a place that differs. */
export const inject: Operator = {
  name: 'one dangerous change beside boring ones',
  mutate: (seed, random) =>
    TEMPLATES.map((template) => {
      const element = template.make(random)
      const at = random.int(0, changesOf(seed.plan).length)
      return danger(template.why, element, withChanges(seed.plan, at, [element]))
    }),
}

/** The same among 200 tag updates: grouping what is alike must not swallow what is not. */
export const hide: Operator = {
  name: 'one dangerous change among 200 tag updates',
  mutate: (seed, random) =>
    random.some(TEMPLATES, 3).map((template) => {
      const element = template.make(random)
      const at = random.int(0, CROWD)
      const crowd = tagUpdates()
      const added = [...crowd.slice(0, at), element, ...crowd.slice(at)]
      return danger(template.why, element, withChanges(seed.plan, 0, added))
    }),
}

/** The control: the crowd alone, nothing hidden in it. Has to stay as boring as it was. */
export function crowdOnly(seed: Seed): Seed {
  return { ...seed, plan: withChanges(seed.plan, 0, tagUpdates()) }
}

function tagUpdates(): readonly JsonObject[] {
  return Array.from({ length: CROWD }, (_, at) => harmlessTag(at))
}

function danger(why: string, element: JsonObject, plan: JsonObject): Danger {
  return { why, address: String(element.address), plan }
}
