// What HCP Terraform and Terraform Enterprise may expect of a run task, statement by statement. The
// tests carry the numbers of the checklist they come from; all of them speak HTTP only.
//
// Left out: 31 (nothing is resumed after a crash: the service keeps no state, the platform's own
// time-out holds the run), 47 (configuration archives are never opened), 79 (source addresses are
// not filtered). Elsewhere, because they need more than HTTP: 67 in run-task.test.ts (a broken part),
// 78 in test/runtime/private-ca.test.ts, 81 and 84 in test/runtime/served.test.ts (a process). A
// Worker has no CA setting and no signals; what it may not finish after the answer waits, sealed, in
// the queue.
import { describe } from 'vitest'
import { type Runtime, rigFor, shortTimeLimit } from '../../support/rig.ts'
import { accepting } from './accepting.ts'
import { authentication } from './authentication.ts'
import { callback } from './callback.ts'
import { operations } from './operations.ts'
import { outbound } from './outbound.ts'
import { MAX_PLAN_BYTES, plan } from './plan.ts'
import { timing } from './timing.ts'
import { verdict } from './verdict.ts'
import { verification } from './verification.ts'

/** Registers every statement that holds on this runtime. */
export function runTaskProtocol(runtime: Runtime): void {
  describe(`run-task protocol on ${runtime.name}`, () => {
    const rig = rigFor(runtime, { HOLDGATE_MAX_PLAN_BYTES: String(MAX_PLAN_BYTES) })
    const hasty = rigFor(runtime, shortTimeLimit(runtime))
    const bench = { runtime, rig, hasty }
    authentication(bench)
    verification(bench)
    accepting(bench)
    outbound(bench)
    plan(bench)
    callback(bench)
    timing(bench)
    verdict(bench)
    operations(bench)
  })
}
