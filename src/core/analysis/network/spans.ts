// Sets of places on a line, as sorted disjoint half-open spans.

/** `[from, end)` each; sorted, disjoint, none touching the next. */
export type Spans = readonly (readonly [from: number, end: number])[]

export interface Painted {
  readonly from: number
  readonly end: number
  readonly allow: boolean
}

/** What is allowed where the first rule of the list that matches decides, and nothing matches: no. */
export function allowedSpans(rules: readonly Painted[]): Spans {
  return mergeSpans(rules.every((rule) => rule.allow) ? rules : paint(rules))
}

function mergeSpans(painted: readonly { readonly from: number; readonly end: number }[]): Spans {
  const merged: [number, number][] = []
  for (const { from, end } of [...painted].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last === undefined || from > last[1]) merged.push([from, end])
    else if (end > last[1]) last[1] = end
  }
  return merged
}

/** The places that allow rules reach first. Every place is painted once: near linear after sorting. */
function paint(rules: readonly Painted[]): Painted[] {
  const edges = [...new Set(rules.flatMap(({ from, end }) => [from, end]))].sort((a, b) => a - b)
  const at = new Map(edges.map((edge, index) => [edge, index]))
  // bare[n]: a place at or after n that no rule has reached yet; found by following the links.
  const bare = edges.map((_, index) => index)
  const nextBare = (start: number): number => {
    let here = start
    while (bare[here] !== undefined && bare[here] !== here) {
      const next = bare[here] ?? here
      bare[here] = bare[next] ?? next
      here = next
    }
    return here
  }
  const allowed: Painted[] = []
  for (const rule of rules) {
    const end = at.get(rule.end) ?? 0
    for (let n = nextBare(at.get(rule.from) ?? 0); n < end; n = nextBare(n + 1)) {
      bare[n] = n + 1
      if (rule.allow) allowed.push({ from: edges[n] ?? 0, end: edges[n + 1] ?? 0, allow: true })
    }
  }
  return allowed
}

/** Places of `a` that are not in `b`. */
export function subtractSpans(a: Spans, b: Spans): Spans {
  const rest: [number, number][] = []
  let at = 0
  for (const [from, end] of a) {
    let start = from
    while (at < b.length && (b[at]?.[1] ?? 0) <= start) at += 1
    for (let n = at; n < b.length && start < end; n += 1) {
      const [holeFrom, holeEnd] = b[n] ?? [end, end]
      if (holeFrom >= end) break
      if (holeFrom > start) rest.push([start, holeFrom])
      start = holeEnd
    }
    if (start < end) rest.push([start, end])
  }
  return rest
}
