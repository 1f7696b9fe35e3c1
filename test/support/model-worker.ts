// A Worker that does nothing but ask a model once, to try the adapter where it will run.
import { anthropicReviewer } from '../../src/adapters/model/anthropic.ts'
import { secret } from '../../src/adapters/net/secret.ts'
import { systemClock } from '../../src/entry/clock.ts'
import { MODEL, PROMPT } from './model-provider.ts'

interface Wish {
  readonly baseUrl: string
  readonly apiKey: string
  readonly forMs: number
}

export default {
  async fetch(request: Request): Promise<Response> {
    const { baseUrl, apiKey, forMs } = (await request.json()) as Wish
    const reviewer = anthropicReviewer({
      apiKey: secret(apiKey),
      baseUrl,
      model: MODEL,
      net: { fetch: (url, init) => fetch(url, init), clock: systemClock, random: Math.random },
    })
    const until = systemClock.now() + forMs
    const heard = await reviewer.ask(PROMPT, { until, signal: new AbortController().signal })
    return Response.json(heard)
  },
}
