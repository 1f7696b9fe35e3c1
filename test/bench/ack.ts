// How fast a delivery is answered, against a bare handler on the same server library that does
// nothing but verify the signature. Loopback only. The deliveries are verification requests, so
// that the door is measured and not the work behind it.
import { Agent, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { startServer } from '../../src/entry/node.ts'
import { sign, verificationPayload } from '../../src/entry/practice/payload.ts'
import { readSettings } from '../../src/entry/settings.ts'
import { type Bench, type BenchLine, median, rounded } from './measure.ts'

const KEY = 'bench-key-0123456789abcdef'
const BODY = JSON.stringify(verificationPayload('http://127.0.0.1:1'))
const SIGNATURE = sign(BODY, KEY)
const ROUNDS = 5
const REQUESTS = 2000
const CONNECTIONS = 16
const AGAINST = 'a bare handler that only verifies'

interface Sample {
  readonly perSecond: number
  readonly p99Ms: number
}

export const ackBench: Bench = { name: 'ack', run: ack }

async function* ack(): AsyncGenerator<BenchLine> {
  const bare = await startBare()
  const real = await startReal()
  try {
    const samples: Record<'bare' | 'real', Sample[]> = { bare: [], real: [] }
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, url] of [['bare', bare.url] as const, ['real', real.url] as const]) {
        const sample = await load(url)
        if (round > 0) samples[name].push(sample)
      }
    }
    const middle = (name: 'bare' | 'real', of: keyof Sample): number =>
      median(samples[name].map((sample) => sample[of]))
    yield {
      bench: 'ack deliveries',
      value: Math.round(middle('real', 'perSecond')),
      unit: 'deliveries/s',
      against: AGAINST,
      ratio: rounded(middle('real', 'perSecond') / middle('bare', 'perSecond')),
    }
    yield {
      bench: 'ack p99',
      value: rounded(middle('real', 'p99Ms')),
      unit: 'ms',
      against: AGAINST,
      ratio: rounded(middle('bare', 'p99Ms') / middle('real', 'p99Ms')),
    }
  } finally {
    await real.close()
    await bare.close()
  }
}

interface Target {
  readonly url: string
  close(): Promise<void>
}

async function startReal(): Promise<Target> {
  const settings = readSettings({ HOLDGATE_HMAC_KEY: KEY, HOST: '127.0.0.1', PORT: '0' })
  if (!settings.ok) throw new Error(settings.error)
  const server = await startServer(settings.value, { writeLog: () => undefined })
  return { url: `${server.url}/run-task`, close: () => server.close() }
}

async function startBare(): Promise<Target> {
  const bytes = new TextEncoder().encode(KEY)
  const algorithm = { name: 'HMAC', hash: 'SHA-512' }
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify'])
  const app = new Hono()
  app.post('/run-task', async (c) => {
    const body = await c.req.arrayBuffer()
    const given = Buffer.from(c.req.header('x-tfc-task-signature') ?? '', 'hex')
    const good = await crypto.subtle.verify('HMAC', key, given, body)
    return good ? c.json({ status: 'accepted' }) : c.body(null, 401)
  })
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () =>
      resolve(started as Server),
    )
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/run-task`,
    close: () => new Promise((done) => server.close(() => done())),
  }
}

/** A fixed number of deliveries over a fixed number of kept connections. */
async function load(url: string): Promise<Sample> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const times: number[] = []
  const start = performance.now()
  let left = REQUESTS
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const sent = performance.now()
      await deliver(url, agent)
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  return { perSecond: REQUESTS / seconds, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0 }
}

function deliver(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(BODY),
      'x-tfc-task-signature': SIGNATURE,
    }
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(new Error(`answered ${response.statusCode}`)),
      )
    })
    sending.on('error', reject)
    sending.end(BODY)
  })
}
