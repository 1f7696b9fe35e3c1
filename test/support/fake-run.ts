// A run without a platform behind it: what it was asked to report is remembered.
import { err, ok } from '../../src/core/result.ts'
import type { Run, Update } from '../../src/gate/ports.ts'

export interface FakeRun extends Run {
  readonly reported: readonly (Update & { readonly at: number })[]
}

export interface FakeRunOptions extends Partial<Omit<Run, 'acceptedAt'>> {
  /** Answers one update; default: accepted. */
  readonly answer?: (update: Update, n: number) => ReturnType<Run['report']>
}

export function fakeRun(clock: { now(): number }, options: FakeRunOptions = {}): FakeRun {
  const { answer = async () => ok('accepted'), ...given } = options
  const reported: (Update & { at: number })[] = []
  return {
    id: 'taskrs-1',
    runId: 'run-1',
    ask: { kind: 'judge', stage: 'post_plan' },
    enforcement: 'mandatory',
    speculative: false,
    context: { tags: {} },
    openPlan: async () => err({ reason: 'not-found' }),
    seal: async () => 'sealed',
    ...given,
    acceptedAt: clock.now(),
    report: (update) => {
      reported.push({ ...update, at: clock.now() })
      return answer(update, reported.length)
    },
    reported,
  }
}
