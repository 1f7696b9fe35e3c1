// A new object harms nobody by itself, unless it carries traffic, rights, code, a bill or a lock.

import type { Change } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import type { Hazard, ResourceClass } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Clearance, Concern, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { findingOn } from '../speak.ts'
import { isTrue, numberOf } from '../when.ts'
import { actsOnExisting, type Surroundings, surroundingsIn } from './birth.ts'

const ID = 'additive-create'

/** Default for a new object in production, by class (risk table 2.1, column "when created"). */
const AT_BIRTH: Readonly<Record<ResourceClass, 'clear' | 'look' | 'read-elsewhere'>> = {
  datastore: 'clear',
  volume: 'clear',
  backup: 'clear',
  key_secret: 'clear',
  identity: 'read-elsewhere',
  network_fabric: 'look',
  network_rule: 'read-elsewhere',
  dns_traffic: 'clear',
  edge_protection: 'look',
  compute_fleet: 'clear',
  compute_singleton: 'clear',
  serverless: 'clear',
  messaging: 'clear',
  monitoring: 'clear',
  governance: 'look',
  metadata: 'clear',
  glue: 'clear',
}

/** Above this many, a new fleet is a bill someone should have seen. */
const LARGE_FLEET = 10

export const additiveCreate: Rule = {
  scope: 'plan',
  id: ID,
  title: 'A new object',
  why: 'Most new objects are additive. Some change what already exists: routes, guard rails, locks, filters.',
  remedy: 'Create it unattached first, attach it in a second plan.',
  releaseWhen: 'It is attached to nothing that serves today.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
  check: (facts): Spoken => {
    const findings: Finding[] = []
    const clearances: Clearance[] = []
    const surroundings = surroundingsIn(facts)
    for (const subject of facts.subjects) {
      const { change, kind } = subject
      if (change.action.kind !== 'create' || change.mode !== 'managed') continue
      if (kind.kind === 'unknown') continue
      const birth = kind.row.create
      const default_ = AT_BIRTH[kind.class]
      // Network and identity analysis read these; what they leave over, only a row can clear.
      if (default_ === 'read-elsewhere' && birth === undefined) continue
      const worry =
        birth === undefined && default_ === 'look'
          ? looksAt(kind.class)
          : (worryAtBirth(subject, surroundings) ?? worryOf(subject))
      if (worry === undefined) {
        const note = `new ${WORDS[kind.class]}`
        clearances.push({ rule: ID, address: change.address, covers: 'all', note })
      } else findings.push(say(change, worry))
    }
    return { findings, clearances }
  },
}

function say(change: Change, worry: Worry): Finding {
  return findingOn(change, {
    rule: ID,
    concern: worry.concern,
    // What takes traffic over also decides whether it arrives.
    hazards: worry.hazard === 'traffic-cutover' ? ['traffic-cutover', 'outage'] : [worry.hazard],
    severity: worry.severity ?? 'medium',
    what: `would be created; ${worry.what}`,
    why: worry.why,
    covers: 'all',
  })
}

/** The row of the type says when a new one acts on what exists. */
function worryAtBirth(subject: Subject, surroundings: Surroundings): Worry | undefined {
  const { change, kind } = subject
  if (kind.kind === 'unknown') return undefined
  const birth = [kind.row.create ?? []]
    .flat()
    .flatMap((one) => (one.look ? [one] : []))
    .find((one) => actsOnExisting(one, change, surroundings))
  if (birth === undefined) return undefined
  const exposesWeb = birth.hazard === 'internet-exposure' && kind.class === 'dns_traffic'
  return {
    concern: exposesWeb ? 'exposure-web' : (CONCERNS[birth.hazard] ?? 'unexplained-create'),
    hazard: birth.hazard,
    what: birth.why,
    why: 'It acts on what exists the moment it is there, and nothing of that shows in the plan.',
  }
}

