// Outside production a plan may still reach into it: a peering, a trusted role, a public zone.
import { environmentOf } from '../../analysis/environment-words.ts'
import type { Delta } from '../../change/model.ts'
import { isList, type JsonValue } from '../../json.ts'
import type { Rule } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'

const ID = 'points-at-production'

/** Attributes that name another object or place; never names, tags, texts or program settings. */
const REFERS =
  /^(peer_|remote_|vpc_id$|zone_id$|zone_name$|managed_zone$|assume_role_policy$|principal|member|target_id$|role_arn$|project$|host_project$|account_id$|destination|network$|requester_|accepter_)/
const MAX_CHARS = 20_000

export const pointsAtProduction: Rule = {
  scope: 'change',
  id: ID,
  title: 'A lower environment that reaches into production',
  why: 'What it opens or connects belongs to production, whatever the workspace is called.',
  remedy:
    'Make the change from the production workspace, or point at the object of this environment.',
  releaseWhen: 'The name only looks like production.',
  sources: ['https://developer.hashicorp.com/terraform/cloud-docs/workspaces'],
  check: ({ change }, facts) => {
    if (facts.environment.tier === 'production' || change.mode !== 'managed') return {}
    if (
      change.action.kind !== 'create' &&
      change.action.kind !== 'update' &&
      change.action.kind !== 'replace'
    )
      return {}
    const pointing = change.deltas.filter(pointsThere)
    if (pointing.length === 0) return {}
    return {
      findings: [
        findingOn(change, {
          rule: ID,
          concern: 'misdeployment',
          hazards: ['misdeployment'],
          severity: 'high',
          what: `points at production from ${facts.environment.name}`,
          why: 'The other end is named like production, and would be connected to a place with weaker rules.',
          evidence: evidenceFor(pointing),
          alternative: `Point at the object of ${facts.environment.name}, or make this change from the workspace of production.`,
          covers: [],
        }),
      ],
    }
  },
}

function pointsThere({ name, after }: Delta): boolean {
  return REFERS.test(name) && after.kind === 'known' && textsOf(after.value).some(isProduction)
}

function textsOf(value: JsonValue): readonly string[] {
  if (isList(value)) return value.flatMap(textsOf)
  return typeof value === 'string' && value.length <= MAX_CHARS ? [value] : []
}

function isProduction(text: string): boolean {
  return environmentOf(text, { shared: false })?.tier === 'production'
}
