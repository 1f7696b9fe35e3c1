import { describe, expect, it } from 'vitest'
import type { Fault, Repeated } from '../../../src/entry/practice/faults.ts'
import type { ReceivedRequest } from '../../../src/entry/practice/recording.ts'
import { EMPTY_PLAN, HELD_PLAN, planJson, RELEASED_PLAN, tagChanged } from '../../support/plans.ts'
import { type Bench, shown } from '../../support/rig.ts'

export const MAX_PLAN_BYTES = 4_000_000

export function plan({ runtime, rig, hasty }: Bench): void {
  describe('plan and configuration', () => {
    it('39. the plan is asked for with the token of the same delivery, at once', async () => {
      const { run } = await rig().decide()
      const [first] = run.requests.filter(({ method }) => method === 'GET')
      expect(first?.headers.authorization).toBe(`Bearer ${run.identity.token}`)
      expect(first?.target).toBe(new URL(run.identity.planUrl).pathname)
    })

    it('40. 204 is tried again; when it stays, the final callback says so', async () => {
      const { run, final } = await rig().decide(planFaults(status(204), 2))
      expect(asked(run)).toHaveLength(3)
      expect(final.outcomes.length).toBeGreaterThan(0)

      const never = await hasty().decide(planFaults(status(204), 'always'))
      expect(never.final.status).toBe('failed')
      expect(never.final.message).toMatch(/plan/i)
      expect(asked(never.run).length).toBeGreaterThan(1)
    })

    it('41. the temporary address is used once; a second need asks the platform again', async () => {
      const { run, final } = await rig().decide({
        faults: { store: [{ fault: { kind: 'reset' }, times: 1 }] },
      })
      const downloads = run.requests.filter(({ door }) => door === 'store')
      expect(downloads).toHaveLength(2)
      expect(new Set(downloads.map(({ target }) => target)).size).toBe(2)
      expect(asked(run)).toHaveLength(2)
      expect(final.outcomes.length).toBeGreaterThan(0)
    })

    it('42. 401, 404 and 422 each end in a final callback of its own wording', async () => {
      const messages = new Set<string>()
      for (const code of [401, 404, 422]) {
        const { run, final } = await rig().decide(planFaults(status(code), 'always'))
        expect(final.status).toBe('failed')
        expect(asked(run)).toHaveLength(1)
        messages.add(final.message)
      }
      expect(messages.size).toBe(3)
    })

    it('43. 429 and 5xx are tried again', async () => {
      const faults = [status(429, '0'), status(500), status(503), status(502)]
      const script: Repeated[] = faults.map((fault) => ({ fault, times: 1 }))
      const { run, final } = await rig().decide({ faults: { plan: script } })
      expect(asked(run)).toHaveLength(5)
      expect(final.outcomes.length).toBeGreaterThan(0)
    })

    it('43. Retry-After is honoured', async () => {
      // Longer than any first back-off would be, so only the header explains the wait.
      const seconds = runtime.speed > 1 ? 30 : 2
      const { run } = await rig().decide(planFaults(status(429, String(seconds)), 1))
      const [first, second] = asked(run)
      const waitedMs = ((second?.at ?? 0) - (first?.at ?? 0)) * runtime.speed
      expect(waitedMs).toBeGreaterThan(seconds * 950)
    })

    it('44. a plan above the limit is dropped while streaming, and the callback says so', async () => {
      let sent = 0
      const piece = Buffer.alloc(256 * 1024, 0x20)
      const { final } = await rig().decide({
        plan: {
          kind: 'stream',
          open: async function* () {
            yield Buffer.from(RELEASED_PLAN.slice(0, -1))
            for (; sent < 400 * 1024 * 1024; sent += piece.byteLength) yield piece
            yield Buffer.from('}')
          },
        },
      })
      expect(final.status).toBe('failed')
      expect(final.message).toMatch(/4[ ,._\u00a0\u202f]?000[ ,._\u00a0\u202f]?000|limit/)
      expect(sent).toBeLessThan(200 * 1024 * 1024)
    })

    it.each([
      ['truncated', { kind: 'truncated' }],
      ['empty', { kind: 'empty' }],
      ['a page of a proxy', { kind: 'wrong-content', text: '<html>Sign in</html>' }],
    ] as const)('45. a plan that is %s is never passed', async (_, content) => {
      const { final } = await rig().decide({
        plan: { kind: 'text', text: RELEASED_PLAN },
        faults: { content },
      })
      expect(final.status).toBe('failed')
    })

    it('45. a plan whose connection breaks is never passed', async () => {
      const { final } = await hasty().decide({
        plan: { kind: 'text', text: RELEASED_PLAN },
        faults: { content: { kind: 'broken' } },
      })
      expect(final.status).toBe('failed')
    })

    it.each(['{}', '[]', 'null', '{"format_version":"1.2"}', '{"resource_changes":[]}', 'x'])(
      '45. %s instead of a plan is never passed',
      async (text) => {
        const { final } = await rig().decide({ plan: { kind: 'text', text } })
        expect(final.status).toBe('failed')
      },
    )

    it('46. an unknown major format is explained, an unknown minor is read', async () => {
      const major = planJson([tagChanged()], { format_version: '7.0' })
      const minor = planJson([tagChanged()], { format_version: '1.99', brand_new: { a: [1] } })
      const refused = await rig().decide({ plan: { kind: 'text', text: major } })
      expect(refused.final.status).toBe('failed')
      expect(refused.final.message).toContain('7.0')
      const read = await rig().decide({ plan: { kind: 'text', text: minor } })
      const usual = await rig().decide({ plan: { kind: 'text', text: RELEASED_PLAN } })
      expect(read.final.status).toBe(usual.final.status)
    })

    it('48. sensitive values appear in no callback and in no log', async () => {
      const { run } = await rig().decide({ plan: { kind: 'text', text: HELD_PLAN } })
      expect(HELD_PLAN).toContain('not-for-anyone')
      expect(shown(run.callbacks)).not.toContain('not-for-anyone')
      expect(rig().service.logs()).not.toContain('not-for-anyone')
    })

    it('a plan in gzip is read like any other', async () => {
      const text = { kind: 'text', text: EMPTY_PLAN } as const
      const plain = await rig().decide({ plan: text })
      const zipped = await rig().decide({ plan: text, faults: { content: { kind: 'gzip' } } })
      expect(zipped.final.message).toBe(plain.final.message)
      expect(zipped.final.status).toBe(plain.final.status)
    })
  })
}

function status(code: number, retryAfter?: string): Fault {
  return {
    kind: 'status',
    status: code,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}

function planFaults(fault: Fault, times: Repeated['times']): { faults: { plan: Repeated[] } } {
  return { faults: { plan: [{ fault, times }] } }
}

function asked(run: { readonly requests: readonly ReceivedRequest[] }): readonly ReceivedRequest[] {
  return run.requests.filter(({ door, method }) => door === 'api' && method === 'GET')
}
