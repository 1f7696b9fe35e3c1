// Pieces of secrets, found again in any text in time linear in it. Everything here is lower case.

export interface Hit {
  readonly from: number
  readonly until: number
  /** The secret that the piece belongs to. */
  readonly of: string
}

export interface Needles {
  /** `isTelling`: any fragment of the piece of at least twelve characters tells, too. */
  add(piece: string, of: string, isTelling: boolean): void
  first(text: string): Hit | undefined
  /** Not overlapping, from left to right, each as long as it goes. */
  all(text: string): readonly Hit[]
  readonly count: () => number
}

const GRAM = 6
/** Two aligned grams of a piece lie in every common part of this length. */
const FRAGMENT = 12
/** Pieces that begin alike; a hostile plan has many. */
const MOST_ALIKE = 256
/** Of a longer piece the beginning tells: hostile ones differ at their ends alone. */
const HEAD = 256

interface Entry {
  readonly piece: string
  readonly head: string
  readonly at: number
  readonly of: string
  readonly isTelling: boolean
}

export function needles(): Needles {
  const index = new Map<string, Entry[]>()
  let count = 0
  const enter = (entry: Entry): void => {
    const key = entry.piece.slice(entry.at, entry.at + GRAM)
    const list = index.get(key)
    count += 1
    if (list === undefined) index.set(key, [entry])
    else if (list.length < MOST_ALIKE) list.push(entry)
    else count += 1_000
  }
  const longestAt = (text: string, at: number): Hit | undefined => {
    let best: Hit | undefined
    for (const entry of index.get(text.slice(at, at + GRAM)) ?? []) {
      const { piece, head, at: start, of, isTelling } = entry
      // Without a fragment that could tell, all that is looked for is the beginning.
      if (!isTelling && !text.startsWith(head, at)) continue
      let left = 0
      while (left < start && at - left > 0 && piece[start - left - 1] === text[at - left - 1])
        left += 1
      let right = GRAM
      while (start + right < piece.length && piece[start + right] === text[at + right]) right += 1
      const length = left + right
      const isWhole = length >= head.length && (length >= 8 || standsAlone(text, at - left, length))
      if (!isWhole && !(isTelling && length >= FRAGMENT)) continue
      if (best === undefined || length > best.until - best.from) {
        best = { from: at - left, until: at - left + length, of }
      }
    }
    return best
  }
  return {
    add: (piece, of, isTelling) => {
      if (piece.length < GRAM) return
      const head = piece.slice(0, HEAD)
      enter({ piece, head, at: 0, of, isTelling })
      if (!isTelling) return
      for (let at = GRAM; at + GRAM <= piece.length; at += GRAM) {
        enter({ piece, head, at, of, isTelling })
      }
    },
    first: (text) => {
      for (let at = 0; at + GRAM <= text.length; at += 1) {
        const hit = longestAt(text, at)
        if (hit !== undefined) return hit
      }
      return undefined
    },
    all: (text) => {
      const found: { from: number; until: number; of: string }[] = []
      for (let at = 0; at + GRAM <= text.length; at += 1) {
        const hit = longestAt(text, at)
        if (hit === undefined) continue
        const last = found.at(-1)
        if (last === undefined || hit.from > last.until) found.push({ ...hit })
        else last.until = Math.max(last.until, hit.until)
        at = Math.max(at, hit.until - GRAM)
      }
      return found
    },
    count: () => count,
  }
}

/** Six or seven characters may be part of a longer word by chance. */
function standsAlone(text: string, from: number, length: number): boolean {
  const outside = (char: string): boolean => !/[a-z0-9]/.test(char)
  return outside(text.charAt(from - 1)) && outside(text.charAt(from + length))
}

/** Lower case without ever changing the number of characters. */
export function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (run) => run.toLowerCase())
}
