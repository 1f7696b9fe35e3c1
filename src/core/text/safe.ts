// Text from plans is hostile: it may hide, reorder, colour or impersonate. Everything shown to a
// person passes through `visible` and then through the escaper of its surface.

/**
 * One line that shows what is there: white space and line breaks become single spaces; control,
 * bidi, zero-width, filler and tag characters and lone surrogates become escapes such as `\u202e`.
 * The answer is at most `maxLength` UTF-16 units (at least 24), cut between code points, and says
 * what is missing: `… (+N characters)`, where N counts code points of the input.
 */
export function visible(text: string, maxLength: number): string {
  const limit = Math.max(maxLength, 24)
  if (text.length <= limit && PRINTABLE.test(text)) return text
  const points = codePoints(text)
  const pieces: string[] = []
  let length = 0
  let shown = 0
  for (const [at, point] of points.entries()) {
    const piece = pieceAt(points, at, point, pieces.at(-1))
    if (length + piece.length > limit) return cut(pieces, limit, shown, points.length)
    pieces.push(piece)
    length += piece.length
    shown += 1
  }
  return pieces.join('').trimEnd()
}

/** `visible` without a limit: the form for terminals and logs. No escape sequence survives. */
export function escapeTerminal(text: string): string {
  return visible(text, Number.MAX_SAFE_INTEGER)
}

/** For HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return escapeTerminal(text).replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/**
 * A Markdown code span holding the text literally: the fence is longer than any run of backticks
 * inside, so nothing in it can be a link, an image, HTML, a mention or a reference.
 */
export function markdownCode(text: string): string {
  const line = escapeTerminal(text)
  if (line.trim() === '') return '`(empty)`'
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = line.startsWith('`') || line.endsWith('`') || line.startsWith(' ') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/**
 * A sentence for Markdown: plain words stay as they are, and every word that Markdown or a forge
 * could act on (names with underscores, markup, links, mentions, issue references) becomes a code
 * span. The answer is one line and never starts a block.
 */
export function escapeMarkdown(text: string): string {
  return escapeTerminal(text)
    .trim()
    .split(' ')
    .map((word, at) =>
      at === 0 && OPENS_BLOCK.test(word) ? markdownCode(word) : markdownWord(word),
    )
    .join(' ')
}

const OPENS_BLOCK = /^(?:[-+=]+|\d+[.)])$/
const PLAIN_WORD =
  /^(?:[\p{L}\p{N}.,;:'"%()?!/+=…→×–—-]|\p{M}|\p{Extended_Pictographic}|\u200d|\ufe0f)*$/u
/** Bare links, references to issues, merge requests, milestones and commits, emoji codes. */
const ACTED_ON = /^www\.|:\/\/|\bGH-\d|:[\w+-]+:|^mailto:|(?:^|\W)[!%]\w|\b[0-9a-f]{7,40}\b/i

function markdownWord(word: string): string {
  if (PLAIN_WORD.test(word) && !ACTED_ON.test(word)) return word
  const open = /^[("']/.exec(word)?.[0] ?? ''
  const rest = word.slice(open.length)
  const close = /[.,;:!?)]{0,3}$/.exec(rest)?.[0] ?? ''
  const core = rest.slice(0, rest.length - close.length)
  return core === '' ? markdownCode(word) : `${open}${markdownCode(core)}${close}`
}

/** Characters a reader cannot see, or that change how others are seen. */
const HIDDEN = /\p{Cc}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/u
/** The common case: ASCII words with single spaces between them. */
const PRINTABLE = /^[!-~]+(?: [!-~]+)*$/
const SPACE = /^\s$/u
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[0-9#*]|\ufe0f)$/u
const EMOJI_SELECTOR = 0xfe0f
const ZERO_WIDTH_JOINER = 0x200d
const SURROGATES: readonly [number, number] = [0xd800, 0xdfff]

/** Code points, with lone surrogates kept as themselves. */
function codePoints(text: string): readonly number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0)
}

function pieceAt(
  points: readonly number[],
  at: number,
  point: number,
  previous: string | undefined,
): string {
  if (point > 0x20 && point < 0x7f) return String.fromCharCode(point)
  if (point >= SURROGATES[0] && point <= SURROGATES[1]) return escaped(point)
  const char = String.fromCodePoint(point)
  if (SPACE.test(char) && point !== 0xfeff) {
    return previous === undefined || previous === ' ' || previous === '' ? '' : ' '
  }
  if (point === ZERO_WIDTH_JOINER && isEmoji(points[at - 1]) && isEmoji(points[at + 1])) return char
  if (point === EMOJI_SELECTOR && isEmoji(points[at - 1])) return char
  return HIDDEN.test(char) ? escaped(point) : char
}

function isEmoji(point: number | undefined): boolean {
  return point !== undefined && EMOJI.test(String.fromCodePoint(point))
}

function escaped(point: number): string {
  const hex = point.toString(16)
  return point > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

/** Gives back pieces until the note about what is missing fits. */
function cut(pieces: string[], limit: number, shown: number, total: number): string {
  let length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  let kept = shown
  const note = (): string => `… (+${total - kept} characters)`
  while (kept > 0 && length + note().length > limit) {
    length -= pieces.pop()?.length ?? 0
    kept -= 1
  }
  return `${pieces.join('')}${note()}`
}
