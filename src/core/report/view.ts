// A decision arranged for reading: what every surface shows, in one order, already redacted and
// visible. Surfaces choose how much of it fits, escape it, and say what they left out.
import type { Decision } from '../decision.ts'
import { REVERSAL_WORDS } from '../knowledge/reversal.ts'
import { type FindingGroup, groupFindings, someOf } from './groups.ts'
import { type ReviewView, reviewViewOf } from './review-view.ts'
import {
  addressText,
  COUNTS,
  capital,
  changesText,
  hasChanges,
  sentence,
  stopped,
} from './words.ts'

export interface ReportView {
  readonly verdict: Decision['verdict']
  /** "Hold: needs a person", or what the verdict comes to in the phase in force. */
  readonly headline: string
  /** The one reason that matters; one sentence. */
  readonly reason: string
  readonly otherReasons: readonly string[]
  /** Who decides on a hold, where the policy names someone. */
  readonly owner: string | null
  readonly risk: string
  /** The worst way back of what would happen; undefined where nothing would, or the document is old. */
  readonly wayBack: string | undefined
  readonly level: Decision['risk']['level']
  /** 0 to 100. */
  readonly score: number
  /** How the score came about, one step a line. */
  readonly arithmetic: readonly string[]
  readonly environment: string
  readonly changes: string
  readonly hasChanges: boolean
  /** Kinds of change that occur, with their words: 3, "to change". */
  readonly counts: readonly (readonly [number, string])[]
  /** Those that hold first, then by severity, then as decided. */
  readonly groups: readonly FindingGroup[]
  /** What hangs on the objects of the findings, most important first. */
  readonly reach: readonly Reach[]
  readonly clear: readonly string[]
  readonly policy: string
  readonly policyDigest: string
  /** Grants that released something. */
  readonly grants: readonly string[]
  /** Who answers for the verdict; empty where nobody is named. */
  readonly accountable: readonly string[]
  /** What the decision was made from: the policy, the rules that spoke, the plan. */
  readonly lineage: readonly (readonly [string, string])[]
  readonly phase: Phase
  /** What the phase makes of the verdict; undefined in enforce. */
  readonly phaseNote: string | undefined
  readonly digest: string
  readonly terraform: string
  /** The model's part, apart from the rules'; undefined where no model was asked. */
  readonly review: ReviewView | undefined
}

export interface Reach {
  readonly subject: string
  readonly dependents: readonly string[]
  /** Dependents known but not listed. */
  readonly more: number
}

type Phase = Decision['policy']['phase']

const MAX_LISTED = 40

const HEADLINES: Readonly<Record<Phase, Readonly<Record<Decision['verdict'], string>>>> = {
  enforce: { hold: 'Hold: needs a person', release: 'Release: no person needed' },
  propose: { hold: 'Hold: needs a person', release: 'Release (proposed): a person decides' },
  observe: {
    hold: 'Hold (observed): would need a person',
    release: 'Release (observed): would need no person',
  },
}

const PHASE_NOTES: Readonly<Record<Phase, string | undefined>> = {
  enforce: undefined,
  propose: 'Phase propose: a person decides whatever is said here.',
  observe: 'Phase observe: this is reported and stops nothing.',
}

/** Arranges a decision. Pure, total, and the same for the same decision. */
export function viewOf(decision: Decision): ReportView {
  const [first, ...others] = decision.because.map((text) => capital(stopped(sentence(text))))
  const { policy, risk, environment, plan } = decision
  const phase = policy.phase === 'enforce' ? '' : `, phase ${policy.phase}`
  return {
    verdict: decision.verdict,
    headline: HEADLINES[policy.phase][decision.verdict],
    phaseNote: PHASE_NOTES[policy.phase],
    reason: first ?? '',
    otherReasons: [...new Set(others)].filter((text) => text !== first),
    owner: policy.owner === null ? null : sentence(policy.owner, 120),
    risk: `${risk.level}, ${risk.score} of 100`,
    wayBack:
      risk.reversal === undefined || !hasChanges(plan.changes)
        ? undefined
        : REVERSAL_WORDS[risk.reversal].toLowerCase(),
    level: risk.level,
    score: Math.min(100, Math.max(0, risk.score)),
    arithmetic: risk.arithmetic.map((line) => sentence(line, 400)),
    environment: `${sentence(environment.name, 80)} (${sentence(environment.because, 200)})`,
    changes: changesText(plan.changes),
    hasChanges: hasChanges(plan.changes),
    counts: COUNTS.map(([name, words]) => [plan.changes[name] ?? 0, words] as const).filter(
      ([count]) => count > 0,
    ),
    groups: groupFindings(decision.findings),
    reach: (decision.reach ?? []).map(({ address, dependents, total }) => ({
      subject: addressText(address),
      dependents: dependents.map(addressText),
      more: Math.max(0, total - dependents.length),
    })),
    clear: decision.clear.map((text) => sentence(text, 300)),
    policy: `${sentence(policy.preset, 40)}${phase}${policy.killSwitch ? ', kill switch on' : ''}`,
    policyDigest: sentence(policy.digest, 120),
    grants: grantsOf(decision),
    accountable: accountableOf(decision),
    lineage: lineageOf(decision),
    phase: policy.phase,
    digest: sentence(plan.digest, 120),
    terraform: plan.terraformVersion === null ? 'unknown' : sentence(plan.terraformVersion, 40),
    review: reviewViewOf(decision),
  }
}

function lineageOf(decision: Decision): readonly (readonly [string, string])[] {
  const { policy, plan } = decision
  const accountable = accountableOf(decision)
  return [
    ['Policy', `preset ${sentence(policy.preset, 40)}, phase ${policy.phase}`],
    ['Policy digest', sentence(policy.digest, 120)],
    ['Kill switch', policy.killSwitch ? 'on' : 'off'],
    ['Grants used', listed(grantsOf(decision))],
    ['Near misses', listed((policy.nearMisses ?? []).map((text) => sentence(text, 300)))],
    ['Accountable', accountable.length === 0 ? 'nobody is named' : listed(accountable)],
    ['Rules that spoke', listed(rulesOf(decision))],
    ['Plan', sentence(plan.digest, 120)],
    ['Fingerprint', sentence(plan.fingerprint, 120)],
    [
      'Written by',
      `Terraform ${sentence(plan.terraformVersion ?? 'unknown', 40)}, format ${sentence(plan.formatVersion, 40)}, ${plan.bytes} bytes`,
    ],
  ]
}

function grantsOf({ policy }: Decision): readonly string[] {
  return policy.grants.map((grant) => sentence(grant, 120))
}

function accountableOf({ policy }: Decision): readonly string[] {
  const named = policy.accountable ?? (policy.owner === null ? [] : [policy.owner])
  return named.map((who) => sentence(who, 120))
}

/** Documents of earlier versions name rules only with their findings. */
function rulesOf({ policy, findings }: Decision): readonly string[] {
  const rules = policy.rules ?? [...new Set(findings.map(({ rule }) => rule))].sort()
  return rules.map((rule) => sentence(rule, 60))
}

function listed(items: readonly string[]): string {
  return items.length === 0 ? 'none' : someOf(items, MAX_LISTED, (item) => item)
}

/** The row that says how far back it is, for the facts at the head of a report. */
export function wayBackRow({ wayBack }: ReportView): readonly (readonly [string, string])[] {
  return wayBack === undefined ? [] : [['Way back', wayBack]]
}
