import type { PlanFailure } from '../../../src/core/plan/failure.ts'
import type { Plan } from '../../../src/core/plan/model.ts'
import { type ReadOptions, readPlan } from '../../../src/core/plan/read.ts'
import type { Result } from '../../../src/core/result.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'

type Source = string | Uint8Array | Record<string, unknown>

/** Reads a document given as text, bytes or an object, cut into pieces of `pieceBytes`. */
export function read(
  source: Source,
  options: Partial<ReadOptions> & { readonly pieceBytes?: number } = {},
): Promise<Result<Plan, PlanFailure>> {
  const bytes = toBytes(source)
  const { pieceBytes = bytes.length || 1, ...rest } = options
  return readPlan(pieces(bytes, pieceBytes), {
    hasher: nodeHasher(),
    keepUnchanged: () => false,
    ...rest,
  })
}

export async function readOk(source: Source, options: Partial<ReadOptions> = {}): Promise<Plan> {
  const result = await read(source, options)
  if (!result.ok) throw new Error(`not read: ${JSON.stringify(result.error)}`)
  return result.value
}

export async function readFailure(
  source: Source,
  options: Partial<ReadOptions> = {},
): Promise<PlanFailure> {
  const result = await read(source, options)
  if (result.ok) throw new Error('read, against expectation')
  return result.error
}

export function toBytes(source: Source): Uint8Array {
  if (source instanceof Uint8Array) return source
  return new TextEncoder().encode(typeof source === 'string' ? source : JSON.stringify(source))
}

export function pieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close()
      else {
        controller.enqueue(bytes.slice(at, at + size))
        at += size
      }
    },
  })
}

/** A small whole plan; members given replace or add to it. */
export function plan(members: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    configuration: { root_module: {} },
    timestamp: '2026-11-20T08:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
    ...members,
  }
}

/** One element of `resource_changes`; `members` reach the element, `inner` its change. */
export function element(
  actions: unknown,
  inner: Record<string, unknown> = {},
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    address: 'aws_vpc.main',
    mode: 'managed',
    type: 'aws_vpc',
    name: 'main',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions,
      before: { cidr_block: '10.0.0.0/16' },
      after: { cidr_block: '10.0.0.0/16' },
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...inner,
    },
    ...members,
  }
}
