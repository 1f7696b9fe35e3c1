// Credentials in free text, by shape. Patterns are bounded or start only where a run starts, and the
// input is capped, so hostile text costs linear time.
import { isSecretName } from './secret-names.ts'
import { SECRET_SHAPES } from './secret-shapes.ts'

export { isSecretName } from './secret-names.ts'

export const REDACTED = '(redacted)'

/** Longer texts are withheld whole: nobody reads them in a report, and a cut could split a secret. */
export const MAX_REDACTED_CHARACTERS = 16_384

/** `redact` would change the text. */
export function holdsSecret(text: string): boolean {
  return redact(text) !== text
}

/**
 * The text with every part that has the shape of a credential replaced by `(redacted)`: private
 * keys, vendor tokens, signed and user-info URLs, connection strings, `password = …` assignments,
 * and long random strings. Idempotent. Text over `MAX_REDACTED_CHARACTERS` UTF-16 units is replaced
 * as a whole. `identifier: true` spares random strings, for values whose name says that they are an
 * id or a digest; every other shape still counts.
 */
export function redact(text: string, options?: { readonly identifier?: boolean }): string {
  if (text.length > MAX_REDACTED_CHARACTERS) return REDACTED
  if (!MAY_HOLD.test(text)) return text
  let before = text
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const after = redactOnce(before, options?.identifier === true)
    if (after === before) return after
    before = after
  }
  return REDACTED
}

/** Every shape needs one of these; most texts of a report have none. */
const MAY_HOLD = /[:=@]|--|[A-Za-z0-9+/_=.-]{8}/

/** A replacement can bring the parts around it together; real text settles in two rounds. */
const MAX_ROUNDS = 6

function redactOnce(text: string, identifier: boolean): string {
  const shaped = SECRET_SHAPES.reduce((rest, shape) => rest.replace(shape.find, shape.put), text)
  const assigned = redactAssignments(redactPairs(shaped))
  return identifier ? assigned : redactRandom(assigned)
}

const PAIR =
  /((?:name|key)\\{0,3}["']?\s{0,3}[:=]\s{0,3}\\{0,3}["']([\w.-]{1,128})\\{0,3}["'],?\s{0,20}\\{0,3}["']?value\\{0,3}["']?\s{0,3}[:=]\s{0,3}\\{0,3}["'])((?:[^"'\\]|\\[^"'])+)/gi

/** `{"name": "DB_PASSWORD", "value": "…"}`: how containers are given their environment. */
function redactPairs(text: string): string {
  return text.replace(PAIR, (whole: string, lead: string, name: string) =>
    isSecretName(name) ? `${lead}${REDACTED}` : whole,
  )
}

const NAME =
  /(?<![\w.-])(-{0,2}[A-Za-z_][\w.-]{0,127})(\\{0,3}["']?\s{0,3}(?:=>|:=|=|:)\s{0,3}|\s)/g
const PLACEHOLDER =
  /^\\{0,3}["']?(?:\((?:redacted|sensitive|known after apply)\)|(?:true|false|null|none)(?![^\s"',;&}\]\\])|$|[,;}\]])/i
const QUOTE = /\\{1,3}["']|["']?/y

/** `password = …`, `"token": "…"`, `Pwd=…;`, `--password …`. */
function redactAssignments(text: string): string {
  let out = ''
  let done = 0
  NAME.lastIndex = 0
  for (let found = NAME.exec(text); found !== null; found = NAME.exec(text)) {
    const [whole, name = '', sign = ''] = found
    const isFlag = name.startsWith('--')
    const assigns = sign.trim() !== ''
    NAME.lastIndex = found.index + name.length
    if (!assigns && !isFlag) continue
    if (!isSecretName(name)) continue
    const from = found.index + whole.length
    if (PLACEHOLDER.test(text.slice(from, from + 40))) continue
    QUOTE.lastIndex = from
    const quote = QUOTE.exec(text)?.[0] ?? ''
    const until = endOfValue(text, from + quote.length, quote, sign)
    if (until === from + quote.length) continue
    out += `${text.slice(done, from)}${quote}${REDACTED}`
    done = until
    NAME.lastIndex = until
  }
  return out + text.slice(done)
}

function endOfValue(text: string, from: number, quote: string, sign: string): number {
  if (quote !== '') {
    for (let at = from; at < text.length; at += 1) {
      if (text.startsWith(quote, at)) return at
      if (quote.length === 1 && text[at] === '\\') at += 1
    }
    return text.length
  }
  const scheme = /(?:bearer|basic|token|digest|negotiate)\s{1,3}/iy
  scheme.lastIndex = from
  const start = from + (scheme.exec(text)?.[0].length ?? 0)
  // A connection string's value may hold spaces; it ends at the semicolon.
  const ends = sign === '=' ? /[;\r\n"']|$/g : /[\s"',;&]|$/g
  ends.lastIndex = start
  const wide = ends.exec(text)
  if (sign === '=' && wide?.[0] === ';') return wide.index
  const narrow = /[\s"',;&]|$/g
  narrow.lastIndex = start
  return narrow.exec(text)?.index ?? text.length
}

const RUN = /[A-Za-z0-9+/_=-]{32,}/g
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi

function redactRandom(text: string): string {
  return text.replace(RUN, (run, at: number) =>
    isRandom(run) && !isDigestOrArn(text, at) ? REDACTED : run,
  )
}

/** Digests pin images, and ARNs end in ids: both are evidence, and neither opens anything. */
function isDigestOrArn(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at)
  return /(?:sha(?:1|256|384|512)|md5):$/i.test(before) || /(?<![a-z])arn:[^\s"',;]*$/i.test(before)
}

function isRandom(run: string): boolean {
  const rest = run.replace(UUID, '')
  if (rest.split(/[^A-Za-z0-9]+/).some(isRandomHex)) return true
  const plain = rest.replace(/[^A-Za-z0-9]/g, '')
  if (plain.length < 28) return false
  if (!/[a-z]/.test(plain) || !/[A-Z]/.test(plain) || !/\d/.test(plain)) return false
  return entropy(plain) >= 3.5 && classChanges(rest) >= 0.35
}

function isRandomHex(part: string): boolean {
  return (
    part.length >= 32 && /^[0-9a-f]+$/i.test(part) && /[a-f]/i.test(part) && entropy(part) >= 2.8
  )
}

/** Shannon entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length
    return sum - share * Math.log2(share)
  }, 0)
}

/** Share of neighbours of different class: about 0.64 in random base64, under 0.3 in CamelCase. */
function classChanges(run: string): number {
  let pairs = 0
  let changes = 0
  for (let at = 1; at < run.length; at += 1) {
    const here = classOf(run.charAt(at))
    const before = classOf(run.charAt(at - 1))
    if (here === 'sign' || before === 'sign') continue
    pairs += 1
    if (here !== before) changes += 1
  }
  return pairs === 0 ? 0 : changes / pairs
}

function classOf(char: string): 'digit' | 'upper' | 'lower' | 'sign' {
  if (char >= '0' && char <= '9') return 'digit'
  if (char >= 'A' && char <= 'Z') return 'upper'
  return char >= 'a' && char <= 'z' ? 'lower' : 'sign'
}
