// The configuration language as far as it takes to know where a block ends: brackets, quoted
// templates, heredocs and comments. It judges no syntax; text that is no configuration ends cleanly.
// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md

export type TokenKind =
  | 'word'
  | 'comment'
  /** A part of a quoted template or a line of a heredoc, without its interpolations. */
  | 'literal'
  | 'open'
  | 'close'
  | 'newline'
  /** Any other single character. */
  | 'sign'

export interface Token {
  readonly kind: TokenKind
  readonly from: number
  readonly to: number
  /** Brackets, quotes, interpolations and heredocs that are open around it; the same for both ends. */
  readonly depth: number
}

/** What is open, by the sign that opened it; heredocs by their end marker. */
type Frame = '{' | '(' | '[' | '"' | '${' | { readonly marker: string }

const WORD = /[\p{ID_Continue}_-]+/uy
const BLANKS = /[^\S\n]+/y
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}_-]*)\r?\n/uy
const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[' }

/** The tokens of a source text in order. Linear in the text, whatever is in it. */
export function* tokensOf(text: string): Generator<Token, void> {
  const stack: Frame[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    const top = stack.at(-1)
    if (top === '"') at = yield* quoted(text, at, stack)
    else if (typeof top === 'object') at = yield* heredocLine(text, at, stack, top.marker)
    else at = yield* code(text, at, stack)
  }
}

type Step = Generator<Token, number>

function* code(text: string, at: number, stack: Frame[]): Step {
  const char = text.charAt(at)
  const blanks = match(BLANKS, text, at)
  if (blanks !== undefined) return at + blanks.length
  const token = (kind: TokenKind, to: number): Token => ({
    kind,
    from: at,
    to,
    depth: stack.length,
  })
  const word = match(WORD, text, at)
  if (word !== undefined) {
    yield token('word', at + word.length)
    return at + word.length
  }
  const comment = endOfComment(text, at)
  if (comment !== undefined) {
    yield token('comment', comment)
    return comment
  }
  if (char === '\n') yield token('newline', at + 1)
  else if (char === '"' || char === '{' || char === '(' || char === '[') {
    yield token('open', at + 1)
    stack.push(char)
  } else if (char === '}' || char === ')' || char === ']') {
    yield token(close(char, stack) ? 'close' : 'sign', at + 1)
  } else {
    HEREDOC.lastIndex = at
    const heredoc = char === '<' ? HEREDOC.exec(text) : null
    yield token(heredoc === null ? 'sign' : 'open', at + 1)
    if (heredoc !== null) {
      stack.push({ marker: heredoc[1] ?? '' })
      return at + heredoc[0].length
    }
  }
  return at + 1
}

/** Only braces bound interpolations and blocks, so a brace closes what was left open inside it. */
function close(char: string, stack: Frame[]): boolean {
  const opener = CLOSES[char]
  if (opener !== undefined) {
    if (stack.at(-1) !== opener) return false
    stack.pop()
    return true
  }
  let at = stack.length
  while (stack[at - 1] === '(' || stack[at - 1] === '[') at -= 1
  const closes = at > 0
  // Without a brace to close, what was open is given up: it would be walked again for every brace.
  stack.length = closes ? at - 1 : 0
  return closes
}

function endOfComment(text: string, at: number): number | undefined {
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2)
    return end === -1 ? text.length : end + 2
  }
  return text[at] === '#' || text.startsWith('//', at) ? endOfLine(text, at) : undefined
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

const QUOTED_STOP = /["\\$%\n]/g
const HEREDOC_STOP = /[$%\n]/g

function* quoted(text: string, from: number, stack: Frame[]): Step {
  const end = endOfLiteral(text, from, QUOTED_STOP)
  if (end > from) yield { kind: 'literal', from, to: end, depth: stack.length }
  if (end >= text.length) return end
  if (text[end] === '"' || text[end] === '\n') {
    stack.pop()
    // No quoted template holds a line break; without this, one missing quote would hide the rest.
    const isQuote = text[end] === '"'
    yield { kind: 'close', from: end, to: isQuote ? end + 1 : end, depth: stack.length }
    return isQuote ? end + 1 : end
  }
  return yield* interpolation(end, stack)
}

function* heredocLine(text: string, from: number, stack: Frame[], marker: string): Step {
  const startsLine = text[from - 1] === '\n'
  const lineEnd = startsLine ? endOfLine(text, from) : from
  if (startsLine && text.slice(from, lineEnd).trim() === marker) {
    stack.pop()
    yield { kind: 'close', from, to: lineEnd, depth: stack.length }
    return lineEnd
  }
  const stop = endOfLiteral(text, from, HEREDOC_STOP)
  const end = text[stop] === '\n' ? stop + 1 : stop
  if (end > from) yield { kind: 'literal', from, to: end, depth: stack.length }
  return text[stop] === '\n' || stop >= text.length ? end : yield* interpolation(stop, stack)
}

/** Up to an interpolation, a quote or a line break that is not escaped. */
function endOfLiteral(text: string, from: number, stops: RegExp): number {
  let at = from
  while (at < text.length) {
    stops.lastIndex = at
    const stop = stops.exec(text)?.index ?? text.length
    const char = text[stop]
    if (char === '\\') at = stop + 2
    else if (char !== '$' && char !== '%') return stop
    else if (text[stop + 1] === '{') return stop
    else at = stop + (text[stop + 1] === char && text[stop + 2] === '{' ? 3 : 1)
  }
  return text.length
}

function* interpolation(at: number, stack: Frame[]): Step {
  yield { kind: 'open', from: at, to: at + 2, depth: stack.length }
  stack.push('${')
  return at + 2
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
