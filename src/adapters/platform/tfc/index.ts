// HCP Terraform and Terraform Enterprise as a platform: run tasks, all four stages. Order at the
// door: size, raw bytes, signature, and only then JSON. The token stays in this folder's closures.
import { err, ok, type Result } from '../../../core/result.ts'
import type { Rejection } from '../../../gate/failure.ts'
import type { Delivery, Platform, Run } from '../../../gate/ports.ts'
import { readBody } from '../../net/body.ts'
import { onOrigins } from '../../net/origin.ts'
import type { Secret } from '../../net/secret.ts'
import type { Net } from '../../net/send.ts'
import { isSigned, SIGNATURE_HEADER } from './auth.ts'
import { openCode } from './code.ts'
import { parsePayload, type Task } from './payload.ts'
import { openPlan } from './plan.ts'
import { reportTask } from './report.ts'
import { sealTask, unsealTask } from './seal.ts'

export interface TfcOptions {
  /** The current key first, then the one being rotated out. */
  readonly keys: readonly [Secret, ...Secret[]]
  /** The only origins a delivery may name, in their normal form. */
  readonly origins: readonly string[]
  readonly net: Net
}

/** A delivery is about 2 kB; names and messages in it are bounded by the platform. */
export const MAX_DELIVERY_BYTES: number = 1024 * 1024

export function tfcPlatform(options: TfcOptions): Platform {
  const { keys, net } = options
  return {
    name: 'tfc',
    path: '/run-task',
    receive: async (request) => {
      const body = await readBody(request, MAX_DELIVERY_BYTES)
      if (!body.ok) return err(bodyRejection(body.error.reason))
      if (!(await isSigned(body.value, request.headers.get(SIGNATURE_HEADER), keys))) {
        return err({ reason: 'unauthenticated' })
      }
      return received(body.value, net.clock.now(), options)
    },
    reopen: async (sealed) => {
      const opened = await unsealTask(sealed, keys)
      return opened === undefined ? undefined : runOf(opened.task, opened.acceptedAt, options)
    },
  }
}

function received(body: Uint8Array, now: number, options: TfcOptions): Result<Delivery, Rejection> {
  const parsed = parsePayload(body)
  if (!parsed.ok) return err({ reason: 'malformed', detail: parsed.error })
  if (parsed.value.kind === 'probe') return ok(parsed.value)
  const { task } = parsed.value
  // Nobody could ever be told the verdict, so the run is refused here, where it is seen.
  if (onOrigins(task.callbackUrl, options.origins) === undefined) {
    return err({ reason: 'foreign-callback' })
  }
  return ok({ kind: 'run', run: runOf(task, now, options) })
}

function bodyRejection(reason: 'too-large' | 'unreadable'): Rejection {
  return reason === 'too-large' ? { reason, maxBytes: MAX_DELIVERY_BYTES } : { reason }
}

function runOf(task: Task, acceptedAt: number, { keys, origins, net }: TfcOptions): Run {
  const { organization, project, workspace, directory, createdBy, message, branch } = task
  return {
    id: task.resultId,
    runId: task.runId,
    ask: task.ask,
    enforcement: task.enforcement,
    speculative: task.speculative,
    acceptedAt,
    context: {
      ...(organization === undefined ? {} : { organization }),
      ...(project === undefined ? {} : { project }),
      ...(workspace === undefined ? {} : { workspace }),
      ...(directory === undefined ? {} : { directory }),
      ...(createdBy === undefined ? {} : { createdBy }),
      ...(message === undefined ? {} : { message }),
      ...(branch === undefined ? {} : { branch }),
      tags: {},
    },
    openPlan: (limits) => openPlan(task, origins, net, limits),
    openCode: (limits) => openCode(task, origins, net, limits),
    report: (update, limits) => reportTask(task, update, net, limits),
    seal: () => sealTask({ task, acceptedAt }, keys[0]),
  }
}
