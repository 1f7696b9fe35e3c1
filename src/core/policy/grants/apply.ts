// Which findings a team's grants release, and which they nearly did. A grant answers a finding only
// where the whole change of that object is what the grant allows.
import type { Facts } from '../../analysis/facts.ts'
import { serviceOf } from '../../analysis/services.ts'
import { nameOf } from '../../change/from-plan.ts'
import type { Delta } from '../../change/model.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { accountsFor } from '../../rules/attributes/paths.ts'
import type { Finding } from '../../rules/finding.ts'
import type { Judgement } from '../../rules/judge.ts'
import { numberOf } from '../../rules/when.ts'
import { meetsAddress } from '../match.ts'
import type { Policy, WrittenGrant } from '../policy.ts'
import { outsideBounds } from './bounds.ts'
import { type Grant, inForce } from './in-force.ts'
import { isAllowed, isGrantable, needsRange } from './operations.ts'
import { vetoOf } from './veto.ts'

/** Near misses told; the rest are counted. */
const MISSES_SHOWN = 20

export interface Granted {
  readonly by: ReadonlyMap<Finding, Grant>
  /** "outside grant web-scaling: module.web.aws_autoscaling_group.main: 60 is above max 50". */
  readonly nearMisses: readonly string[]
}

/**
 * @param holding findings that would hold without grants, the only ones a grant is asked about
 */
export function applyGrants(
  policy: Policy,
  facts: Facts,
  judgement: Judgement,
  holding: readonly Finding[],
): Granted {
  const written = policy.grants.filter((grant) => speaksOf(grant, facts))
  if (written.length === 0 || holding.length === 0) return { by: new Map(), nearMisses: [] }
  const subjects = onlyOnes(facts.subjects)
  const metadata = metadataIn(judgement)
  const by = new Map<Finding, Grant>()
  const missed: { readonly finding: Finding; readonly text: string }[] = []
  for (const finding of holding) {
    const subject = subjects.get(finding.address)
    if (subject === undefined) continue
    for (const one of written) {
      if (one.operation === undefined || !isGrantable(one.operation, finding)) continue
      if (!meetsAddress(one.addresses ?? [], subject.change.address)) continue
      const grant = inForce(one, facts.context.at)
      const names = metadata.get(finding.address) ?? new Set<string>()
      const outside = grant.ok ? misfit(grant.value, subject, facts, names) : grant.error.join(', ')
      if (grant.ok && outside === undefined) {
        by.set(finding, grant.value)
        break
      }
      const text = `outside grant ${one.id ?? 'without an id'}: ${finding.address}: ${outside}`
      missed.push({ finding, text })
    }
  }
  const answered = [...by.keys()]
  const veto =
    answered.length === 0
      ? undefined
      : (vetoOf(
          facts,
          judgement.findings,
          (finding) => by.has(finding),
          (subject) => isPlain(subject, metadata),
        ) ?? severalServices(answered, subjects))
  const released = veto === undefined ? by : new Map<Finding, Grant>()
  const ids = veto === undefined ? [] : [...by.values()].map(({ id }) => id).sort()
  const texts = [
    ...ids.map((id) => `outside grant ${id}: ${veto}`),
    ...missed.filter(({ finding }) => !released.has(finding)).map(({ text }) => text),
  ]
  return { by: released, nearMisses: some([...new Set(texts)]) }
}

function some(texts: readonly string[]): readonly string[] {
  const rest = texts.length - MISSES_SHOWN
  return rest > 0 ? [...texts.slice(0, MISSES_SHOWN), `and ${rest} more outside of grants`] : texts
}

/** By name; an address that stands in the plan twice is nobody's, because one of the two may differ. */
function onlyOnes(subjects: readonly Subject[]): ReadonlyMap<string, Subject> {
  const byName = new Map<string, Subject>()
  const twice = new Set<string>()
  for (const subject of subjects) {
    const name = nameOf(subject.change)
    if (byName.has(name)) twice.add(name)
    byName.set(name, subject)
  }
  for (const name of twice) byName.delete(name)
  return byName
}

function speaksOf({ environments = [] }: WrittenGrant, { environment }: Facts): boolean {
  return environments.includes(environment.name) || environments.includes(environment.tier)
}

/** What of this object's change the grant does not allow. */
function misfit(
  grant: Grant,
  subject: Subject,
  facts: Facts,
  metadata: ReadonlySet<string>,
): string | undefined {
  const { change } = subject
  if (change.mode !== 'managed' || change.importing || change.previousAddress !== undefined) {
    return 'it is imported, moved, or not managed here'
  }
  if (!isRightAction(grant, subject))
    return `a grant never covers ${withArticle(change.action.kind)}`
  const news = change.deltas.filter((delta) => !isComputed(delta, subject, facts))
  const foreign = news.filter((delta) => !isAllowed(grant.operation, subject, delta, metadata))
  const names = [...new Set(foreign.map(({ name }) => name))]
  if (names.length > 0) {
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    return `${names.slice(0, 3).join(', ')}${more} would change too, which ${grant.operation} does not allow`
  }
  if (news.length === 0) return 'nothing that the plan shows would change'
  return news.map((delta) => outside(grant, delta)).find((reason) => reason !== undefined)
}

function outside({ operation, bounds }: Grant, delta: Delta): string | undefined {
  if (operation === 'metadata') {
    const isNew = delta.before.kind === 'absent'
    return bounds.direction === 'up' && !isNew ? `${delta.name} is not new` : undefined
  }
  if (operation === 'rollout') return undefined
  if (!needsRange(operation) && !isNumber(delta)) return undefined
  if (bounds.min === undefined || bounds.max === undefined) {
    return `${delta.name} is a number, and bounds.min and bounds.max are not both written`
  }
  return outsideBounds(delta, bounds)
}

function isNumber({ before, after }: Delta): boolean {
  return [before, after].some((side) => side.kind === 'known' && numberOf(side.value) !== undefined)
}

function isRightAction({ operation }: Grant, { change, kind }: Subject): boolean {
  if (change.action.kind === 'update') return true
  return (
    operation === 'rollout' &&
    change.action.kind === 'replace' &&
    kind.kind === 'known' &&
    kind.row.replace_is_routine === true
  )
}

function withArticle(action: string): string {
  return /^[aeiou]/.test(action) ? `an ${action}` : `a ${action}`
}

function isComputed(delta: Delta, { change }: Subject, facts: Facts): boolean {
  return delta.after.kind === 'unknown' && !facts.isConfigured(change, delta)
}

/** For each address the attributes that the rule `metadata` found to be plain text. */
function metadataIn({ clearances }: Judgement): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>()
  for (const { rule, address, covers } of clearances) {
    if (rule !== 'metadata' || covers === 'all') continue
    const known = names.get(address) ?? new Set<string>()
    for (const name of covers) known.add(name)
    names.set(address, known)
  }
  return names
}

function isPlain({ change }: Subject, metadata: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const names = [...(metadata.get(nameOf(change)) ?? [])]
  return (
    change.action.kind === 'update' && change.deltas.every(({ name }) => accountsFor(names, name))
  )
}

function severalServices(
  answered: readonly Finding[],
  subjects: ReadonlyMap<string, Subject>,
): string | undefined {
  const services = new Set(
    answered.flatMap(({ address }) => {
      const subject = subjects.get(address)
      return subject === undefined ? [] : [serviceOf(subject)]
    }),
  )
  return services.size > 1
    ? `grants speak for one service at a time, and this plan has ${services.size}`
    : undefined
}
