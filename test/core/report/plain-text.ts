// What a reader of a surface reads: its text without its marks, white space as single spaces.
import { marked, type Token } from 'marked'

export function plainHtml(html: string): string {
  const body = html.slice(html.indexOf('<body>'))
  return oneLine(
    body
      .replaceAll('<wbr>', '')
      .replace(/<\/?(?:code|em|strong|span|a|del|ins)(?: [^>]*)?>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code))),
  )
}

/** Text and code of every leaf, with nothing between what stands on one line. */
export function plainMarkdown(text: string): string {
  return oneLine(marked.lexer(text).map(leavesOf).join(' '))
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** Kinds of every token, and the raw text of those that are plain text. */
export function markdownTokens(text: string): {
  readonly kinds: ReadonlySet<string>
  readonly prose: readonly string[]
  readonly headings: readonly string[]
} {
  const tokens: Token[] = []
  marked.walkTokens(marked.lexer(text), (token) => {
    tokens.push(token)
  })
  return {
    kinds: new Set(tokens.map(({ type }) => type)),
    prose: tokens
      .filter((token) => token.type === 'text' && !('tokens' in token && token.tokens))
      .map(({ raw }) => raw),
    headings: tokens.filter(({ type }) => type === 'heading').map(({ raw }) => raw.trim()),
  }
}

function leavesOf(token: Token): string {
  if (token.type === 'list') {
    return (token.items as readonly Token[]).map(leavesOf).join(' ')
  }
  if ('tokens' in token && token.tokens !== undefined) {
    const gap = token.type === 'list_item' ? ' ' : ''
    return token.tokens.map(leavesOf).join(gap)
  }
  return 'text' in token ? String(token.text) : token.raw
}