/** Which question the hazard of a birth puts to the policy; any other is an unexplained creation. */
const CONCERNS: Partial<Record<Hazard, Concern>> = {
  'audit-loss': 'monitoring-lowered',
  'capacity-loss': 'capacity-out-of-bounds',
  'data-loss': 'data-deleted-by-setting',
  'internet-exposure': 'exposure-internet',
  'network-widening': 'network-widened',
  'one-way-door': 'one-way',
  'privilege-escalation': 'identity-granted',
  'secret-exposure': 'identity-granted',
  'traffic-cutover': 'traffic-moved',
  'workload-rollout': 'workload-rollout',
}

interface Worry {
  readonly concern: Concern
  readonly hazard: Hazard
  readonly severity?: 'low' | 'medium' | 'high' | 'critical'
  readonly what: string
  readonly why: string
}

function looksAt(of: ResourceClass): Worry {
  switch (of) {
    case 'network_fabric':
      return {
        concern: 'unexplained-create',
        hazard: 'outage',
        what: 'a new network part can redirect traffic that flows today',
        why: 'Routes, gateways and peerings act on existing subnets the moment they exist.',
      }
    case 'edge_protection':
      return {
        concern: 'unexplained-create',
        hazard: 'outage',
        what: 'a new filter can block requests that pass today',
        why: 'Blocking rules meet real traffic first in production; count mode shows what they would hit.',
      }
    default:
      return {
        concern: 'unexplained-create',
        hazard: 'guardrail-loss',
        severity: 'high',
        what: 'a new rule or container of an organisation reaches beyond this configuration',
        why: 'Guard rails, locks, quotas and accounts bind people who do not see this plan.',
      }
  }
}

function worryOf({ change, kind }: Subject): Worry | undefined {
  if (kind.kind === 'unknown') return undefined
  const at = (name: string): ReturnType<typeof plainAt> => plainAt(change.after, [name])
  if (kind.row.destroy.reversibility === 'locked') {
    return {
      concern: 'one-way',
      hazard: 'one-way-door',
      severity: 'high',
      what: 'a lock may not come off again',
      why: 'Locks of this kind can outlive the wish for them.',
    }
  }
  if ((kind.row.authoritative ?? []).some(({ path }) => path === '*')) {
    return {
      concern: 'identity-removed',
      hazard: 'outage',
      severity: 'high',
      what: 'it takes over the whole set and removes entries made elsewhere',
      why: 'This type owns the full set; what other hands added is in no plan and goes away.',
    }
  }
  if (at('internal') === false || at('scheme') === 'internet-facing') {
    return {
      concern: 'exposure-internet',
      hazard: 'internet-exposure',
      severity: 'high',
      what: 'it is a public entrance',
      why: 'A public listener is reachable the moment it is healthy.',
    }
  }
  const counts = [
    'desired_capacity',
    'desired_count',
    'max_size',
    'max_capacity',
    'node_count',
    'instance_count',
    'target_size',
    'num_instances',
    'instances',
    'target_capacity',
    'initial_node_count',
  ]
  const largest = Math.max(0, ...counts.map((name) => numberOf(at(name)) ?? 0))
  if (kind.class === 'compute_fleet' && largest > LARGE_FLEET) {
    return {
      concern: 'cost-jump',
      hazard: 'cost',
      what: `a fleet of up to ${largest}`,
      why: 'A large new fleet is a bill from its first hour.',
    }
  }
  if (isTrue(at('allow_overwrite') ?? false)) {
    return {
      concern: 'traffic-moved',
      hazard: 'traffic-cutover',
      severity: 'high',
      what: 'it may overwrite a name that exists',
      why: 'allow_overwrite takes a record over that this state does not know.',
    }
  }
  return undefined
}

const WORDS: Readonly<Record<ResourceClass, string>> = {
  datastore: 'private data stores',
  volume: 'volumes',
  backup: 'backup settings',
  key_secret: 'keys or secrets',
  identity: 'identities',
  network_fabric: 'network parts',
  network_rule: 'network rules',
  dns_traffic: 'names or traffic parts',
  edge_protection: 'edge protection',
  compute_fleet: 'small fleets',
  compute_singleton: 'machines',
  serverless: 'functions or jobs',
  messaging: 'queues or topics',
  monitoring: 'monitoring parts',
  governance: 'governance objects',
  metadata: 'metadata',
  glue: 'helpers',
}
