// The two ways out of a drift: the line to write into the code, or what to agree and with whom.
import type { DriftFact } from '../../analysis/drift.ts'
import { SENSITIVE } from '../../change/show.ts'
import { isList, isObject, type JsonValue, type Path, pathText } from '../../json.ts'
import { visible } from '../../text/safe.ts'
import { REDACTED, redact } from '../../text/secrets.ts'

const LONGEST = 100

/** A path as text for people: keys of maps are written by anyone, so they are cleaned and cut. */
export function pathName(path: Path): string {
  return visible(redact(pathText(path)), LONGEST)
}

/** Both ways, one sentence each; the value only where it may be shown. */
export function adoption(fact: DriftFact): string {
  if (fact.what === 'recreated') {
    return 'If it is to stay away, remove its block from the code. If not, agree with whoever removed it that it may come back, and restore its content afterwards.'
  }
  if (fact.what === 'destroyed') {
    return 'If it is still needed, keep its block and put the hand-made values into it. If not, agree with whoever changed it that it may go.'
  }
  return `Adopt it: ${adopt(fact)}, and the plan no longer touches it. Or revert it: agree with whoever changed it and with on-call that ${revert(fact)}.`
}

function adopt({ path, members, shown, real }: DriftFact): string {
  const name = pathName(path)
  if (members !== undefined && members.going.length + members.returning.length > 0) {
    const parts = [
      ...(members.going.length === 0 ? [] : [`add to ${name}: ${several(members.going)}`]),
      ...(members.returning.length === 0
        ? []
        : [`remove from ${name}: ${several(members.returning)}`]),
    ]
    return `in the code, ${parts.join('; ')}`
  }
  if (real.kind === 'absent') return `remove ${name} from the code`
  const text = hcl(shown.real)
  if (text === undefined) return `set ${name} in the code to the real value (not shown here)`
  const [last, ...above] = [...path].reverse()
  const key = /^[A-Za-z_][\w-]*$/.test(String(last))
    ? String(last)
    : JSON.stringify(visible(redact(String(last)), LONGEST))
  return above.length === 0
    ? `write \`${key} = ${text}\``
    : `in ${pathName(above.reverse())} write \`${key} = ${text}\``
}

function revert({ path, members, shown, planned }: DriftFact): string {
  const name = pathName(path)
  if (members !== undefined) return `the hand-made change of ${name} may go`
  const text = planned.kind === 'known' ? hcl(shown.planned) : undefined
  return text === undefined ? `the hand-made ${name} may go` : `${name} may go back to ${text}`
}

function several(items: readonly JsonValue[]): string {
  const [first] = items
  const text = first === undefined ? undefined : hcl(first)
  const rest = items.length - 1
  const shown = text ?? 'what is there now (not shown here)'
  return rest > 0 ? `${shown} and ${rest} more` : shown
}

/** A shown value as HCL on one line; undefined where it is hidden or was shortened. */
function hcl(value: JsonValue): string | undefined {
  const text = write(value)
  return text === undefined || text.length > LONGEST * 2 ? undefined : text
}

function write(value: JsonValue): string | undefined {
  if (value === null) return 'null'
  if (typeof value === 'string') {
    if (value === SENSITIVE || value.includes(REDACTED)) return undefined
    if (/^[[{]\d+ (items|keys)[\]}]$/.test(value) || value.length >= LONGEST) return undefined
    // `${` and `%{` begin a template in HCL; doubling the sign takes them literally.
    return JSON.stringify(value).replace(/[$%]\{/g, (sign) => `${sign[0]}${sign}`)
  }
  if (isList(value)) {
    const parts = value.map(write)
    return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const parts = Object.entries(value)
    .filter(([, inner]) => !isNothing(inner))
    .map(([key, inner]) => {
      const text = write(inner)
      return text === undefined ? undefined : `${key} = ${text}`
    })
  return parts.includes(undefined) ? undefined : `{ ${parts.join(', ')} }`
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0)
}
