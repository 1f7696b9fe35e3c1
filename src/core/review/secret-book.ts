// Every secret a plan shows somewhere: by its mark, by the name it stands under, by its shape. What
// is known to be secret in one place is secret in every other, however it is written there.
import { isList, isObject, type JsonValue, member } from '../json.ts'
import type { Plan, ResourceChange } from '../plan/model.ts'
import { parts } from './parts.ts'
import { hasRandom } from './random.ts'
import { readingsOf, squeezed } from './readings.ts'
import { holdsShape, shapesIn } from './shapes.ts'
import { announces } from './telling-names.ts'

export interface SecretBook {
  /** The secret that a text carries in any reading, or the text itself where it has such a shape. */
  carried(text: string): string | undefined
  /** The whole of the text is a secret of the plan. */
  isKnown(text: string): boolean
  /** Known secrets where they stand plainly in a text, longest first, not overlapping. */
  plain(text: string): readonly { readonly from: number; readonly until: number }[]
  /** There are more secrets than can be looked for: nothing may be shown that could hold one. */
  readonly overflow: boolean
}

/** Pieces looked for; a plan with more is shown without any of its texts. */
const MOST_PIECES = 400_000
/** UTF-16 units of strings read for shapes. */
const MOST_READ = 48_000_000
/** Longer texts are never shown, and what stands in them is not looked for elsewhere. */
const MOST_SHAPED = 65_536
const STEP = 6
/** Fragments of a random secret are secret from this length on. */
const FRAGMENT = 12
const MOST_FRAGMENTS = 480

/** Reads every value of a plan, shown or not. The order of the document does not matter. */
export function secretBookOf(plan: Plan): SecretBook {
  const index = new Map<string, { readonly piece: string; readonly of: string }[]>()
  const whole = new Map<string, string>()
  const raws = new Set<string>()
  let pieces = 0
  let read = 0
  const seen = new Set<string>()

  const learn = (value: string): void => {
    if (raws.has(value) || pieces > MOST_PIECES) return
    raws.add(value)
    whole.set(value.toLowerCase(), value)
    for (const piece of parts(value)) {
      enter(piece.toLowerCase(), value)
      if (hasFragments(piece)) {
        const until = Math.min(piece.length - FRAGMENT, MOST_FRAGMENTS)
        for (let at = 0; at <= until; at += 1) {
          enter(piece.slice(at, at + FRAGMENT).toLowerCase(), value)
        }
      }
    }
  }
  const enter = (piece: string, of: string): void => {
    for (const form of new Set([piece, squeezed(piece)])) {
      if (form.length < STEP || (form.length < 8 && /^[a-z]+$/.test(form))) continue
      pieces += 1
      const key = form.slice(0, STEP)
      const list = index.get(key)
      if (list === undefined) index.set(key, [{ piece: form, of }])
      else if (list.length < 2_000 && !list.some((one) => one.piece === form)) {
        list.push({ piece: form, of })
      }
    }
  }
  const shaped = (text: string): void => {
    if (text.length < 8 || seen.has(text)) return
    seen.add(text)
    read += text.length
    if (read > MOST_READ || text.length > MOST_SHAPED || !holdsShape(text)) return
    for (const span of shapesIn(text)) if (span.length >= STEP) learn(span)
  }
  const walk = (value: JsonValue, mark: JsonValue | undefined, name: string): void => {
    if (value === null || typeof value === 'boolean') return
    if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value)
      if (mark === true) {
        if (text.length >= 4) learn(text)
      } else if (announces(name)) {
        if (isTold(text)) learn(text)
      } else if (typeof value === 'string') shaped(text)
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
      const below = announces(name) && !isList(value) ? name : named
      walk(value[key] ?? null, mark === true ? true : member(mark, key), below)
      if (typeof key === 'string') shaped(key)
    }
  }

  for (const one of inOrder([...plan.changes, ...plan.drift, ...plan.unchanged])) {
    walk(one.before, one.beforeSensitive, '')
    walk(one.after, one.afterSensitive, '')
    shaped(one.address)
  }
  for (const one of plan.outputs) {
    walk(one.before, one.beforeSensitive, one.name)
    walk(one.after, one.afterSensitive, one.name)
  }
  for (const one of plan.variables) walk(one.value ?? null, one.sensitive, one.name)
  const overflow = pieces > MOST_PIECES || read > MOST_READ

  const known = new Map<string, string | undefined>()
  const look = (text: string): string | undefined => {
    const own = whole.get(text.toLowerCase())
    if (own !== undefined) return own
    if (text.length < STEP) return undefined
    const readings = readingsOf(text)
    if (pieces > 0) {
      for (const form of readings.folded) {
        const hit = whole.get(form) ?? firstIn(form, index)
        if (hit !== undefined) return hit
      }
    }
    const isShaped = [text, ...readings.decoded].some(holdsShape)
    return isShaped ? text : undefined
  }
  return {
    overflow,
    isKnown: (text) => whole.has(text.toLowerCase()),
    carried: (text) => {
      if (known.has(text)) return known.get(text)
      const found = look(text)
      if (text.length <= 400) known.set(text, found)
      return found
    },
    plain: (text) => spansIn(text.toLowerCase(), index),
  }
}

type Index = ReadonlyMap<string, readonly { readonly piece: string; readonly of: string }[]>

function firstIn(text: string, index: Index): string | undefined {
  for (let at = 0; at + STEP <= text.length; at += 1) {
    const hit = pieceAt(text, at, index)
    if (hit !== undefined) return hit.of
  }
  return undefined
}

function pieceAt(
  text: string,
  at: number,
  index: Index,
): { readonly piece: string; readonly of: string } | undefined {
  const list = index.get(text.slice(at, at + STEP))
  let best: { readonly piece: string; readonly of: string } | undefined
  for (const one of list ?? []) {
    if (one.piece.length <= (best?.piece.length ?? 0)) continue
    if (
      text.startsWith(one.piece, at) &&
      (one.piece.length >= 8 || standsAlone(text, at, one.piece))
    ) {
      best = one
    }
  }
  return best
}

/** Six or seven characters may be part of a longer word by chance. */
function standsAlone(text: string, at: number, piece: string): boolean {
  const outside = (char: string): boolean => !/[a-z0-9]/.test(char)
  return outside(text.charAt(at - 1)) && outside(text.charAt(at + piece.length))
}

function spansIn(text: string, index: Index): { readonly from: number; readonly until: number }[] {
  const found: { from: number; until: number }[] = []
  for (let at = 0; at + STEP <= text.length; at += 1) {
    const hit = pieceAt(text, at, index)
    if (hit === undefined) continue
    const last = found.at(-1)
    const until = at + hit.piece.length
    // Fragments of one secret follow each other.
    if (last !== undefined && at <= last.until) last.until = Math.max(last.until, until)
    else found.push({ from: at, until })
  }
  return found
}

/** A value under a secret's name that is more than a setting such as `AWS_IAM` or `true`. */
function isTold(text: string): boolean {
  return text.length >= 6 && !/^(?:[A-Z_]+|true|false|\d{1,5})$/.test(text)
}

/** A piece whose fragments tell: no words of a language, no name of a host. */
function hasFragments(piece: string): boolean {
  if (piece.length <= FRAGMENT) return false
  return (/\d/.test(piece) && /[A-Za-z]/.test(piece)) || hasRandom(piece)
}

function inOrder(elements: readonly ResourceChange[]): readonly ResourceChange[] {
  return [...elements].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0))
}
