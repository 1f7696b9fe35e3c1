// Patterns with `*` (any text) and `?` (one character), as AWS, Azure and Vault write them: which
// covers which. What cannot be proven covered counts as not covered. No regular expressions are
// built from input: work is at most the product of two lengths and is charged to a budget.

/** Steps an analysis may still take. Below zero: give up, and treat the answer as unknown. */
export interface Budget {
  left: number
}

/** Patterns longer than this, in characters, only cover themselves. ARNs end at 2048. */
export const MAX_PATTERN_CHARS = 2048

/** True when every text that `narrow` matches is matched by `wide` too. */
export function includes(wide: string, narrow: string, budget: Budget): boolean {
  budget.left -= 1
  if (wide === narrow || wide === '*') return true
  const start = wide.search(/[*?]/)
  if (start < 0 || narrow.length > MAX_PATTERN_CHARS || wide.length > MAX_PATTERN_CHARS)
    return false
  if (wide.slice(0, start) !== narrow.slice(0, start)) return false
  return covers(orderWildcards(wide.slice(start)), orderWildcards(narrow.slice(start)), budget)
}

/** True unless no text can match both. */
export function overlaps(a: string, b: string, budget: Budget): boolean {
  budget.left -= 1
  if (a === b || a === '*' || b === '*') return true
  if (!hasWildcard(a) && !hasWildcard(b)) return false
  if (a.length > MAX_PATTERN_CHARS || b.length > MAX_PATTERN_CHARS) return true
  budget.left -= (a.length * b.length) >> 4
  if (budget.left < 0) return true
  let below = row(b.length + 1)
  for (let i = a.length; i >= 0; i -= 1) {
    const here = row(b.length + 1)
    for (let j = b.length; j >= 0; j -= 1) {
      const [x, y] = [a[i], b[j]]
      if (x === undefined && y === undefined) here[j] = 1
      else if (x === '*' && below[j] === 1) here[j] = 1
      else if (y === '*' && here[j + 1] === 1) here[j] = 1
      else if (x === '*' && y !== undefined) here[j] = here[j + 1] ?? 0
      else if (y === '*' && x !== undefined) here[j] = below[j] ?? 0
      else if (x !== undefined && y !== undefined && (x === y || x === '?' || y === '?')) {
        here[j] = below[j + 1] ?? 0
      }
    }
    below = here
  }
  return below[0] === 1
}

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

/** `*?*` and `?*` match the same texts; one spelling, so that runs compare character by character. */
function orderWildcards(pattern: string): string {
  return pattern.replace(/[*?]+/g, (run) => {
    const single = run.replaceAll('*', '')
    return single.length === run.length ? run : `${single}*`
  })
}

/**
 * here[j] says: everything narrow[i..] matches, wide[j..] matches. Where `narrow` has `*` and
 * `wide` has `?`, both the empty and the non-empty reading have to be covered.
 */
function covers(wide: string, narrow: string, budget: Budget): boolean {
  budget.left -= (wide.length * narrow.length) >> 4
  if (budget.left < 0) return false
  let below = row(wide.length + 1)
  for (let i = narrow.length; i >= 0; i -= 1) {
    const here = row(wide.length + 1)
    for (let j = wide.length; j >= 0; j -= 1) {
      const [x, y] = [narrow[i], wide[j]]
      if (y === undefined) here[j] = x === undefined ? 1 : 0
      else if (y === '*') here[j] = here[j + 1] === 1 || (x !== undefined && below[j] === 1) ? 1 : 0
      else if (x === undefined) here[j] = 0
      else if (x === '*') here[j] = y === '?' && below[j] === 1 && here[j + 1] === 1 ? 1 : 0
      else here[j] = (y === '?' || x === y) && below[j + 1] === 1 ? 1 : 0
    }
    below = here
  }
  return below[0] === 1
}

function row(length: number): Uint8Array {
  return new Uint8Array(length)
}
