// Where a plan applies: production unless there is positive evidence of something else. Text from
// the plan can only raise: it makes production out of dev, never the reverse on its own.

import type { Side } from '../change/model.ts'
import { plainAt } from '../change/side.ts'
import type { Context, Tier } from '../context.ts'
import { isObject } from '../json.ts'
import type { Subject } from '../knowledge/subject.ts'
import type { Plan } from '../plan/model.ts'
import { environmentOf, type NameSaying } from './environment-words.ts'

export interface Environment {
  readonly name: string
  readonly tier: Tier
  /** Made to be torn down (`pr-512`, `preview-x`), proven by the name the caller gave. */
  readonly ephemeral: boolean
  readonly because: string
  /** The team's policy or the caller said which environment this is. */
  readonly declared: boolean
  /** Signals that contradict each other: production rules apply and a person is told. */
  readonly conflict?: string
}

interface Evidence extends NameSaying {
  /** How much it counts alone, 0 to 1. */
  readonly weight: number
  /** Said by the caller, who is trusted; the rest comes out of the plan. */
  readonly fromCaller: boolean
  readonly says: string
}

/** Below this, evidence for anything but production does not count. */
const ENOUGH = 0.6

const ENVIRONMENT_KEYS = ['environment', 'env', 'stage', 'tier'] as const
const VARIABLE_NAMES = ['env', 'environment', 'stage', 'tier', 'deployment'] as const

/**
 * The environment of a plan. `declared` is what the team's own policy file maps this run to; it
 * wins, then the caller's word, then inference. Contradicting signals give production.
 */
export function inferEnvironment(
  plan: Pick<Plan, 'variables'>,
  subjects: readonly Subject[],
  context: Context,
  declared: { readonly name: string; readonly because: string } | undefined,
): Environment {
  const evidence = evidenceOf(plan, subjects, context)
  const stated = declared ?? statedBy(context)
  if (stated !== undefined) return fromDeclaration(stated, evidence)

  const production = evidence.filter((item) => item.tier === 'production')
  const lower = evidence.filter((item) => item.tier !== 'production')
  const [strongest] = [...lower].sort((a, b) => b.weight - a.weight)
  const [against] = [...production].sort((a, b) => b.weight - a.weight)
  if (strongest === undefined || against !== undefined) {
    return fromProduction(strongest, against)
  }
  const strictest = lower.some((item) => item.tier === 'staging') ? 'staging' : 'dev'
  const agreeing = lower.filter((item) => item.tier === strictest)
  const confidence = 1 - agreeing.reduce((doubt, item) => doubt * (1 - item.weight), 1)
  const said = agreeing.map((item) => item.says)
  if (confidence < ENOUGH || !agreeing.some((item) => item.fromCaller)) {
    return {
      name: 'production',
      tier: 'production',
      ephemeral: false,
      declared: false,
      because: `${said.join(', ')} alone is not enough evidence of ${strictest}`,
    }
  }
  return {
    name: strictest,
    tier: strictest,
    ephemeral: agreeing.some((item) => item.ephemeral && item.fromCaller),
    declared: false,
    because: said.join(', '),
  }
}

function fromProduction(lower: Evidence | undefined, against: Evidence | undefined): Environment {
  const base = {
    name: 'production',
    tier: 'production',
    ephemeral: false,
    declared: false,
  } as const
  if (against === undefined) {
    return { ...base, because: 'nothing says which environment this is, so production is assumed' }
  }
  if (lower === undefined || lower.weight < 0.5 || against.weight < 0.5) {
    return { ...base, because: against.says }
  }
  const conflict = `${lower.says} means ${lower.tier}, but ${against.says} means production`
  return { ...base, because: against.says, conflict }
}

function fromDeclaration(
  stated: { readonly name: string; readonly because: string },
  evidence: readonly Evidence[],
): Environment {
  const said = environmentOf(stated.name, { shared: false })
  const tier = said?.tier ?? 'production'
  const against = evidence.find((item) => item.weight >= 0.5 && isStricter(item.tier, tier))
  return {
    name: stated.name,
    tier,
    ephemeral:
      said?.ephemeral === true || evidence.some((item) => item.ephemeral && item.fromCaller),
    declared: true,
    because: stated.because,
    ...(against === undefined
      ? {}
      : {
          conflict: `${stated.because} means ${stated.name}, but ${against.says} means ${against.tier}`,
        }),
  }
}

function statedBy(context: Context): { name: string; because: string } | undefined {
  if (context.environment === undefined || context.environment === '') return undefined
  return { name: context.environment, because: `the caller says ${context.environment}` }
}

function evidenceOf(
  plan: Pick<Plan, 'variables'>,
  subjects: readonly Subject[],
  context: Context,
): Evidence[] {
  const found: Evidence[] = []
  const add = (
    name: string | undefined,
    weight: number,
    fromCaller: boolean,
    says: (name: string) => string,
    shared = false,
  ): void => {
    const said = name === undefined ? undefined : environmentOf(name, { shared })
    if (said !== undefined && name !== undefined) {
      found.push({ ...said, weight, fromCaller, says: says(name) })
    }
  }
  add(context.workspace, 0.7, true, (name) => `workspace name ${name}`, true)
  add(context.directory, 0.6, true, (name) => `directory ${name}`, true)
  add(context.project, 0.5, true, (name) => `project ${name}`)
  for (const key of ENVIRONMENT_KEYS) {
    add(context.tags[key], 0.7, true, (name) => `workspace tag ${key}=${name}`)
  }
  for (const variable of plan.variables) {
    if (!(VARIABLE_NAMES as readonly string[]).includes(variable.name)) continue
    add(variable.value, 0.6, true, (name) => `variable ${variable.name}=${name}`)
  }
  return [...found, ...tagEvidence(subjects)]
}

/**
 * Tags of changed resources, both sides: a tag on its way out still counts. What most of them say is
 * evidence; a few that say something milder than the rest are not (a mixed plan).
 */
function tagEvidence(subjects: readonly Subject[]): Evidence[] {
  const said = subjects.flatMap(({ change }) =>
    [change.before, change.after].flatMap((side) => environmentTags(side)),
  )
  const tiers = [...new Set(said.map(({ tier }) => tier))]
  return tiers.map((tier) => {
    const same = said.filter((one) => one.tier === tier)
    const [first] = same.map(({ text }) => text).sort()
    const most = same.length * 2 >= said.length
    return {
      tier,
      ephemeral: false,
      word: first ?? '',
      weight: tier === 'production' || most ? 0.5 : 0.3,
      fromCaller: false,
      says: `tag ${first ?? ''} on changed resources`,
    }
  })
}

const TAG_HOLDERS = ['tags', 'labels', 'tags_all', 'user_labels']

function environmentTags(side: Side): { readonly tier: Tier; readonly text: string }[] {
  return TAG_HOLDERS.flatMap((holder) => {
    const tags = plainAt(side, [holder])
    if (!isObject(tags)) return []
    return Object.entries(tags).flatMap(([key, value]) => {
      const isKey = (ENVIRONMENT_KEYS as readonly string[]).includes(key.toLowerCase())
      if (!isKey || typeof value !== 'string') return []
      const tier = environmentOf(value, { shared: false })?.tier
      return tier === undefined ? [] : [{ tier, text: `${key}=${value}` }]
    })
  })
}

function isStricter(a: Tier, b: Tier): boolean {
  const rank: Record<Tier, number> = { dev: 0, staging: 1, production: 2 }
  return rank[a] > rank[b]
}
