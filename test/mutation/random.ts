// Numbers that are the same in every run.

export interface Random {
  /** From `low` to `high`, both included. */
  int(low: number, high: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** Up to `count` items, each at most once, in the order given. */
  some<T>(items: readonly T[], count: number): readonly T[]
}

/** Mulberry32: 32 bits of state are plenty for choosing among a few hundred things. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    int,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    some: (items, count) => {
      const chosen = new Set<number>()
      const wanted = Math.min(count, items.length)
      while (chosen.size < wanted) chosen.add(int(0, items.length - 1))
      return items.filter((_, at) => chosen.has(at))
    },
  }
}
