// Sentences of rules and analysis are ours, but they quote the plan. A sentence that shares words
// with something a person wrote in the plan is treated as theirs.
import { RULES } from '../rules/index.ts'

/** UTF-16 units of free text remembered; beyond, no sentence counts as ours. */
const MOST_READ = 8_000_000
const LONG_TEXT = 40

export interface Spoken {
  learn(text: string): void
  /** Nothing in it comes from a text that was learnt. */
  isOurs(sentence: string): boolean
}

export function spoken(): Spoken {
  const pairs = new Set<string>()
  const singles = new Set<string>()
  const seen = new Set<string>()
  let read = 0
  return {
    learn: (text) => {
      if (text === '' || seen.has(text)) return
      read += text.length
      if (read > MOST_READ) return
      seen.add(text)
      const words = wordsIn(text)
      for (const [at, word] of words.entries()) {
        const next = words[at + 1]
        if (next !== undefined) pairs.add(`${word} ${next}`)
        // A document has every word; what is quoted of it is more than one.
        if (words.length <= LONG_TEXT && word.length >= 3 && !OURS.has(word)) singles.add(word)
      }
    },
    isOurs: (sentence) => {
      if (read > MOST_READ || /… \(\+\d+ characters\)|…/.test(sentence)) return false
      const words = wordsIn(sentence)
      return words.every(
        (word, at) => !singles.has(word) && !pairs.has(`${word} ${words[at + 1] ?? ''}`),
      )
    },
  }
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
