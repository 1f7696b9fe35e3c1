// Access rules of an identity-aware proxy, compared coarsely: lists of rules, each rule one content.
// https://developers.cloudflare.com/cloudflare-one/policies/access/
import { canonicalJson, isList, isObject, type JsonValue } from '../../json.ts'
import { type Comparison, compared, type Danger, unknown } from './comparison.ts'
import { hiddenText, reading, type Setting } from './setting.ts'

/** Beside `include`: who is kept out, what is asked for besides, and what follows. */
export const ACCESS_READS: readonly string[] = ['exclude', 'require', 'decision']

export function compareAccess(setting: Setting, path: string): Comparison {
  const gained: string[] = []
  const lost: string[] = []
  const dangers: Danger[] = []
  for (const name of [path, ...ACCESS_READS]) {
    const [before, after] = [rulesOf(setting, 'before', name), rulesOf(setting, 'after', name)]
    if (typeof before === 'string') return unknown(before)
    if (typeof after === 'string') return unknown(after)
    const added = [...after].filter((rule) => !before.has(rule)).length
    const removed = [...before].filter((rule) => !after.has(rule)).length
    const limits = name !== path
    if (added > 0) (limits ? lost : gained).push(`${name}: ${added} added`)
    if (removed > 0) (limits ? gained : lost).push(`${name}: ${removed} removed`)
    if (limits && removed > 0) {
      dangers.push({ kind: 'condition-loosened', text: `${name}: ${removed} removed` })
    }
  }
  const isOpen = isEveryone(setting, 'after', path)
  const opens = isOpen && !isEveryone(setting, 'before', path)
  if (opens) dangers.push({ kind: 'public', text: `${path} lets everyone in` })
  return compared({ gained, lost, dangers, public: isOpen })
}

function rulesOf(
  setting: Setting,
  which: 'before' | 'after',
  name: string,
): ReadonlySet<string> | string {
  const held = reading(setting, which, name)
  if (held.kind === 'hidden') return hiddenText(name, held.why, which)
  if (held.kind === 'absent') return new Set()
  return new Set((isList(held.value) ? held.value : [held.value]).map(canonicalJson))
}

/** An `everyone` rule: a block that is there, or a flag that is on. */
function isEveryone(setting: Setting, which: 'before' | 'after', path: string): boolean {
  const held = reading(setting, which, path)
  if (held.kind !== 'plain') return false
  const rules: readonly JsonValue[] = isList(held.value) ? held.value : [held.value]
  return rules.some(
    (rule) => isObject(rule) && ![undefined, null, false].includes(rule.everyone as undefined),
  )
}
