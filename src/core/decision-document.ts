// The decision document from its parts. Last station before surfaces: every text that may carry a
// plan's words goes through redaction here, so no surface has to remember it.
import type { Facts } from './analysis/facts.ts'
import { hideMarked, markedValues } from './analysis/marked-values.ts'
import { reachOf } from './analysis/reach.ts'
import type { Change, Value } from './change/model.ts'
import type { ChangeCount, DecidedFinding, Decision, Review } from './decision.ts'
import { digestOf } from './digest.ts'
import { canonicalJson, isList, isObject, type JsonValue } from './json.ts'
import type { Plan } from './plan/model.ts'
import { clearTexts, type Verdict } from './policy/decide.ts'
import type { Phase, Policy } from './policy/policy.ts'
import type { Weighed, Weighing } from './policy/weigh.ts'
import type { Judgement } from './rules/judge.ts'
import { planReversal } from './rules/reversal.ts'
import { scoreOf } from './rules/score.ts'
import { redact } from './text/secrets.ts'

export async function decisionFrom(parts: {
  readonly plan: Plan
  readonly facts: Facts
  readonly judgement: Judgement
  readonly verdict: Verdict
  /** By rules and policy alone: what a model let pass weighs as much as before. */
  readonly weighing: Weighing
  readonly review: Review | null
  readonly policy: Policy
  readonly phase: Phase
  readonly owner: string | null
}): Promise<Decision> {
  const { plan, facts, judgement, verdict, policy } = parts
  const { environment } = facts
  const risk = scoreOf(parts.weighing.weighed, environment.tier, facts.subjects.length)
  const [first, ...others] = verdict.because
  const clean = cleaner(plan)
  const summaries = new Map(
    verdict.weighed.map(({ finding }) => [finding.summary, finding.address]),
  )
  const reason = (text: string): string => clean(text, summaries.get(text))
  const reach = reachOf(
    verdict.weighed.map(({ finding }) => finding.address),
    facts.dependents,
  )
  return {
    schema: 'holdgate.decision/v1',
    verdict: verdict.verdict,
    because: [reason(first), ...others.map(reason)],
    risk: {
      ...risk,
      arithmetic: risk.arithmetic.map((line) => redact(line)),
      reversal: planReversal(verdict.weighed.map(({ finding }) => finding)),
    },
    environment: {
      name: environment.name,
      tier: environment.tier,
      because: redact(environment.because),
    },
    plan: {
      digest: plan.digest,
      fingerprint: await fingerprintOf(facts),
      formatVersion: plan.formatVersion,
      terraformVersion: plan.terraformVersion ?? null,
      bytes: plan.bytes,
      changes: countChanges(plan, facts),
    },
    findings: verdict.weighed.map((one) => decided(one, clean)),
    ...(reach.length === 0 ? {} : { reach }),
    clear: [...clearTexts(judgement), ...absences(facts)],
    policy: {
      preset: policy.preset,
      digest: policy.digest,
      grants: verdict.grants,
      nearMisses: verdict.nearMisses.map((text) => clean(text)),
      rules: rulesThatSpoke(judgement),
      accountable: accountable(verdict, parts.owner),
      killSwitch: policy.killSwitch,
      phase: parts.phase,
      owner: parts.owner,
    },
    review: parts.review === null ? null : cleanReview(parts.review, clean),
  }
}

/** A release by grant or within a limit is on whoever granted it; everything else is on the workspace's owner. */
function accountable({ grantedBy }: Verdict, owner: string | null): readonly string[] {
  if (grantedBy.length > 0) return grantedBy
  return owner === null ? [] : [owner]
}

function rulesThatSpoke({ findings, clearances }: Judgement): readonly string[] {
  return [...new Set([...findings, ...clearances].map(({ rule }) => rule))].sort()
}

/**
 * Redacts each text once: explanations repeat over many findings, and redaction reads every character.
 * `about` is the address a text speaks of, which stays readable.
 */
function cleaner(plan: Plan): (text: string, about?: string) => string {
  const hide = hideMarked(markedValues([...plan.changes, ...plan.drift]))
  const known = new Map<string, string>()
  return (text, about = '') => {
    const key = `${about}\n${text}`
    const before = known.get(key)
    if (before !== undefined) return before
    const after = hide(redact(text), about)
    known.set(key, after)
    return after
  }
}

type Clean = ReturnType<typeof cleaner>

