// The text of a block as a model may see it: without credentials, without values that the plan marks
// as sensitive, every line showing what is in it.
import { visible } from '../../text/safe.ts'
import { isSecretName } from '../../text/secret-names.ts'
import { MAX_REDACTED_CHARACTERS, REDACTED, redact } from '../../text/secrets.ts'
import { hostileReasons } from '../redaction/hostile-reasons.ts'
import type { CodeCaps } from './caps.ts'
import { tokensOf } from './tokens.ts'

export interface Shown {
  readonly text: string
  /** A part is missing, and the text says so. */
  readonly cut: boolean
}

/** `comments` keep their end and `text` its beginning; `hide` takes out what the plan marks. */
export function showBlock(
  comments: string,
  text: string,
  hide: (text: string) => string,
  caps: CodeCaps,
): Shown {
  const above = lastLines(hide(comments), caps.commentCharacters)
  const block = firstLines(text, 4 * MAX_REDACTED_CHARACTERS)
  // Cut before it is redacted, and at a line: credentials do not cross one, except keys in a frame,
  // which are redacted from their beginning on.
  const window = firstLines(`${above.text}${hideLiterals(hide(block.text))}`)
  const lines = redact(window.text.split('\n').map(lineOf).join('\n'))
  const shown = firstLines(lines, caps.blockCharacters)
  const cut = above.cut || block.cut || window.cut || shown.cut
  const notes = [above.cut ? '(earlier comments are left out)\n' : '', shown.text]
  return { text: `${notes.join('')}${cut ? '\n(a part of this block is left out)' : ''}`, cut }
}

/** Sentences written as one word; a block has few of that length. */
const MOST_LONG_WORDS = 500

/**
 * Why a text looks written for its reader, in clear, encoded or as one word. Markers of comments do not
 * split what is said in them.
 */
export function hostileIn(text: string): readonly string[] {
  const said = text.replace(/^[ \t]*(?:#+|\/\/+|\/?\*+)/gm, '')
  const words = new Set(text.match(/[A-Za-z0-9_-]{20,400}/g) ?? [])
  const read = [text, said, ...[...words].slice(0, MOST_LONG_WORDS)]
  return [...new Set(read.flatMap(hostileReasons))]
}

/** Half of what can be redacted: every character may become an escape or a mark. */
const WINDOW = MAX_REDACTED_CHARACTERS / 2

function firstLines(text: string, most: number = WINDOW): Shown {
  if (text.length <= most) return { text, cut: false }
  return { text: text.slice(0, Math.max(0, text.lastIndexOf('\n', most))), cut: true }
}

function lastLines(text: string, most: number): Shown {
  if (text.length <= most) return { text, cut: false }
  const from = text.indexOf('\n', text.length - most)
  return { text: from === -1 ? '' : text.slice(from + 1), cut: true }
}

/** Deeper indentation says nothing more, and distances matter to the shapes of credentials. */
const MAX_INDENT = 12

/** Indentation becomes spaces; the rest of the line is what `visible` makes of it. */
function lineOf(line: string): string {
  const rest = line.trimStart()
  const indent = Math.min(MAX_INDENT, line.length - rest.length)
  return rest === '' ? '' : `${' '.repeat(indent)}${visible(rest, Number.MAX_SAFE_INTEGER)}`
}

/**
 * What is assigned to a name that announces a credential, as long as it is written out: quoted parts
 * and heredocs, in lists and calls too. References stay: what a secret is wired to is evidence.
 */
function hideLiterals(text: string): string {
  let out = ''
  let done = 0
  let name = ''
  let secretAt: number | undefined
  for (const { kind, from, to, depth } of tokensOf(text)) {
    const piece = text.slice(from, to)
    if (secretAt !== undefined) {
      const ends = depth < secretAt || (depth === secretAt && (kind === 'newline' || piece === ','))
      if (ends) secretAt = undefined
      else if (kind === 'literal' && piece.trim() !== '') {
        const tail = piece.endsWith('\n') ? '\n' : ''
        out += `${text.slice(done, from)}${REDACTED}${tail}`
        done = to
      }
    } else if ((piece === '=' || piece === ':') && kind === 'sign' && isSecretName(name)) {
      secretAt = depth
    }
    if (kind === 'word' || kind === 'literal') name = piece
    else if (kind === 'newline') name = ''
  }
  return out + text.slice(done)
}
