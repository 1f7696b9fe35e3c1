// The catalogue says what an attribute change does to the world (`effect`); this says which question
// that puts to the policy. A table, so that a new effect without a row does not compile away silently.

import { plainAt } from '../change/side.ts'
import type { AttributeRule, Hazard, ResourceClass } from '../knowledge/kind.ts'
import type { Subject } from '../knowledge/subject.ts'
import { attributesOf, nameList } from './advice/concern-row.ts'
import type { Concern } from './finding.ts'

type Effect = (rule: AttributeRule, of: ResourceClass) => Concern

const EFFECTS: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['interrupt', () => 'interruption'],
  ['interrupt_or_replace', () => 'interruption'],
  ['replace_or_interrupt', () => 'interruption'],
  ['replace_or_stop', () => 'interruption'],
  ['replace_or_roll', () => 'interruption'],
  ['outage', () => 'interruption'],
  ['identity', () => 'interruption'],
  ['amplify', () => 'interruption'],
  ['roll', (rule) => (has(rule, 'workload-rollout') ? 'workload-rollout' : 'interruption')],
  ['delayed', (rule) => (rule.severity === 'low' ? 'note' : 'interruption')],
  ['perf', (rule) => (rule.severity === 'low' ? 'note' : 'interruption')],
  ['cutover', (rule, of) => (isTraffic(rule, of) ? 'traffic-moved' : 'interruption')],
  ['weaken', weakened],
  ['expose', exposed],
  [
    'privilege',
    (rule) => (rule.severity === 'critical' ? 'identity-dangerous' : 'identity-granted'),
  ],
  ['lockout', () => 'identity-removed'],
  ['netdiff', () => 'network-changed'],
  ['crypt', () => 'key-weakened'],
  ['data_delete', () => 'data-deleted-by-setting'],
  ['dataloss_maybe', () => 'data-deleted-by-setting'],
  ['code', () => 'workload-rollout'],
  ['config', () => 'workload-rollout'],
  ['scale', (rule) => (rule.severity === 'low' ? 'note' : 'capacity-out-of-bounds')],
  ['cost', (rule) => (rule.severity === 'none' ? 'note' : 'cost-jump')],
  ['one_way', () => 'one-way'],
  ['replace_or_one_way', () => 'one-way'],
  ['opaque', () => 'opaque'],
  ['fail', () => 'incomplete'],
  ['meta', meta],
])

/**
 * The policy question of a catalogue rule. `replace…` effects have none: whether an object is
 * replaced is what the plan says, and an in-place update of such an attribute stays unexplained.
 */
export function concernOf(rule: AttributeRule, of: ResourceClass): Concern | undefined {
  return EFFECTS.get(rule.effect)?.(rule, of)
}

type Safer = (what: string) => string

/** How each way of interrupting is done with less of it. */
const INTERRUPTIONS: ReadonlyMap<string, Safer> = new Map<string, Safer>([
  [
    'roll',
    (what) =>
      `Roll ${what} out one instance at a time, with a health check between, and stop at the first that fails.`,
  ],
  [
    'cutover',
    (what) => `Keep the old ${what} working beside the new one until every client has switched.`,
  ],
  [
    'delayed',
    (what) =>
      `Choose the moment for ${what} yourself: reboot in a window right after the apply, instead of leaving it pending.`,
  ],
  [
    'perf',
    (what) => `Start ${what} in a quiet hour, and wait until it is through before the next change.`,
  ],
  [
    'outage',
    (what) => `Bring what replaces ${what} into service first, and switch it off in a later plan.`,
  ],
  [
    'identity',
    (what) =>
      `Keep the old ${what} reachable (an alias, a second record) until every client has moved.`,
  ],
  ['amplify', (what) => `Leave ${what} off, and let what is pending wait for its window.`],
])

/**
 * The safer way for an interruption, by its effect and attributes; undefined where the concern's own
 * words are as good. A type that can wait for its window is told to.
 */
export function saferInterruption(
  effects: readonly string[],
  names: readonly string[],
  { change }: Subject,
): string | undefined {
  const what = nameList(attributesOf({ covers: names, evidence: [] }), 'it')
  if (effects.includes('interrupt')) {
    return plainAt(change.after, ['apply_immediately']) === true
      ? `Set apply_immediately = false, and ${what} waits for the maintenance window.`
      : undefined
  }
  return effects
    .map((effect) => INTERRUPTIONS.get(effect)?.(what))
    .find((text) => text !== undefined)
}

function has(rule: AttributeRule, hazard: Hazard): boolean {
  return rule.hazards.includes(hazard)
}

function isTraffic(rule: AttributeRule, of: ResourceClass): boolean {
  return of === 'dns_traffic' || has(rule, 'traffic-cutover')
}

function weakened(rule: AttributeRule, of: ResourceClass): Concern {
  if (has(rule, 'guardrail-loss')) return 'guardrail-lowered'
  if (has(rule, 'internet-exposure')) return 'exposure-internet'
  if (has(rule, 'privilege-escalation')) return 'identity-dangerous'
  if (has(rule, 'audit-loss')) {
    return of === 'monitoring' && isSevere(rule) ? 'audit-lowered' : 'monitoring-lowered'
  }
  if (has(rule, 'secret-exposure')) return 'secret-shown'
  if (has(rule, 'key-loss')) return 'key-weakened'
  if (has(rule, 'data-loss') && !has(rule, 'protection-loss')) return 'data-deleted-by-setting'
  if (has(rule, 'capacity-loss') && rule.hazards.length === 1) return 'capacity-out-of-bounds'
  return 'protection-lowered'
}

function exposed(rule: AttributeRule): Concern {
  if (has(rule, 'internet-exposure')) return 'exposure-internet'
  if (has(rule, 'secret-exposure')) return 'secret-shown'
  return has(rule, 'network-widening') ? 'network-widened' : 'exposure-internet'
}

function meta(rule: AttributeRule): Concern {
  return rule.severity === 'medium' && has(rule, 'protection-loss') ? 'protection-lowered' : 'note'
}

function isSevere(rule: AttributeRule): boolean {
  return rule.severity === 'high' || rule.severity === 'critical'
}
