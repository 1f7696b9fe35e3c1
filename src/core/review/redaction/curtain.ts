// What of a plan may be seen, and what stands in for the rest: `(secret 1)`, `(account 1)`,
// `(text 1, 120 characters)`. Everything in a packet comes through here.
import { isList, isObject, type JsonValue, member, type Path } from '../../json.ts'
import type { HideAccounts } from './accounts.ts'
import { isAttributeName, isKnownType } from './attribute-names.ts'
import { documentIn } from './document.ts'
import { isFreePath } from './free-names.ts'
import { stepsOfAddress, stepsOfPath } from './names.ts'
import { numbering } from './numbers.ts'
import { readingsOf } from './readings.ts'
import type { SecretBook } from './secret-book.ts'
import { isMachineName, isMachineText, isProvidersName } from './shape.ts'
import { announces } from './telling-names.ts'

/** A text kept from the first reader. */
export interface Withheld {
  readonly number: number
  readonly text: string
  readonly where: string
}

export interface Masks {
  readonly unknown: JsonValue | undefined
  readonly sensitive: JsonValue | undefined
}

export interface Curtain {
  /** A value at a path of a resource, with the marks that lie on it. */
  value(value: JsonValue, masks: Masks, path: Path, where: string, name?: string): JsonValue
  /** A word of the plan: shown where it is a machine's. */
  word(text: string, where: string): string
  /** Never shown here, whatever it is. */
  withhold(text: string, where: string): string
  /** A sentence of ours about the plan. */
  sentence(text: string, where: string): string
  address(address: string): string
  path(path: Path): string
  /** A path as rules write it in evidence. */
  writtenPath(path: string): string
  /** The number of a secret, for texts that are shown in part. */
  secret(key: string): string
  accounts(text: string): string
  /** What was withheld since the last time of asking. */
  take(): readonly Withheld[]
}

const UNKNOWN = '(known after apply)'
const NO_MASKS: Masks = { unknown: undefined, sensitive: undefined }
/** Marks that the rest of the product puts in a value's place. */
const MARK = /^\((?:sensitive|redacted|known after apply)\)$|^\{\d+ keys\}$|^\[\d+ items\]$/
/** UTF-16 units of one text that are looked through for secrets; longer ones are never shown. */
const MOST_LOOKED = 16_384
const DEEPEST = 40

