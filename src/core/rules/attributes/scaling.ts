// Numbers that only change a size: harmless inside bounds, a stop or a bill outside of them.
// Bounds: the default policy's scaling rows (up to double; down by half at most, never to 0 or below 2).
import type { Delta } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Clearance, Concern, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'
import { numberOf } from '../when.ts'
import { isUnder } from './paths.ts'

const ID = 'scaling'
const MOST_UP = 2
const MOST_UP_OUTSIDE_PRODUCTION = 4
const LEAST_LEFT = 0.5
const FLOOR = 2

/** A ceiling or threshold, not the number of things that run: going down to 1 stops nothing. */
const NOT_A_COUNT =
  /(timeout|size_gb|size|storage|iops|throughput|memory|memory_size|cpu|retention|disk|limit|bandwidth|capacity_gb|storage_mb)/

type Size =
  | { readonly size: 'fine'; readonly delta: Delta }
  | {
      readonly size: 'look'
      readonly delta: Delta
      readonly concern: Concern
      readonly text: string
    }

export const scaling: Rule = {
  scope: 'change',
  id: ID,
  title: 'A size outside the bounds of everyday scaling',
  why: 'More than double costs, less than half or none at all stops the service or leaves no reserve.',
  remedy: 'Go in steps of at most double or half, and keep two of whatever serves.',
  releaseWhen: 'Load and budget were looked at today.',
  sources: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-capacity-limits.html',
  ],
  check: (subject, facts): Spoken => {
    const { change, kind } = subject
    if (kind.kind === 'unknown' || change.action.kind !== 'update') return {}
    const knobs = kind.row.scaling ?? []
    const sizes = change.deltas.flatMap((delta): Size[] => {
      const knob = knobs.find(({ path }) => isUnder(delta.name, path))
      if (knob === undefined || delta.markOnly) return []
      return judge(delta, knob.grow_only, facts.environment.tier === 'production')
    })
    const beyondMaximum = exceedsOwnMaximum(subject)
    const fine = sizes.filter((one) => one.size === 'fine').map(({ delta }) => delta.name)
    const look = sizes.flatMap((one) => (one.size === 'look' ? [one] : []))
    const clearances: Clearance[] =
      fine.length === 0
        ? []
        : [{ rule: ID, address: change.address, covers: fine, note: 'scaling within bounds' }]
    const findings = look.map((one) => say(subject, one))
    return {
      clearances,
      findings: beyondMaximum === undefined ? findings : [...findings, beyondMaximum],
    }
  },
}

/** This rule has numbers on both sides of a scaling knob and judges them, so the catalogue's coarse word yields. */
export function isScaled({ change, kind }: Subject, delta: Delta): boolean {
  if (kind.kind === 'unknown' || change.action.kind !== 'update') return false
  const knob = (kind.row.scaling ?? []).find(({ path }) => isUnder(delta.name, path))
  return knob !== undefined && judge(delta, knob.grow_only, true).length > 0
}

function judge(delta: Delta, growOnly: boolean, production: boolean): Size[] {
  const before = delta.before.kind === 'known' ? numberOf(delta.before.value) : undefined
  const after = delta.after.kind === 'known' ? numberOf(delta.after.value) : undefined
  // Not a number on both sides: some other rule or the catch-all has to account for it.
  if (before === undefined || after === undefined || before < 0 || after < 0) return []
  if (after > before) {
    const times = before === 0 ? Number.POSITIVE_INFINITY : after / before
    const most = production ? MOST_UP : MOST_UP_OUTSIDE_PRODUCTION
    if (times <= most) return [{ size: 'fine', delta }]
    const how = before === 0 ? 'from none' : `${Number(times.toFixed(1))}-fold`
    return [{ size: 'look', delta, concern: 'cost-jump', text: `grows ${how}` }]
  }
  if (growOnly)
    return [
      {
        size: 'look',
        delta,
        concern: 'capacity-out-of-bounds',
        text: 'shrinks what can only grow',
      },
    ]
  if (after === 0)
    return [{ size: 'look', delta, concern: 'capacity-to-zero', text: 'goes to zero' }]
  const isCount = !NOT_A_COUNT.test(delta.name)
  if (isCount && after < FLOOR) {
    return [{ size: 'look', delta, concern: 'capacity-out-of-bounds', text: 'leaves a single one' }]
  }
  if (after / before < LEAST_LEFT) {
    const share = Math.round((1 - after / before) * 100)
    return [
      { size: 'look', delta, concern: 'capacity-out-of-bounds', text: `shrinks by ${share} %` },
    ]
  }
  return [{ size: 'fine', delta }]
}

/** `max_size` below `min_size` or below what runs now: the apply fails or cuts what is running. */
function exceedsOwnMaximum({ change }: Subject): Finding | undefined {
  const at = (name: string): number | undefined => numberOf(plainAt(change.after, [name]))
  const [low, high] = [at('min_size') ?? at('min_capacity'), at('max_size') ?? at('max_capacity')]
  const touched = change.deltas.some(({ name }) => /^(min|max)_(size|capacity)$/.test(name))
  if (!touched || low === undefined || high === undefined || low <= high) return undefined
  return findingOn(change, {
    rule: ID,
    concern: 'capacity-out-of-bounds',
    hazards: ['outage', 'capacity-loss'],
    severity: 'high',
    what: `asks for a minimum of ${low} above its maximum of ${high}`,
    why: 'The apply fails, or the group is held at a size nobody asked for.',
    alternative: 'Raise the maximum in the same edit, or lower the minimum with it.',
    covers: [],
  })
}

function say({ change }: Subject, look: Extract<Size, { size: 'look' }>): Finding {
  const up = look.concern === 'cost-jump'
  const gone = look.concern === 'capacity-to-zero'
  return findingOn(change, {
    rule: ID,
    concern: look.concern,
    hazards: up
      ? ['cost', 'capacity-loss']
      : gone
        ? ['outage', 'capacity-loss']
        : ['capacity-loss'],
    severity: gone ? 'critical' : up ? 'medium' : 'high',
    what: `${look.delta.name} ${look.text}`,
    why: up
      ? 'A size far above the old one is either a typing mistake or a bill; a runaway load then finds no bound.'
      : gone
        ? 'Nothing of it runs after the apply.'
        : 'What remains has less reserve than it had, and fails later, under load.',
    evidence: evidenceFor([look.delta]),
    covers: [look.delta.name],
  })
}
