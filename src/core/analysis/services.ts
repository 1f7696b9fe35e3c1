// Which services a plan touches: a label where there is one, else the module, else the name's start.
import { plainAt } from '../change/side.ts'
import { isObject } from '../json.ts'
import type { Subject } from '../knowledge/subject.ts'

const KEYS = ['service', 'app', 'application', 'component']

/** Distinct service names of the changed objects, sorted. */
export function servicesOf(subjects: readonly Subject[]): readonly string[] {
  const names = new Set<string>()
  for (const subject of subjects) {
    if (subject.change.mode === 'managed') names.add(serviceOf(subject))
  }
  return [...names].sort()
}

/** The service one object belongs to. */
export function serviceOf({ change }: Subject): string {
  for (const side of [change.after, change.before]) {
    for (const holder of ['tags', 'labels']) {
      const tags = plainAt(side, [holder])
      if (!isObject(tags)) continue
      const key = Object.keys(tags).find((name) => KEYS.includes(name.toLowerCase()))
      const value = key === undefined ? undefined : tags[key]
      if (typeof value === 'string' && value !== '') return value
    }
  }
  const [, module] = /^module\.([\w-]+)/.exec(change.moduleAddress) ?? []
  return module ?? change.name.split(/[_-]/)[0] ?? change.name
}