export function curtainOver(input: {
  readonly secrets: SecretBook
  readonly isOurs: (sentence: string) => boolean
  readonly isHostile: (text: string) => boolean
  readonly hideAccounts: HideAccounts
}): Curtain {
  const { secrets } = input
  const secretNumber = numbering()
  const textNumber = numbering()
  const keyNumber = numbering()
  const nameNumber = numbering()
  const accountNumber = numbering()
  const addresses = new Map<
    string,
    { readonly shown: string; readonly withheld: readonly Withheld[] }
  >()
  const verdicts = new Map<string, boolean>()
  let taken: Withheld[] = []

  const secret = (key: string): string => `(secret ${secretNumber(key)})`
  const accounts = (text: string): string =>
    input.hideAccounts(text, (id) => `(account ${accountNumber(id)})`)
  const carrying = (text: string, key: string): string =>
    key === text ? secret(text) : `${secret(text).slice(0, -1)} with ${secret(key).slice(1)}`
  const withhold = (text: string, where: string): string => {
    const number = textNumber(text)
    taken.push({ number, text, where })
    return `(text ${number}, ${[...text.slice(0, 100_000)].length}${text.length > 100_000 ? ' or more' : ''} characters)`
  }
  const mayBeSeen = (text: string, shape: (text: string) => boolean): boolean => {
    const known = verdicts.get(text)
    if (known !== undefined && shape === isMachineText) return known
    const answer = !secrets.overflow && shape(text) && !isEncoded(text) && !input.isHostile(text)
    if (shape === isMachineText && text.length <= 400) verdicts.set(text, answer)
    return answer
  }

  const scalar = (
    value: JsonValue,
    path: Path,
    where: string,
    name: string,
    depth: number,
  ): JsonValue => {
    if (value === null || typeof value === 'boolean' || value === '') return value
    const text = typeof value === 'string' ? value : String(value)
    if (announces(name) && !MARK.test(text)) return secret(text)
    if (MARK.test(text)) return text
    const document = depth < DEEPEST ? documentIn(text) : undefined
    if (document !== undefined && !isFreePath(path) && !secrets.isKnown(text)) {
      return { document: deep(document, NO_MASKS, path, where, name, depth + 1) }
    }
    const carried = secrets.carried(text.slice(0, MOST_LOOKED))
    if (typeof value === 'number') {
      if (carried !== undefined) return secret(text)
      const shown = accounts(text)
      return shown === text ? value : shown
    }
    if (carried !== undefined) {
      // The words around a secret are for the second reader, who sees them without it.
      const hasWords = /\s/.test(text) && !secrets.isKnown(text)
      return hasWords ? withhold(text, where) : carrying(text, carried)
    }
    if (isFreePath(path)) return withhold(text, where)
    return mayBeSeen(text, isMachineText) ? accounts(text) : withhold(text, where)
  }

  const deep = (
    value: JsonValue,
    masks: Masks,
    path: Path,
    where: string,
    name: string,
    depth: number,
  ): JsonValue => {
    if (masks.sensitive === true) return value === null ? null : secret(keyOf(value))
    if (masks.unknown === true) return UNKNOWN
    if (depth > DEEPEST) return '(deeper than is shown)'
    if (isList(value)) {
      if (announces(name) && value.length > 0) return secret(keyOf(value))
      return value.map((item, at) =>
        deep(item, below(masks, at), [...path, at], where, name, depth + 1),
      )
    }
    if (!isObject(value)) return scalar(value, path, where, name, depth)
    if (announces(name) && Object.keys(value).length > 0) return secret(keyOf(value))
    const entry = member(value, 'name') ?? member(value, 'key')
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => {
          const named = key.toLowerCase() === 'value' && typeof entry === 'string' ? entry : key
          const shown = step(key)
          const at = `${where}.${shown}`
          return [
            shown,
            deep(value[key] ?? null, below(masks, key), [...path, key], at, named, depth + 1),
          ]
        }),
    )
  }

  /** A key of a map. A stand-in has white space in it, which no key that is shown has. */
  const step = (key: string, isFirst = false): string => {
    const isGiven = isAttributeName(key) || (isFirst && isProvidersName(key))
    if (isGiven && !secrets.overflow && !input.isHostile(key)) {
      if (secrets.carried(key) === undefined) return key
    }
    const carried = secrets.carried(key)
    if (carried !== undefined) {
      taken.push({
        number: textNumber(key),
        text: key,
        where: `a key that holds ${secret(carried)}`,
      })
      return secret(key)
    }
    if (mayBeSeen(key, isMachineName)) return accounts(key)
    const standIn = `(key ${keyNumber(key)})`
    if (key !== '') taken.push({ number: textNumber(key), text: key, where: standIn })
    return standIn
  }

  const addressOf = (address: string): string => {
    const steps = stepsOfAddress(address)
    if (steps === undefined) {
      const standIn = `[address ${nameNumber(address)}]`
      taken.push({ number: textNumber(address), text: address, where: standIn })
      return standIn
    }
    return steps
      .map(({ kind, text }, at) => {
        if (kind === 'index') return `[${text}]`
        if (kind === 'key') {
          const shown = step(text)
          return shown.startsWith('(') ? `[${shown.slice(1, -1)}]` : `["${shown}"]`
        }
        if (kind === 'deposed') {
          return /^[0-9a-f]{8}$/.test(text) ? ` (deposed ${text})` : ` (deposed [${step(text)}])`
        }
        const dot = at === 0 ? '' : '.'
        if (/^(?:module|data|ephemeral|action|check|output|var)$/.test(text)) return `${dot}${text}`
        if (isKnownType(text)) return `${dot}${text}`
        const carried = secrets.carried(text)
        if (carried === undefined && mayBeSeen(text, isMachineName))
          return `${dot}${accounts(text)}`
        const standIn =
          carried === undefined ? `[name ${nameNumber(text)}]` : `[${secret(text).slice(1, -1)}]`
        taken.push({ number: textNumber(text), text, where: standIn })
        return `${dot}${standIn}`
      })
      .join('')
  }

  const pathOf = (path: Path): string =>
    path.reduce<string>((text, one) => {
      if (typeof one === 'number') return `${text}[${one}]`
      const shown = step(one, text === '')
      if (shown.startsWith('(')) return `${text}[${shown.slice(1, -1)}]`
      if (/^[A-Za-z_][\w-]*$/.test(shown)) return text === '' ? shown : `${text}.${shown}`
      return `${text}["${shown}"]`
    }, '')

  return {
    secret,
    accounts,
    withhold,
    value: (value, masks, path, where, name) =>
      deep(
        value,
        masks,
        path,
        where,
        name ?? path.filter((one) => typeof one === 'string').join('.'),
        0,
      ),
    word: (text, where) => {
      if (text === '') return ''
      const carried = secrets.carried(text)
      if (carried !== undefined) return carrying(text, carried)
      return mayBeSeen(text, isMachineName) ? accounts(text) : withhold(text, where)
    },
    sentence: (text, where) => {
      const carried = secrets.carried(text)
      if (carried !== undefined && !MARK.test(text)) return withhold(text, where)
      const seen =
        !secrets.overflow &&
        text.length <= 600 &&
        PLAIN_SENTENCE.test(text) &&
        !text.split(/\s+/).some(isEncoded) &&
        !input.isHostile(text) &&
        input.isOurs(text)
      return seen ? accounts(text) : withhold(text, where)
    },
    address: (address) => {
      if (address === '') return ''
      const known = addresses.get(address)
      if (known !== undefined) {
        taken.push(...known.withheld)
        return known.shown
      }
      const before = taken.length
      const shown = addressOf(address)
      addresses.set(address, { shown, withheld: taken.slice(before) })
      return shown
    },
    path: pathOf,
    writtenPath: (path) => {
      if (path === '') return ''
      const steps = stepsOfPath(path)
      if (steps !== undefined) return pathOf(steps)
      const standIn = `[path ${nameNumber(path)}]`
      taken.push({ number: textNumber(path), text: path, where: standIn })
      return standIn
    },
    take: () => {
      const out = taken
      taken = []
      return out
    },
  }
}

const PLAIN_SENTENCE = /^[A-Za-z0-9 _.:/@*+=,;()'’"[\]|→×–—-]*$/u

/** A run that decodes to something a person could read. */
function isEncoded(text: string): boolean {
  if (!/[A-Za-z0-9+/_-]{16}|%[0-9a-fA-F]{2}/.test(text)) return false
  return readingsOf(text).decoded.some((one) => /[A-Za-z]{2}/.test(one) && /[ -~]{8}/.test(one))
}

function keyOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function below({ unknown, sensitive }: Masks, to: string | number): Masks {
  const down = (mask: JsonValue | undefined): JsonValue | undefined => {
    if (mask === true) return true
    if (typeof to === 'string') return member(mask, to)
    return isList(mask) ? mask[to] : undefined
  }
  return { unknown: down(unknown), sensitive: down(sensitive) }
}
