// JSON lines through an injected writer. What may be logged is decided where it is logged; the
// field type admits only scalars, so no object with a token in it can slip through whole.
import type { Clock, Log } from '../gate/ports.ts'

/** @param write receives one line without its line break */
export function jsonLines(write: (line: string) => void, clock: Pick<Clock, 'now'>): Log {
  return (level, event, fields = {}) => {
    const time = new Date(clock.now()).toISOString()
    write(JSON.stringify({ time, level, event, ...fields }))
  }
}
