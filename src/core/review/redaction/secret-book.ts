// Every secret a plan shows somewhere: by its mark, by the name it stands under, by its shape. What
// is known to be secret in one place is secret in every other, however it is written there.
import { isList, isObject, type JsonValue, member } from '../../json.ts'
import type { Plan, ResourceChange } from '../../plan/model.ts'
import { finish, type Steps } from '../steps.ts'
import { lowered, needles } from './needles.ts'
import { parts } from './parts.ts'
import { hasRandom } from './random.ts'
import { decodedWhole, readingsOf, squeezed } from './readings.ts'
import { holdsShape, shapesIn } from './shapes.ts'
import { announces } from './telling-names.ts'

export interface SecretBook {
  /** The secret that a text carries in any reading, or the text itself where it has such a shape. */
  carried(text: string): string | undefined
  /** The whole of the text is a secret of the plan. */
  isKnown(text: string): boolean
  /** Known secrets where they stand plainly in a text, not overlapping. */
  plain(text: string): readonly { readonly from: number; readonly until: number }[]
  /** There are more secrets than can be looked for: nothing may be shown that could hold one. */
  readonly overflow: boolean
}

/** Grams of pieces kept; a plan with more is shown without any of its texts. */
const MOST_GRAMS = 200_000
/** Longer pieces are found by the parts they are made of. */
const LONGEST_PIECE = 256
const LONGEST_SQUEEZED = 128
/** UTF-16 units of strings read for shapes, in all and at a time. */
const MOST_READ = 48_000_000
/** Names whose meaning is remembered. */
const MOST_NAMES = 10_000
const CHUNK = 16_000
const OVERLAP = 1_000
/** Longer strings are never shown; what stands in them is not looked for elsewhere. */
const MOST_SHAPED = 65_536

/** Reads every value of a plan, shown or not. The order of the document does not matter. */
export function secretBookOf(plan: Plan): SecretBook {
  return finish(secretBookSteps(plan))
}

export function* secretBookSteps(plan: Plan): Steps<SecretBook> {
  const index = needles()
  const whole = new Map<string, string>()
  const learnt = new Set<string>()
  const unmarked = new Set<string>()
  const telling = new Map<string, boolean>()
  let read = 0

  const learn = (value: string): void => {
    if (learnt.has(value) || index.count() > MOST_GRAMS) return
    learnt.add(value)
    whole.set(lowered(value), value)
    for (const piece of parts(value)) {
      const lower = lowered(piece)
      const bare = piece.length > LONGEST_SQUEEZED ? lower : squeezed(lower)
      for (const form of new Set([lower, bare])) {
        // A short plain word is a word of everyday life.
        if (form.length < 8 && /^[a-z]+$/.test(form)) continue
        index.add(form, value, piece.length <= LONGEST_PIECE && tells(piece))
      }
    }
  }
  /** A plan says the same few names again and again. */
  const tellsSecret = (name: string): boolean => {
    const known = telling.get(name)
    if (known !== undefined) return known
    const answer = announces(name)
    if (telling.size < MOST_NAMES) telling.set(name, answer)
    return answer
  }
  const keep = (text: string): void => {
    if (text.length < 8 || text.length > MOST_SHAPED || unmarked.has(text)) return
    read += text.length
    if (read <= MOST_READ) unmarked.add(text)
  }
  const shaped = (text: string): void => {
    for (const one of [text, decodedWhole(text) ?? '']) {
      for (let at = 0; at < one.length; at += CHUNK - OVERLAP) {
        const chunk = one.slice(at, at + CHUNK)
        if (holdsShape(chunk)) for (const span of shapesIn(chunk)) if (span.length >= 6) learn(span)
      }
    }
  }
  const walk = (value: JsonValue, mark: JsonValue | undefined, name: string): void => {
    if (value === null || typeof value === 'boolean') return
    if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value)
      if (mark === true) {
        if (text.length >= 4) learn(text)
      } else if (name !== '' && tellsSecret(name)) {
        if (isTold(text)) learn(text)
      } else if (typeof value === 'string') keep(text)
      return
    }
    if (isList(value)) {
      for (const [at, item] of value.entries()) {
        walk(item, mark === true ? true : isList(mark) ? mark[at] : undefined, name)
      }
      return
    }
    if (!isObject(value)) return
    const entry = member(value, 'name') ?? member(value, 'key')
    for (const key of Object.keys(value).sort()) {
      const named = key.toLowerCase() === 'value' && typeof entry === 'string' ? entry : key
      // Members of a block under a secret's name are secrets, too.
      const below = name !== '' && tellsSecret(name) ? name : named
      walk(value[key] ?? null, mark === true ? true : member(mark, key), below)
      keep(key)
    }
  }

  for (const one of inOrder([...plan.changes, ...plan.drift, ...plan.unchanged])) {
    // What is marked on one side was no less secret on the other.
    for (const side of [one.before, one.after]) {
      walk(side, one.beforeSensitive, '')
      walk(side, one.afterSensitive, '')
    }
    keep(one.address)
    yield
  }
  for (const one of plan.outputs) {
    for (const side of [one.before, one.after]) {
      walk(side, one.beforeSensitive, one.name)
      walk(side, one.afterSensitive, one.name)
    }
  }
  for (const one of plan.variables) walk(one.value ?? null, one.sensitive, one.name)
  for (const text of unmarked) {
    shaped(text)
    yield
  }

  const known = new Map<string, string | undefined>()
  const look = (text: string): string | undefined => {
    const own = whole.get(lowered(text))
    if (own !== undefined) return own
    if (text.length < 6) return undefined
    const readings = readingsOf(text)
    if (index.count() > 0) {
      for (const form of readings.folded) {
        const hit = whole.get(form) ?? index.first(form)?.of
        if (hit !== undefined) return hit
      }
    }
    return [text, ...readings.decoded].some(holdsShape) ? text : undefined
  }
  return {
    overflow: index.count() > MOST_GRAMS || read > MOST_READ,
    isKnown: (text) => whole.has(lowered(text)),
    carried: (text) => {
      if (known.has(text)) return known.get(text)
      const found = look(text)
      if (text.length <= 400) known.set(text, found)
      return found
    },
    plain: (text) => index.all(lowered(text)),
  }
}

/** A value under a secret's name that is more than a setting such as `AWS_IAM` or `true`. */
function isTold(text: string): boolean {
  return text.length >= 6 && !/^(?:[A-Z_]+|true|false|\d{1,5})$/.test(text)
}

/** A piece whose fragments tell: no words of a language, no name of a host. */
function tells(piece: string): boolean {
  return (/\d/.test(piece) && /[A-Za-z]/.test(piece)) || hasRandom(piece)
}

function inOrder(elements: readonly ResourceChange[]): readonly ResourceChange[] {
  return [...elements].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0))
}
