// Runs every rule and then asks of each change: is all of it accounted for? What no finding and no
// clearance covers becomes a finding of its own, because silence is no evidence.
import type { Facts } from '../analysis/facts.ts'
import { nameOf } from '../change/from-plan.ts'
import type { Change, Delta } from '../change/model.ts'
import { sameJson } from '../json.ts'
import type { Subject } from '../knowledge/subject.ts'
import { accountsFor } from './attributes/paths.ts'
import { explain } from './explain.ts'
import type { Clearance, Cover, Finding } from './finding.ts'
import { RULES } from './index.ts'
import { interactionsIn } from './interactions.ts'
import type { Rule } from './rule.ts'
import { evidenceFor, findingOn } from './speak.ts'

export interface Judgement {
  readonly findings: readonly Finding[]
  readonly clearances: readonly Clearance[]
}

/** Every finding and clearance of every rule, and an `unexplained` finding for each rest. */
export function judge(facts: Facts, rules: readonly Rule[] = RULES): Judgement {
  const findings: Finding[] = []
  const clearances: Clearance[] = []
  for (const rule of rules) {
    const inputs = rule.scope === 'plan' ? [undefined] : facts.subjects
    for (const subject of inputs) {
      const said =
        rule.scope === 'plan'
          ? rule.check(facts)
          : subject === undefined
            ? {}
            : rule.check(subject, facts)
      findings.push(...(said.findings ?? []))
      clearances.push(...(said.clearances ?? []))
    }
  }
  const covers = coversByAddress(findings, clearances)
  const rests = facts.subjects.flatMap((subject) => unexplained(subject, covers))
  const all = [...findings, ...rests]
  return { findings: explain([...all, ...interactionsIn(all)], facts), clearances }
}

function coversByAddress(
  findings: readonly Finding[],
  clearances: readonly Clearance[],
): Map<string, Cover[]> {
  const map = new Map<string, Cover[]>()
  for (const { address, covers } of [...findings, ...clearances]) {
    const list = map.get(address)
    if (list === undefined) map.set(address, [covers])
    else list.push(covers)
  }
  return map
}

function unexplained({ change }: Subject, covers: Map<string, Cover[]>): Finding[] {
  const said = covers.get(nameOf(change)) ?? []
  if (said.includes('all')) return []
  const rest = change.deltas.filter(({ name }) => !said.some((cover) => accountsFor(cover, name)))
  if (change.action.kind === 'update' && rest.length === 0) {
    if (change.deltas.length > 0 || isNormalised(change)) return []
  }
  return [sayUnexplained(change, rest)]
}

/** The sides differ in writing only: `null` became `""` or `[]`, and nothing was or is set there. */
function isNormalised(change: Change): boolean {
  return !sameJson(change.before.value, change.after.value)
}

function sayUnexplained(change: Change, rest: readonly Delta[]): Finding {
  const names = [...new Set(rest.map(({ name }) => name))]
  const what =
    change.action.kind === 'update'
      ? names.length === 0
        ? 'would be updated, but the plan shows no difference'
        : `changes ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}, and nothing here knows what that does`
      : `has the action ${change.action.kind}, and no rule accounts for it`
  const hidden = rest.some(({ after }) => after.kind === 'unknown' || after.kind === 'sensitive')
  return findingOn(change, {
    rule: 'unexplained',
    concern: change.action.kind === 'create' ? 'unexplained-create' : 'unexplained',
    hazards: ['opaque'],
    severity: 'medium',
    what,
    why: hidden
      ? 'The new value is hidden or known only after the apply, so nobody can say from here what it does.'
      : 'No rule and no catalogue row says that this is harmless, and silence is no evidence.',
    evidence: evidenceFor(rest),
    covers: 'all',
  })
}
