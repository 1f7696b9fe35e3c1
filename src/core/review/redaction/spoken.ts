// Sentences of rules and analysis are ours, but they quote the plan. A sentence that shares words
// with something a person wrote in the plan is treated as theirs.
import { RULES } from '../../rules/index.ts'
import { isMachineName, isMachineText, speaks } from './shape.ts'

/** UTF-16 units of free text remembered; beyond, no sentence counts as ours. */
const MOST_READ = 8_000_000
const LONG_TEXT = 40

/** Whose a text is: somebody's by its place, somebody's unless a machine's by its shape, or open to all. */
export type Hand = 'free' | 'name' | 'value' | 'open'

export interface Spoken {
  /** A text of the plan: somebody's, or a machine's that everybody may see. */
  learn(text: string, hand: Hand): void
  /** Nothing in it comes from somebody's text. */
  isOurs(sentence: string): boolean
}

/** Tokens are found inside longer words by their first characters. */
const HEAD = 5

export function spoken(): Spoken {
  const pairs = new Set<string>()
  const singles = new Set<string>()
  const open = new Set<string>()
  const tokens = new Map<string, string[]>()
  const seen: Readonly<Record<Hand, Set<string>>> = {
    free: new Set(),
    name: new Set(),
    value: new Set(),
    open: new Set(),
  }
  let read = 0

  const learnFree = (text: string): void => {
    const words = wordsIn(text)
    const [first] = words
    if (words.length === 1 && first !== undefined) {
      const list = tokens.get(first.slice(0, HEAD))
      if (list === undefined) tokens.set(first.slice(0, HEAD), [first])
      else list.push(first)
      return
    }
    for (const [at, word] of words.entries()) {
      const next = words[at + 1]
      if (next !== undefined) pairs.add(`${word} ${next}`)
      // A document has every word; what is quoted of it is more than one.
      if (words.length <= LONG_TEXT && word.length >= 3 && !OURS.has(word)) singles.add(word)
    }
  }
  /** A text of one token, also where it is glued to others: `tags.KEY`. What is open to see is no quote. */
  const quotesToken = (sentence: string): boolean => {
    const lower = sentence.toLowerCase()
    for (let at = 0; at < lower.length; at += 1) {
      if (/[\p{L}\p{N}_-]/u.test(lower.charAt(at - 1))) continue
      for (let length = 1; length <= HEAD; length += 1) {
        for (const token of tokens.get(lower.slice(at, at + length)) ?? []) {
          if (token.length < HEAD && token.length !== length) continue
          if (!lower.startsWith(token, at) || open.has(token) || OURS.has(token)) continue
          if (!/[\p{L}\p{N}_-]/u.test(lower.charAt(at + token.length))) return true
        }
      }
    }
    return false
  }

  return {
    learn: (text, hand) => {
      if (text === '' || read > MOST_READ || seen[hand].has(text)) return
      read += text.length
      if (read > MOST_READ) return
      seen[hand].add(text)
      if (isSomebodys(text, hand)) learnFree(text)
      else open.add(text.toLowerCase())
    },
    isOurs: (sentence) => {
      if (read > MOST_READ || sentence.includes('…')) return false
      const words = wordsIn(sentence)
      if (
        words.some((word, at) => singles.has(word) || pairs.has(`${word} ${words[at + 1] ?? ''}`))
      ) {
        return false
      }
      return !words.some(speaks) && !quotesToken(sentence)
    },
  }
}

function isSomebodys(text: string, hand: Hand): boolean {
  if (hand === 'free' || hand === 'open') return hand === 'free'
  return hand === 'name' ? !isMachineName(text) : !isMachineText(text)
}

/** As quoted: a name with signs in it is one word, and none of the words of a person's text. */
function wordsIn(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s"'`(){}[\]<>,;=|]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '')
}

/** Words of our own texts: sharing one of them with a person proves nothing. */
const OURS: ReadonlySet<string> = new Set(
  RULES.flatMap(({ title, why, remedy, releaseWhen }) =>
    wordsIn(`${title} ${why} ${remedy} ${releaseWhen}`),
  ).concat(
    wordsIn(
      'opens closes from tcp udp anyone account another role becomes what now may longer known apply',
    ),
  ),
)
