// What a bench is, and how two ways of doing the same are timed side by side.

export interface BenchLine {
  readonly bench: string
  readonly value: number
  readonly unit: string
  /** What it is compared with; absent where the line is a plain measurement. */
  readonly against?: string
  /** How many times better than `against`: above 1 is faster or smaller. */
  readonly ratio?: number
}

export interface Bench {
  readonly name: string
  run(): AsyncIterable<BenchLine>
}

export function report(line: BenchLine): void {
  console.log(JSON.stringify(line))
}

/**
 * Median milliseconds of each way, run in turns so that a busy machine slows all of them alike. One
 * round to warm up; garbage of one run is collected before the next where `--expose-gc` allows it.
 */
export async function interleaved(
  rounds: number,
  ways: Readonly<Record<string, () => Promise<void>>>,
): Promise<Readonly<Record<string, number>>> {
  const times = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, way] of Object.entries(ways)) {
      globalThis.gc?.()
      const start = performance.now()
      await way()
      if (round > 0) times.get(name)?.push(performance.now() - start)
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, median(all)]))
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
