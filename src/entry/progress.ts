import { visible } from '../core/text/safe.ts'
import type { Io } from './io.ts'

export interface Progress {
  readonly show: (bytes: number) => void
  readonly end: () => void
}

const WIPED = '\r\u001b[2K'
const MEBIBYTE = 1024 * 1024
/** Smaller plans are read before anyone could look. */
const WORTH_SHOWING = 8 * MEBIBYTE

/** A line on a terminal's standard error that counts what was read, and is wiped afterwards. */
export function progressOn(io: Io, total: number | undefined): Progress {
  const silent = io.stderr.isTTY !== true || (total !== undefined && total < WORTH_SHOWING)
  let shown = false
  return {
    show: (bytes) => {
      if (silent || bytes < WORTH_SHOWING) return
      shown = true
      const read = `${Math.floor(bytes / MEBIBYTE)} MiB`
      const share = total === undefined ? '' : ` of ${Math.ceil(total / MEBIBYTE)} MiB`
      io.stderr.write(`\rreading the plan: ${read}${share}`)
    },
    end: () => {
      if (shown) io.stderr.write(WIPED)
    },
  }
}

const SECOND_MS = 1_000

/** A line on a terminal's standard error that counts seconds, and is wiped afterwards. */
export function waitingOn(io: Io | undefined, what: string): Pick<Progress, 'end'> {
  if (io?.stderr.isTTY !== true) return { end: () => undefined }
  const began = Date.now()
  const show = (): void => {
    const seconds = Math.round((Date.now() - began) / SECOND_MS)
    io.stderr.write(`\r${visible(what, 60)} (${seconds} s)`)
  }
  show()
  const timer = setInterval(show, SECOND_MS)
  return {
    end: () => {
      clearInterval(timer)
      io.stderr.write(WIPED)
    },
  }
}
