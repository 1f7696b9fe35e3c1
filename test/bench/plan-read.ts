// Reading a plan file of more than 100 MB, digest included, against reading and parsing it whole.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { JSONParser } from '@streamparser/json'
import { readPlan } from '../../src/core/plan/read.ts'
import { fileStream } from '../../src/entry/file-stream.ts'
import { threadHasher } from '../../src/entry/thread-hasher.ts'
import { generatePlan } from './generate-plan.ts'
import { type Bench, type BenchLine, interleaved, rounded } from './measure.ts'

const BYTES = 110_000_000
const ROUNDS = 9

export const planRead: Bench = {
  name: 'plan-read',
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'holdgate-bench-'))
    try {
      const few = join(folder, 'few.json')
      const all = join(folder, 'all.json')
      await pipeline(generatePlan({ bytes: BYTES, changed: 0.01 }), createWriteStream(few))
      await pipeline(generatePlan({ bytes: BYTES, changed: 1 }), createWriteStream(all))
      yield* compare('plan-read, 1% changed', few, true)
      yield* compare('plan-read, all changed', all, false)
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

async function* compare(
  bench: string,
  file: string,
  withStreamParser: boolean,
): AsyncGenerator<BenchLine> {
  const others = {
    'readFile + JSON.parse': async () => {
      JSON.parse(await readFile(file, 'utf8'))
    },
    ...(withStreamParser ? { '@streamparser/json': () => streamParser(file) } : {}),
  }
  // In pairs: what one way leaves to the garbage collector's threads must not slow a third.
  for (const [against, way] of Object.entries(others)) {
    const times = await interleaved(ROUNDS, { ours: () => ours(file), other: way })
    const { ours: value = 0, other = 0 } = times
    yield { bench, value: rounded(value, 0), unit: 'ms', against, ratio: rounded(other / value) }
  }
}

async function ours(file: string): Promise<void> {
  const read = await readPlan(fileStream(file), {
    hasher: threadHasher(),
    keepUnchanged: () => false,
  })
  if (!read.ok) throw new Error(read.error.reason)
}

async function streamParser(file: string): Promise<void> {
  let elements = 0
  const parser = new JSONParser({ paths: ['$.resource_changes.*'], keepStack: false })
  parser.onValue = () => {
    elements += 1
  }
  for await (const piece of createReadStream(file, { highWaterMark: 262_144 })) parser.write(piece)
  if (elements === 0) throw new Error('nothing was found')
}
