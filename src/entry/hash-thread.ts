// SHA-256 on a thread that the whole process shares: hashing a large plan takes half as long as
// scanning it, and both go on at once.
import { Worker } from 'node:worker_threads'

/** One document being hashed elsewhere. At most one of its promises may be awaited at a time. */
export interface RemoteHash {
  /** Takes the buffer away; its first `length` bytes are the next ones of the document. */
  add(buffer: ArrayBuffer, length: number): void
  /** A buffer that came back, to be filled again. */
  spare(): ArrayBuffer | undefined
  /** Buffers taken away and not yet back. */
  away(): number
  /** Settles once a buffer has come back. Rejects where the thread died. */
  returned(): Promise<void>
  /** Lower-case hex of all that was added. Rejects where the thread died. */
  digest(): Promise<string>
  /** The digest is not wanted any more. */
  drop(): void
}

type Order =
  | { readonly id: number; readonly buffer: ArrayBuffer; readonly length: number }
  | { readonly id: number; readonly end: 'digest' | 'drop' }
interface Answer {
  readonly id: number
  readonly done: ArrayBuffer | string
}

interface Caller {
  answered(done: ArrayBuffer | string): void
  failed(cause: unknown): void
}
interface Thread {
  readonly worker: Worker
  readonly callers: Map<number, Caller>
  /** Promises being awaited: while there are any, the process must not end. */
  waiting: number
}

let shared: Thread | undefined
let lastId = 0

/** Begins a hash; starts the thread where there is none. */
export function remoteHash(): RemoteHash {
  shared ??= startThread()
  const thread = shared
  lastId += 1
  const id = lastId
  const spares: ArrayBuffer[] = []
  let away = 0
  let result: string | undefined
  let failure: { readonly cause: unknown } | undefined
  let wake: (() => void) | undefined

  thread.callers.set(id, {
    answered(done) {
      if (typeof done === 'string') result = done
      else {
        away -= 1
        spares.push(done)
      }
      wake?.()
    },
    failed(cause) {
      failure = { cause }
      wake?.()
    },
  })

  function order(what: Order, moved: readonly ArrayBuffer[] = []): void {
    thread.worker.postMessage(what, moved)
  }

  async function answer(): Promise<void> {
    if (failure === undefined) {
      await awaken(thread, (resolve) => {
        wake = resolve
      })
    }
    if (failure !== undefined) throw failure.cause
  }

  return {
    add(buffer, length) {
      away += 1
      order({ id, buffer, length }, [buffer])
    },
    spare: () => spares.pop(),
    away: () => away,
    async returned() {
      while (spares.length === 0) await answer()
    },
    async digest() {
      order({ id, end: 'digest' })
      try {
        while (result === undefined) await answer()
        return result
      } finally {
        thread.callers.delete(id)
      }
    },
    drop() {
      order({ id, end: 'drop' })
      thread.callers.delete(id)
    },
  }
}

/** A promise that keeps the process alive until it is settled. */
async function awaken(thread: Thread, executor: (resolve: () => void) => void): Promise<void> {
  thread.waiting += 1
  thread.worker.ref()
  await new Promise<void>(executor)
  thread.waiting -= 1
  if (thread.waiting === 0) thread.worker.unref()
}

/** Ends the thread, if there is one: what it was asked for fails, and the next hash starts another. */
export function stopThread(): void {
  shared?.worker.terminate()
  shared = undefined
}

function startThread(): Thread {
  // Its own source as text: as a file it would be loaded as TypeScript, with a compiler in memory.
  const worker = new Worker(`(${threadMain})(require)`, { eval: true })
  const thread: Thread = { worker, callers: new Map(), waiting: 0 }
  const fail = (cause: unknown): void => {
    if (shared === thread) shared = undefined
    for (const caller of thread.callers.values()) caller.failed(cause)
  }
  worker.on('message', ({ id, done }: Answer) => thread.callers.get(id)?.answered(done))
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the hashing thread ended')))
  worker.unref()
  return thread
}

/** What runs on the thread; refers to nothing outside itself. */
function threadMain(load: NodeJS.Require): void {
  const { createHash } = load('node:crypto') as typeof import('node:crypto')
  const { parentPort } = load('node:worker_threads') as typeof import('node:worker_threads')
  const hashes = new Map<number, import('node:crypto').Hash>()
  parentPort?.on('message', (order: Order) => {
    const { id } = order
    if ('end' in order) {
      const hash = hashes.get(id)
      hashes.delete(id)
      if (order.end === 'digest') parentPort.postMessage({ id, done: hash?.digest('hex') })
      return
    }
    const hash = hashes.get(id) ?? createHash('sha256')
    hashes.set(id, hash)
    hash.update(new Uint8Array(order.buffer, 0, order.length))
    parentPort.postMessage({ id, done: order.buffer }, [order.buffer])
  })
}
