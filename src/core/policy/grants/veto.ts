// What no grant may stand beside: as soon as a plan touches one of these, none of its changes is
// released by a grant, because nobody can apply a plan in part.
import type { Facts } from '../../analysis/facts.ts'
import type { ResourceClass } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Concern, Finding } from '../../rules/finding.ts'

const CLASSES: ReadonlyMap<ResourceClass, string> = new Map<ResourceClass, string>([
  ['identity', 'who may do what'],
  ['key_secret', 'keys or secrets'],
  ['network_rule', 'network rules'],
  ['network_fabric', 'the network'],
  ['edge_protection', 'what protects the edge'],
  ['governance', 'rules of the organisation'],
])

/** Providers whose resources are the inside of a database: schemas, roles, rows. */
const DATABASE_INSIDES =
  /^(postgresql|mysql|mssql|snowflake|clickhouse|cockroach|mongodb|redshift|bigquery_routine)_/

const CONCERNS: ReadonlyMap<Concern, string> = new Map<Concern, string>([
  ['identity-granted', 'who may do what'],
  ['identity-wide', 'who may do what'],
  ['identity-removed', 'who may do what'],
  ['identity-dangerous', 'who may do what'],
  ['network-widened', 'network rules'],
  ['network-narrowed', 'network rules'],
  ['network-changed', 'network rules'],
  ['exposure-internet', 'what strangers can reach'],
  ['exposure-web', 'what strangers can reach'],
  ['code-execution', 'code that runs during the apply'],
  ['data-deleted-by-setting', 'how long data is kept'],
  ['workload-rollout', 'code or configuration of a workload'],
])

/**
 * Why no grant applies to this plan, or undefined. `allowed` tells of findings that were released
 * as rollouts; `isMetadata` of objects of which nothing but plain text changes.
 */
export function vetoOf(
  facts: Facts,
  findings: readonly Finding[],
  allowed: (finding: Finding) => boolean,
  isMetadata: (subject: Subject) => boolean,
): string | undefined {
  for (const subject of facts.subjects) {
    const what = touched(subject)
    if (what !== undefined && !isMetadata(subject)) {
      return `the plan also changes ${what} (${subject.change.address})`
    }
  }
  for (const finding of findings) {
    const what = CONCERNS.get(finding.concern)
    if (what !== undefined && !allowed(finding)) {
      return `the plan also changes ${what} (${finding.address === '' ? 'the plan as a whole' : finding.address})`
    }
  }
  return undefined
}

function touched({ change, kind }: Subject): string | undefined {
  const { action, mode } = change
  if (mode === 'data' || action.kind === 'no-op' || action.kind === 'read') return undefined
  if (DATABASE_INSIDES.test(change.type)) return 'a schema or data'
  return CLASSES.get(kind.kind === 'known' ? kind.class : kind.guess)
}