/** A model wrote some of it, and what it wrote may quote the plan. */
function cleanReview(review: Review, clean: Clean): Review {
  return {
    ...review,
    claims: review.claims.map((claim) => ({
      ...claim,
      address: redact(claim.address),
      path: redact(claim.path),
      says: clean(claim.says, claim.address),
    })),
    leftOut: review.leftOut.map((text) => clean(text)),
    hostile: review.hostile.map((text) => clean(text)),
  }
}

function decided({ finding, holds, grant, limit }: Weighed, clean: Clean): DecidedFinding {
  const { covers: _covers, ...said } = finding
  // Advice that names no address is the same for many findings: redacted once for all of them.
  const advice = (text: string): string =>
    clean(text, text.includes(said.address) ? said.address : '')
  return {
    ...said,
    holds,
    ...(grant === undefined ? {} : { grant: grant.id }),
    ...(limit === undefined ? {} : { limit: limit.id }),
    address: redact(said.address),
    summary: clean(said.summary, said.address),
    evidence: said.evidence.map((one) => evidence(one, clean, said.address)),
    why: advice(said.why),
    alternative: advice(said.alternative),
    ...(said.unaffected === undefined ? {} : { unaffected: advice(said.unaffected) }),
  }
}

type Shown = DecidedFinding['evidence'][number]

function evidence(one: Shown, clean: Clean, about: string): Shown {
  return {
    ...one,
    path: redact(one.path),
    ...(one.before === undefined ? {} : { before: cleanJson(one.before, clean) }),
    ...(one.after === undefined ? {} : { after: cleanJson(one.after, clean) }),
    ...(one.note === undefined ? {} : { note: clean(one.note, about) }),
  }
}

function cleanJson(value: JsonValue, clean: Clean): JsonValue {
  if (typeof value === 'string') return clean(value)
  if (isList(value)) return value.map((item) => cleanJson(item, clean))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cleanJson(item, clean)]),
  )
}

function countChanges(plan: Plan, facts: Facts): Record<ChangeCount, number> {
  const counts: Record<ChangeCount, number> = {
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    forget: 0,
    read: 0,
    'no-op': plan.noOps,
    import: 0,
    move: 0,
    unrecognised: 0,
  }
  for (const { change } of facts.subjects) {
    const kind = change.action.kind === 'open' ? 'read' : change.action.kind
    counts[kind] += 1
    if (change.importing) counts.import += 1
    if (change.previousAddress !== undefined) counts.move += 1
  }
  return counts
}

/** What was looked for and is not there: worth saying, because it is why a release is a release. */
function absences(facts: Facts): string[] {
  const none = (missing: boolean, text: string): string[] => (missing ? [text] : [])
  const ends = facts.subjects.some(({ change }) =>
    ['delete', 'replace', 'forget', 'unrecognised'].includes(change.action.kind),
  )
  return [
    ...none(!ends, 'nothing is destroyed, replaced or forgotten'),
    ...none(facts.network.length === 0, 'no network rule changes'),
    ...none(facts.identity.length === 0, 'no changes of who may do what'),
    ...none(facts.drift.length === 0, 'no drift is undone'),
  ]
}

/** Equal for two plans that do the same: order, time, tool version and unchanged objects do not count. */
async function fingerprintOf(facts: Facts): Promise<string> {
  const changes = facts.subjects.map(({ change }) => material(change))
  const outputs = facts.plan.outputs
    .filter(({ actions }) => actions.join() !== 'no-op')
    .map(({ name, actions, after, afterUnknown }) => ({
      name,
      actions,
      after: after ?? null,
      afterUnknown,
    }))
  const sorted = (list: readonly JsonValue[]): string[] => list.map(canonicalJson).sort()
  return digestOf({
    changes: sorted(changes),
    outputs: sorted(outputs),
    invocations: sorted(facts.plan.invocations.map(({ address, type }) => ({ address, type }))),
    errored: facts.plan.flags.errored,
  })
}

function material(change: Change): JsonValue {
  return {
    address: change.address,
    from: change.previousAddress ?? null,
    deposed: change.deposed ?? null,
    action: change.action as unknown as JsonValue,
    importing: change.importing,
    deltas: change.deltas.map(({ path, before, after, forcesReplacement }) => ({
      path,
      before: plain(before),
      after: plain(after),
      forcesReplacement,
    })),
  }
}

function plain(value: Value): JsonValue {
  return value.kind === 'known' ? { value: value.value } : value.kind
}
