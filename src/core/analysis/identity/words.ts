// Bounded words for texts that come out of documents: long values are clipped, long lists counted.

/** Characters of one value shown. */
const MAX_VALUE_CHARS = 120
/** Entries of one list shown. */
export const MAX_LISTED = 20
/** Entries of one kind shown. */
const MAX_OF_KIND = 5

export function clip(value: string, max: number = MAX_VALUE_CHARS): string {
  return value.length <= max ? value : `${value.slice(0, max)}…`
}

/** `a, b and 3 more` */
export function few(values: readonly string[], shown = 3): string {
  const head = values.slice(0, shown).map((value) => clip(value))
  const more = values.length - head.length
  return more > 0 ? `${head.join(', ')} and ${more} more` : head.join(', ')
}

/** Sorted; cut to `MAX_LISTED` with the rest counted in a last entry. */
export function capped(texts: readonly string[]): readonly string[] {
  const sorted = [...new Set(texts)].sort()
  if (sorted.length <= MAX_LISTED) return sorted
  return [...sorted.slice(0, MAX_LISTED), `… and ${sorted.length - MAX_LISTED} more`]
}

/** The first few of every kind, so that no kind is crowded out; the rest counted. */
export function cappedByKind<K extends string>(
  items: readonly { readonly kind: K; readonly text: string }[],
): readonly { readonly kind: K; readonly text: string }[] {
  const byKind = new Map<K, string[]>()
  for (const { kind, text } of items) {
    const held = byKind.get(kind)
    if (held === undefined) byKind.set(kind, [text])
    else held.push(text)
  }
  return [...byKind].flatMap(([kind, texts]) => {
    const shown = texts.slice(0, MAX_OF_KIND).map((text) => ({ kind, text }))
    const more = texts.length - shown.length
    return more > 0 ? [...shown, { kind, text: `… and ${more} more` }] : shown
  })
}
