// What analysis learned of the plan as a whole. Each pass: changes → one fact; no pass knows of rules.
import { changeFrom } from '../change/from-plan.ts'
import type { Change, Delta } from '../change/model.ts'
import type { Context } from '../context.ts'
import { kindOf } from '../knowledge/catalogue.ts'
import type { Kind } from '../knowledge/kind.ts'
import type { Subject } from '../knowledge/subject.ts'
import type { Plan, ResourceChange } from '../plan/model.ts'
import { type Dependents, dependentsIn } from './blast.ts'
import { type Causes, causesIn } from './causes.ts'
import { configuredBy } from './configured.ts'
import { type DriftFact, driftFacts } from './drift.ts'
import { type Environment, inferEnvironment } from './environment.ts'
import { analyseIdentity, type IdentityFact } from './identity/identity.ts'
import { analyseNetwork, type NetworkFact } from './network/network.ts'
import { type Renames, renamesIn } from './renames.ts'
import { selectedTags } from './selected-tags.ts'

export interface Facts {
  readonly plan: Plan
  readonly context: Context
  readonly environment: Environment
  readonly subjects: readonly Subject[]
  /** Kept no-ops: unchanged neighbours of rule sets. */
  readonly unchanged: readonly Subject[]
  readonly drift: readonly DriftFact[]
  readonly network: readonly NetworkFact[]
  readonly identity: readonly IdentityFact[]
  readonly renames: Renames
  /** Why an object is replaced, back to the first cause. */
  readonly causes: Causes
  /** Tag keys that a policy or selector in this plan reads. */
  readonly selectedTags: ReadonlySet<string>
  /** Who depends on a block, at least. */
  readonly dependents: Dependents
  /** The configuration sets this attribute, or there is none to ask; false means the provider computes it. */
  readonly isConfigured: (change: Change, delta: Delta) => boolean
  /** For an address: does the network or identity analysis account for this attribute? */
  readonly readElsewhere: (address: string) => (name: string) => boolean
}

export interface Declared {
  readonly name: string
  readonly because: string
}

/** Types whose unchanged instances analysis needs beside the changed ones. */
export function needsNeighbours(type: string): boolean {
  const kind = kindOf(type)
  return kind.kind === 'known' && kind.row.net_rule_model !== undefined
}

export type LookUp = (type: string) => Kind

/**
 * Elements of a plan with what is known of their types; `lookUp` may carry a team's own rows. Sorted
 * by address, so that nothing after this point can depend on the order of the document.
 */
export function subjectsOf(
  elements: readonly ResourceChange[],
  lookUp: LookUp = kindOf,
): readonly Subject[] {
  return inOrder(elements).map((raw) => ({ change: changeFrom(raw), kind: lookUp(raw.type) }))
}

function inOrder(elements: readonly ResourceChange[]): readonly ResourceChange[] {
  return [...elements].sort(
    (a, b) =>
      compare(a.address, b.address) ||
      compare(a.deposed ?? '', b.deposed ?? '') ||
      // The same address twice is no plan Terraform writes; then the content decides.
      compare(JSON.stringify(a), JSON.stringify(b)),
  )
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/**
 * Runs every pass over a plan and its subjects (`subjectsOf(plan.changes)`). `declared` is the
 * environment the team's policy names for this run; undefined where it has to be inferred.
 */
export function analyse(
  plan: Plan,
  subjects: readonly Subject[],
  context: Context,
  declared: Declared | undefined,
  lookUp: LookUp = kindOf,
): Facts {
  const unchanged = subjectsOf(plan.unchanged, lookUp)
  const drift: Change[] = inOrder(plan.drift).map(changeFrom)
  const dependents = dependentsIn(plan.configuration)
  const isConfigured = configuredBy(plan)
  const network = analyseNetwork(subjects, unchanged, plan.configuration)
  const identity = analyseIdentity(subjects, unchanged, plan.configuration)
  return {
    plan,
    context,
    environment: inferEnvironment(plan, subjects, context, declared),
    subjects,
    unchanged,
    drift: driftFacts(drift, subjects, { at: context.at, dependents, isConfigured }),
    network,
    identity,
    renames: renamesIn(subjects, plan),
    causes: causesIn(plan, subjects),
    selectedTags: selectedTags([...subjects, ...unchanged]),
    dependents,
    isConfigured,
    readElsewhere: readBy(network, identity),
  }
}

function readBy(
  network: readonly NetworkFact[],
  identity: readonly IdentityFact[],
): Facts['readElsewhere'] {
  const covered = new Map<string, (readonly string[] | 'all')[]>()
  const add = (address: string, covers: readonly string[] | 'all'): void => {
    const list = covered.get(address)
    if (list === undefined) covered.set(address, [covers])
    else list.push(covers)
  }
  for (const fact of network) for (const { address, covers } of fact.changes) add(address, covers)
  for (const fact of identity) add(fact.address, fact.covers)
  return (address) => (name) =>
    (covered.get(address) ?? []).some(
      (covers) =>
        covers === 'all' || covers.some((path) => name === path || name.startsWith(`${path}.`)),
    )
}
