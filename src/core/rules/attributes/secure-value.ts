// Values known to be secure or not: weaker than before is a finding, stronger is a clearance, and
// bad that stays bad is no finding of this plan.
import type { Delta, Value } from '../../change/model.ts'
import { isEmptyJson, type JsonValue, sameJson } from '../../json.ts'
import { secureValuesOf } from '../../knowledge/catalogue.ts'
import type { Hazard, SecureLiteral, SecureValue, Severity } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Clearance, Concern, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'

const ID = 'secure-value'

/** Stricter settings of these kinds refuse clients that worked until now. */
const CUTS_CLIENTS =
  /tls|ssl|https|auth|local_account|shared_key|public_network|publicly_accessible|endpoint_public_access|network_access|allow_|min(imum)?_version|security_policy/

const TOPICS: Readonly<
  Record<string, { concern: Concern; hazards: readonly Hazard[]; severity: Severity }>
> = {
  exposure: { concern: 'exposure-internet', hazards: ['internet-exposure'], severity: 'critical' },
  authentication: {
    concern: 'identity-dangerous',
    hazards: ['privilege-escalation'],
    severity: 'high',
  },
  encryption: {
    concern: 'key-weakened',
    hazards: ['key-loss', 'secret-exposure'],
    severity: 'high',
  },
  logging: { concern: 'monitoring-lowered', hazards: ['audit-loss'], severity: 'high' },
  backup: { concern: 'protection-lowered', hazards: ['protection-loss'], severity: 'high' },
  'deletion-guard': {
    concern: 'protection-lowered',
    hazards: ['protection-loss'],
    severity: 'high',
  },
  patching: { concern: 'protection-lowered', hazards: ['protection-loss'], severity: 'medium' },
  hardening: { concern: 'protection-lowered', hazards: ['protection-loss'], severity: 'medium' },
}

const AT_BIRTH = new Set(['exposure', 'encryption'])

export type Security = 'secure' | 'insecure' | 'unknown'

export const secureValue: Rule = {
  scope: 'change',
  id: ID,
  title: 'A setting that is less secure than before',
  why: 'The value is on a public list of settings that leave a door open.',
  remedy: 'Keep the old value, or say in the policy why this place needs the weaker one.',
  releaseWhen: 'The weaker setting is meant, time-boxed and known to the owner.',
  sources: ['https://www.checkov.io/5.Policy%20Index/terraform.html'],
  check: (subject): Spoken => {
    const { change } = subject
    const kind = change.action.kind
    if (change.mode !== 'managed' || (kind !== 'update' && kind !== 'create' && kind !== 'replace'))
      return {}
    const rows = secureValuesOf(change.type)
    const findings: Finding[] = []
    const cleared: string[] = []
    for (const delta of change.deltas) {
      for (const row of rows) {
        if (row.path !== delta.name || delta.markOnly) continue
        const before = kind === 'update' ? securityOf(delta.before, row) : row.when_missing
        const after = securityOf(delta.after, row)
        if (after === 'unknown' && kind === 'update') findings.push(say(subject, delta, row, true))
        else if (after === 'insecure' && isWorse(kind, before, row))
          findings.push(say(subject, delta, row, false))
        // From one listed value to another nothing is shown: TLS 1.3 to 1.2, one key to another.
        else if (before === 'insecure' && after === 'secure' && kind === 'update') {
          if (CUTS_CLIENTS.test(row.path)) findings.push(hardened(subject, delta))
          else cleared.push(delta.name)
        }
      }
    }
    const clearances: Clearance[] =
      cleared.length === 0
        ? []
        : [
            {
              rule: ID,
              address: change.address,
              covers: cleared,
              note: 'security settings raised',
            },
          ]
    return { findings, clearances }
  },
}

/**
 * A new object takes no guard away from anyone: on it only openness and missing encryption count, and
 * only where they are written down, since a missing value is the provider's choice.
 */
function isWorse(kind: string, before: Security, row: SecureValue): boolean {
  return kind === 'update' ? before !== 'insecure' : AT_BIRTH.has(row.topic)
}

/** How a listed setting stands on one side; `unknown` where the value is hidden or not there yet. */
export function securityOf(value: Value, row: SecureValue): Security {
  if (value.kind === 'sensitive' || value.kind === 'unknown') return 'unknown'
  if (value.kind === 'absent' || isEmptyJson(value.value)) return row.when_missing
  const actual = value.value
  if (row.secure_values !== undefined) {
    return row.secure_values.some((one) => one === '<any>' || same(actual, one))
      ? 'secure'
      : 'insecure'
  }
  return (row.insecure_values ?? []).some((one) => same(actual, one)) ? 'insecure' : 'secure'
}

function same(actual: JsonValue, listed: SecureLiteral): boolean {
  if (typeof listed === 'object') return sameJson(actual, listed)
  if (Array.isArray(actual)) return actual.some((item) => same(item, listed))
  return String(actual).toLowerCase() === String(listed).toLowerCase()
}

function say({ change }: Subject, delta: Delta, row: SecureValue, doubt: boolean): Finding {
  const topic = TOPICS[row.topic] ?? TOPICS.hardening
  return findingOn(change, {
    rule: ID,
    concern: topic?.concern ?? 'protection-lowered',
    hazards: topic?.hazards ?? ['protection-loss'],
    severity: topic?.severity ?? 'medium',
    what: doubt
      ? `sets ${delta.name} to something the plan does not show (${row.topic})`
      : `sets ${delta.name} to a value on the list of insecure ones (${row.topic})`,
    why: `${row.ref} of the public Checkov rule set looks at this setting (${row.topic}).`,
    evidence: evidenceFor([delta]),
    covers: [delta.name],
  })
}

function hardened({ change }: Subject, delta: Delta): Finding {
  return findingOn(change, {
    rule: ID,
    concern: 'network-narrowed',
    hazards: ['outage', 'lock-out'],
    severity: 'medium',
    what: `hardens ${delta.name}; clients that used the weaker setting are refused`,
    why: 'Stricter is better, but whoever still connects the old way is cut off at once.',
    evidence: evidenceFor([delta]),
    check: 'Look in the access logs for clients that still use the old way.',
    reversibility: 'set the old value again; clients come back at their next try',
    rollback: 'Set the old value again.',
    covers: [delta.name],
  })
}
