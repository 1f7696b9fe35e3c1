// What differs between two texts, for the eye: the parts both sides share, and the middle they do
// not. Whole words only, so that a change of 10.0.0.0/16 to 10.0.0.0/8 marks the 16 and the 8.

export interface Sides {
  readonly head: string
  readonly before: string
  readonly after: string
  readonly tail: string
}

/** `head + before + tail` is the first text, `head + after + tail` the second; both at most a few kB. */
export function changedPart(before: string, after: string): Sides {
  const old = words(before)
  const now = words(after)
  const most = Math.min(old.length, now.length)
  let start = 0
  while (start < most && old[start] === now[start]) start += 1
  let end = 0
  while (end < most - start && old.at(-1 - end) === now.at(-1 - end)) end += 1
  const join = (list: readonly string[], from: number, to: number): string =>
    list.slice(from, to).join('')
  return {
    head: join(old, 0, start),
    before: join(old, start, old.length - end),
    after: join(now, start, now.length - end),
    tail: join(old, old.length - end, old.length),
  }
}

function words(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}\p{M}_]/gu) ?? []
}
