// The outermost blocks of a source file, each with the comments that stand directly above it.
import { type Token, tokensOf } from './tokens.ts'

export interface SourceBlock {
  /** `resource`, `data`, `module`, `moved`, … */
  readonly keyword: string
  readonly labels: readonly string[]
  /** The lines of comment above, without a blank line between, exactly; `` where there are none. */
  readonly comments: string
  /** From the keyword to the closing brace, exactly. */
  readonly text: string
}

interface Header {
  readonly from: number
  readonly keyword: string
  readonly labels: readonly string[]
}

/** In the order of the text. A block that never ends reaches to the end of the text. Never throws. */
export function blocksIn(text: string): readonly SourceBlock[] {
  const blocks: SourceBlock[] = []
  let header: Header | undefined
  let isOpen = false
  let commentsFrom: number | undefined
  let atStart = true
  let isBlank = true

  const finish = (from: Header, to: number): void => {
    const { keyword, labels } = from
    const comments = text.slice(commentsFrom ?? from.from, from.from)
    blocks.push({ keyword, labels, comments, text: text.slice(from.from, to) })
    header = undefined
    isOpen = false
    commentsFrom = undefined
  }

  for (const token of tokensOf(text)) {
    if (token.depth > 0) {
      if (header !== undefined && !isOpen) header = labelled(header, text, token)
      continue
    }
    if (isOpen && header !== undefined) {
      if (token.kind === 'close') finish(header, token.to)
      continue
    }
    switch (token.kind) {
      case 'newline':
        if (isBlank) commentsFrom = undefined
        header = undefined
        atStart = true
        isBlank = true
        continue
      case 'comment':
        if (atStart && isBlank) commentsFrom ??= token.from
        break
      case 'word': {
        const word = text.slice(token.from, token.to)
        if (atStart) header = { from: token.from, keyword: word, labels: [] }
        else if (header !== undefined) header = { ...header, labels: [...header.labels, word] }
        if (header !== undefined && header.labels.length > MAX_LABELS) header = undefined
        atStart = false
        break
      }
      case 'open':
        isOpen = header !== undefined && text[token.from] === '{'
        if (!isOpen && text[token.from] !== '"') header = undefined
        atStart = false
        break
      case 'close':
        break
      default:
        header = undefined
        atStart = false
    }
    if (token.kind !== 'comment' && header === undefined) commentsFrom = undefined
    isBlank = false
  }
  if (isOpen && header !== undefined) finish(header, text.length)
  return blocks
}

/** No block has more; a line of a thousand words is no header. */
const MAX_LABELS = 4

function labelled(header: Header, text: string, token: Token): Header | undefined {
  if (token.kind !== 'literal' || token.depth !== 1) return undefined
  const labels = [...header.labels, text.slice(token.from, token.to)]
  return labels.length > MAX_LABELS ? undefined : { ...header, labels }
}
