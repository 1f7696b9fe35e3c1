// Characters that hide, reorder or impersonate. Scripts are judged one token at a time: a text in
// Cyrillic, Greek or Japanese is ordinary, one Latin word with a Cyrillic letter in it is not.

/** Reasons in a fixed order; empty for text that shows what it holds. */
export function hidingReasons(text: string): readonly string[] {
  return SIGNS.filter((sign) => sign.found(text)).map((sign) => sign.reason)
}

interface HidingSign {
  readonly reason: string
  readonly found: (text: string) => boolean
}

const BIDI = /[\u202a-\u202e\u2066-\u2069]/
const TERMINAL = /\u001b[[\]()#;?PX^_]|\u009b|[\u0000-\u0008\u000e-\u001a\u007f]/
const TAGS = /[\u{e0001}-\u{e007f}]/u
/** The flags of England, Scotland and Wales are spelt with tag characters. */
const TAG_FLAG = /\u{1f3f4}[\u{e0020}-\u{e007e}]{2,8}\u{e007f}/gu
const ZERO_WIDTH = /[\u200b\u2060-\u2064\u180e]|\S\ufeff/
/** A joiner between Latin letters joins nothing; scripts that need it are left alone. */
const JOINER_IN_LATIN = /[\p{Script=Latin}\d_-][\u200c\u200d][\p{Script=Latin}\d_-]/u
/** Variation selectors in a row carry bytes nobody sees. */
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3}/u

const SIGNS: readonly HidingSign[] = [
  { reason: 'a bidirectional override', found: (text) => BIDI.test(text) },
  { reason: 'a terminal escape', found: (text) => TERMINAL.test(text) },
  {
    reason: 'invisible characters',
    found: (text) =>
      TAGS.test(text.replace(TAG_FLAG, '')) ||
      ZERO_WIDTH.test(text) ||
      JOINER_IN_LATIN.test(text) ||
      SELECTORS.test(text),
  },
  { reason: 'letters of another script that look Latin', found: mixesScripts },
]

/** Cyrillic, Greek and other letters that read as Latin ones. */
const LOOKALIKES = new Set('авеікмнорстухѕјԁԛԝһАВЕІКМНОРСТУХЅЈԌԚԜοανικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıօսո')
const TOKEN = /[\p{L}\p{M}\p{N}]+/gu
const LATIN = /[A-Za-z]/
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\u0251\u0261]/u

function mixesScripts(text: string): boolean {
  if (!FOREIGN.test(text) || !LATIN.test(text)) return false
  for (const [token] of text.matchAll(TOKEN)) {
    if (!FOREIGN.test(token) || !LATIN.test(token)) continue
    // Units and formulas (`μs`, `Δt`, `λ2x`) use letters that look like no Latin one.
    if (Array.from(token).some((char) => LOOKALIKES.has(char))) return true
  }
  return false
}
