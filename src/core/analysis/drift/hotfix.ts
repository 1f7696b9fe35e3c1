// How much a drift looks like something a person did on purpose. Everything adds; the one thing that
// takes away is structure: a controller in the configuration whose job that number is.
import type { Change, Value } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import { isList, isObject, type JsonValue, type Path } from '../../json.ts'
import { visible } from '../../text/safe.ts'
import { redact } from '../../text/secrets.ts'

export interface Likeness {
  /** 0 to 1. */
  readonly hotfix: number
  readonly raisedBy: readonly string[]
}

const SECURITY =
  /(ingress|egress|cidr|source|principal|policy|public|rule|acl|member|enabled$|encrypt|permission)/i
const CAPACITY =
  /(min|max|desired|count|capacity|size|replica|instance_class|instance_type|iops|throughput|memory|cpu|limit|timeout)/i
const LIMITS = /(memory|cpu|connection)/i
const SWITCH = /(weight|enabled|maintenance|feature|flag|traffic)/i
const INCIDENT =
  /\b(inc|sev|incident|hot-?fix|emergency|do not remove|donotremove|temp|temporary|rollback|pagerduty)\b|INC-?\d+|[A-Z]{2,10}-\d{2,}|(incident|hotfix|pagerduty)(id|_id)?$/i
const MOMENT =
  /^(last_modified|last_modified_date|LastModifiedDate|last_updated|last_updated_date|updated_at|update_time|modified_at|modified_time)$/
const SCALED = /(^|\.)(desired_count|desired_capacity|desired_size|replicas|node_count)$/

const LONGEST_NAME = 80

const HOUR = 3_600_000
const RECENT = 72 * HOUR

/**
 * The signals of one drifted attribute. `at`: the moment to judge by, milliseconds since the epoch;
 * `isScaled`: an autoscaler of this configuration reads the object.
 */
export function looksLikeHotfix(
  drifted: Change,
  path: Path,
  real: Value,
  planned: Value,
  { at, isScaled, isMarked }: { at: number; isScaled: boolean; isMarked: boolean },
): Likeness {
  const name = path.filter((step) => typeof step === 'string').join('.')
  const shown = visible(redact(name), LONGEST_NAME)
  const raisedBy: string[] = []
  let score = 0
  const raise = (by: number, because: string): void => {
    score += by
    raisedBy.push(because)
  }
  if (SECURITY.test(name)) raise(0.35, `${shown} decides who gets in`)
  if (CAPACITY.test(name)) {
    const more = compareNumbers(real, planned)
    raise(0.3, more === 'more' ? `${shown} was raised` : `${shown} is capacity`)
  }
  if (SWITCH.test(name)) raise(0.3, `${shown} is a switch`)
  if (LIMITS.test(name)) raise(0.2, `${shown} is a limit that outages are ended with`)
  if (isMarked) raise(0.3, 'an incident marker stands in it')
  const moment = momentOf(drifted)
  if (moment !== undefined && moment <= at + HOUR && at - moment <= RECENT) {
    raise(0.2, 'it was made within the last 72 hours')
    if (isOffHours(moment)) raise(0.15, 'it was made outside working hours (UTC)')
  }
  if (isScaled && SCALED.test(name) && !isMarked) {
    return {
      hotfix: Math.max(0, Math.min(1, score) - 0.4),
      raisedBy: [`${shown} is set by an autoscaler`],
    }
  }
  return { hotfix: Math.min(1, score), raisedBy }
}

/** The number an autoscaler sets. */
export function isScaledNumber({ name }: { readonly name: string }): boolean {
  return SCALED.test(name)
}

/** A name or value that speaks of an incident stands in what was changed by hand. */
export function hasIncidentMarker(drifted: Change): boolean {
  return drifted.deltas.some(
    ({ path, after }) =>
      path.some((step) => typeof step === 'string' && INCIDENT.test(step)) ||
      (after.kind === 'known' && textsOf(after.value).some((text) => INCIDENT.test(text))),
  )
}

const MOST_TEXTS = 200

function textsOf(value: JsonValue): string[] {
  const found: string[] = []
  const queue: JsonValue[] = [value]
  for (let at = 0; at < queue.length && found.length < MOST_TEXTS; at += 1) {
    const one = queue[at]
    if (typeof one === 'string') found.push(one.slice(0, 2_000))
    else if (isList(one)) queue.push(...one.slice(0, MOST_TEXTS))
    else if (isObject(one)) {
      for (const [key, inner] of Object.entries(one).slice(0, MOST_TEXTS)) queue.push(key, inner)
    }
  }
  return found
}

/** When the object was last changed, where the provider says so; milliseconds since the epoch. */
function momentOf(drifted: Change): number | undefined {
  const after = drifted.after.value
  if (!isObject(after)) return undefined
  for (const name of Object.keys(after)) {
    if (!MOMENT.test(name)) continue
    const value = plainAt(drifted.after, [name])
    const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN
    if (!Number.isNaN(moment)) return moment
  }
  return undefined
}

function isOffHours(moment: number): boolean {
  const day = Math.floor(moment / (24 * HOUR) + 4) % 7
  const hour = Math.floor(moment / HOUR) % 24
  return day === 0 || day === 6 || hour < 7 || hour >= 19
}

export function compareNumbers(a: Value, b: Value): 'more' | 'less' | undefined {
  const x = a.kind === 'known' ? numeric(a.value) : undefined
  const y = b.kind === 'known' ? numeric(b.value) : undefined
  if (x === undefined || y === undefined || x === y) return undefined
  return x > y ? 'more' : 'less'
}

function numeric(value: JsonValue): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}
