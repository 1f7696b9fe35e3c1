// What each hazard means and what a careful reader does about it: before approving, to undo, afterwards.
import type { Hazard } from '../kind.ts'

export interface HazardAdvice {
  readonly case: string
  readonly before: string
  readonly undo: string
  readonly cannotUndo: string
  readonly after: string
}

export interface HazardRow {
  readonly id: Hazard
  readonly meaning: string
  readonly severity: string
  readonly reversibility: string
  readonly advice: readonly HazardAdvice[]
}

export const HAZARDS: readonly HazardRow[] = [
  {
    id: 'data-loss',
    meaning: 'data or messages are deleted or become unreachable',
    severity: 'critical',
    reversibility: 'backup / window / never',
    advice: [
      { case: 'destroy/replace of a store', before: 'is it this object on purpose? newest snapshot/PITR exists, is outside the same lifecycle, was restored once; writers stopped; final snapshot name free; replicas; who reads it', undo: 'restore to a new object, re-point clients; import it into state', cannotUndo: 'rows since last backup, sequences/ids handed out, backups bound to the object', after: 'row counts, replication, client errors, backup job on the new object' },
      { case: 'setting deletes data', before: 'count what the new rule matches today (objects older than N days, items with TTL < now) ; try on a prefix', undo: 'put the old value back at once (deletion is asynchronous; hours to a day of grace) ; versioned objects: remove delete markers', cannotUndo: 'already deleted items without versions', after: 'deleted object metrics, storage size curve' },
    ],
  },
  {
    id: 'irreversible',
    meaning: 'there is no way back even with effort',
    severity: 'critical',
    reversibility: 'none',
    advice: [
      { case: 'general', before: 'ask for a second approver; look for a path without it (rename, retain, forget)', undo: '', cannotUndo: 'all', after: '' },
    ],
  },
  {
    id: 'outage',
    meaning: 'service stops or degrades',
    severity: 'high-critical',
    reversibility: 'recreate, minutes to hours',
    advice: [
      { case: 'by interruption', before: 'maintenance window? `apply_immediately`? failover possible? pool retry on clients? size of restart time', undo: 'apply old value (another interruption) ; failover back', cannotUndo: 'engine major versions, storage type', after: 'errors, connections, replication lag, failover events' },
      { case: 'by replace', before: 'is create_before_destroy possible; name_prefix; drain; DNS TTL; dependents outside the plan', undo: 'previous version of code + apply; new ids stay', cannotUndo: 'old ids, IPs', after: 'health checks, 5xx, target health' },
    ],
  },
  {
    id: 'capacity-loss',
    meaning: 'less headroom or redundancy, fails later under load',
    severity: 'medium-high',
    reversibility: 'easy',
    advice: [
      { case: 'general', before: 'current utilisation against the new size; autoscaler\'s floor; is there a scaling event now', undo: 'raise the number', cannotUndo: '', after: 'saturation, throttles, queue depth, pending pods' },
    ],
  },
  {
    id: 'internet-exposure',
    meaning: 'reachable by strangers',
    severity: 'critical',
    reversibility: 'easy to close, data may be gone',
    advice: [
      { case: 'general', before: 'why public; is auth in front; who is the peer; time-boxed?', undo: 'close the rule, rotate what was reachable', cannotUndo: 'data already read', after: 'flow logs, access logs, scanners' },
    ],
  },
  {
    id: 'network-widening',
    meaning: 'reachable from more private places than before',
    severity: 'medium-high',
    reversibility: 'easy to close',
    advice: [
      { case: 'general', before: 'who is in the new range; is there a narrower source (a group, one subnet)', undo: 'remove the rule', cannotUndo: '', after: 'flow logs for unexpected sources' },
    ],
  },
  {
    id: 'privilege-escalation',
    meaning: 'someone can get more rights than meant',
    severity: 'critical',
    reversibility: 'easy to revoke, hard to prove unused',
    advice: [
      { case: 'general', before: 'smallest action/resource/condition that works; who can assume; MFA/OIDC conditions; expiry', undo: 'revoke + invalidate sessions (`aws:TokenIssueTime` deny)', cannotUndo: 'actions already taken, keys minted', after: 'audit log of the principal, access analyzer' },
    ],
  },
  {
    id: 'lock-out',
    meaning: 'people or machines lose access they need',
    severity: 'high-critical',
    reversibility: 'needs another admin, break-glass',
    advice: [
      { case: 'general', before: 'another admin path exists outside this change (break-glass user, org admin); last-used of the permission (90 days+, month/quarter ends)', undo: 're-grant from audit log; org admin', cannotUndo: 'new unique ids break old resource policies', after: 'access denied events' },
    ],
  },
  {
    id: 'key-loss',
    meaning: 'encryption key disabled, deleted, or encryption weakened',
    severity: 'critical',
    reversibility: 'window, then never',
    advice: [
      { case: 'general', before: 'key usage in the last 90 days (decrypt calls), what is encrypted with it, aliases, grants; re-encrypt first', undo: 'cancel deletion in the window, enable key', cannotUndo: 'after the window nothing', after: 'KMS errors, volume attach failures' },
    ],
  },
  {
    id: 'secret-exposure',
    meaning: 'credential readable by more people, or in clear',
    severity: 'high',
    reversibility: 'rotate',
    advice: [
      { case: 'general', before: 'who can read state/plan/logs', undo: 'rotate at the source, then fix', cannotUndo: 'the leak', after: 'use of the old credential' },
    ],
  },
  {
    id: 'protection-loss',
    meaning: 'a safety net is removed; nothing breaks today',
    severity: 'high',
    reversibility: 'easy today, none on the day it is needed',
    advice: [
      { case: 'general', before: 'why, until when; is a destroy planned next; ticket', undo: 'set it back', cannotUndo: 'backups/versions deleted meanwhile', after: 'backup job success, guard present' },
    ],
  },
  {
    id: 'audit-loss',
    meaning: 'blind: logs, alarms, detections, evidence',
    severity: 'high (audit/security), low-medium (single alarm)',
    reversibility: 'easy, the gap stays',
    advice: [
      { case: 'general', before: 'is there a second trail; compliance owner told; does another team rely on it', undo: 're-create', cannotUndo: 'the gap', after: 'log arrival, alarm test' },
    ],
  },
  {
    id: 'guardrail-loss',
    meaning: 'an organisation-level rule is weaker',
    severity: 'critical',
    reversibility: 'easy',
    advice: [
      { case: 'general', before: 'owner of the guardrail approves, not the requester', undo: 're-apply', cannotUndo: 'what slipped through', after: 'policy compliance state' },
    ],
  },
  {
    id: 'traffic-cutover',
    meaning: 'users are sent elsewhere',
    severity: 'high',
    reversibility: 'easy, but caches (TTL)',
    advice: [
      { case: 'general', before: 'new target healthy with real traffic share; certificate for the name; TTL lowered earlier; both old and new stay up for ≥ 2× TTL', undo: 'switch back', cannotUndo: 'cached answers, sticky sessions', after: 'per-target request rate, errors, latency' },
    ],
  },
  {
    id: 'identity-churn',
    meaning: 'the object comes back with another id/name/IP/ARN',
    severity: 'medium-high',
    reversibility: 'sometimes never (IPs, names)',
    advice: [
      { case: 'general', before: 'list who holds the old id/IP (partners, allow-lists, policies)', undo: 're-announce; sometimes keep the old by `forget`+import', cannotUndo: 'released IPs, names taken by others', after: 'denied/timeouts from partners' },
    ],
  },
  {
    id: 'cost',
    meaning: 'bill grows without limit or by a lot',
    severity: 'medium',
    reversibility: 'easy, money is spent',
    advice: [
      { case: 'general', before: 'monthly delta; cap; owner; commitment length', undo: 'scale back; commitments cannot', cannotUndo: 'reservations, savings plans, data transfer spent', after: 'daily spend alarm' },
    ],
  },
  {
    id: 'blast-radius',
    meaning: 'one change hits many services or environments',
    severity: 'raises others',
    reversibility: '-',
    advice: [
      { case: 'general', before: 'can it be split; canary on one service first', undo: 'per service', cannotUndo: '', after: 'dashboards of every dependent' },
    ],
  },
  {
    id: 'drift-revert',
    meaning: 'apply would undo something done by hand, possibly a hot-fix',
    severity: 'high',
    reversibility: 'redo by hand',
    advice: [
      { case: 'general', before: 'ask on-call; audit log: who, when, why; incident still open? put fix into code first', undo: 're-do by hand (have the command ready)', cannotUndo: 'incident time', after: 'the alert that caused the hot-fix' },
    ],
  },
  {
    id: 'opaque',
    meaning: 'the effect cannot be seen in the plan',
    severity: 'high',
    reversibility: 'unknown',
    advice: [
      { case: 'general', before: 'get it rendered: `helm diff`, change set, policy in full, module diff', undo: 'depends', cannotUndo: 'depends', after: 'depends' },
    ],
  },
  {
    id: 'supply-chain',
    meaning: 'code from elsewhere will run with power',
    severity: 'high-critical',
    reversibility: 'unknown',
    advice: [
      { case: 'general', before: 'source, pin (digest, commit), reviewer of that code, what credentials it sees', undo: 'pin back, rotate what it could read', cannotUndo: 'anything exfiltrated', after: 'egress, process and audit logs' },
    ],
  },
  {
    id: 'workload-rollout',
    meaning: 'new code or config goes live',
    severity: 'medium',
    reversibility: 'roll back version',
    advice: [
      { case: 'general', before: 'tested in lower env, migrations backward compatible, circuit breaker/rollback on', undo: 'previous revision', cannotUndo: 'data migrations', after: 'error rate, saturation, deploy events' },
    ],
  },
  {
    id: 'state-surgery',
    meaning: 'Terraform\'s own bookkeeping changes',
    severity: 'medium-high',
    reversibility: 'hard',
    advice: [
      { case: 'general', before: 'state backup exists; object id right; nobody else manages it', undo: 'restore state version; import', cannotUndo: '', after: 'next plan is empty' },
    ],
  },
  {
    id: 'one-way-door',
    meaning: 'a setting that cannot be unset',
    severity: 'high',
    reversibility: 'none',
    advice: [
      { case: 'general', before: 'retention length, cost of keeping, who may need deletion (privacy requests)', undo: '', cannotUndo: 'all', after: '' },
    ],
  },
  {
    id: 'prompt-injection',
    meaning: 'text in the plan tries to steer the reviewer',
    severity: 'high (treat as hostile)',
    reversibility: '-',
    advice: [
      { case: 'general', before: 'treat author/source as compromised until shown otherwise; review the raw plan', undo: '', cannotUndo: '', after: '' },
    ],
  },
  {
    id: 'misdeployment',
    meaning: 'right change, wrong place',
    severity: 'critical',
    reversibility: 'depends',
    advice: [
      { case: 'general', before: 'account, region, workspace, state serial, variables', undo: 'depends', cannotUndo: '', after: '' },
    ],
  },
]
