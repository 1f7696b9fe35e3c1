// Where items are written: the curtain, and what an item shows of addresses and paths so that a claim
// can cite it.
import type { JsonValue } from '../../json.ts'
import type { Severity } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Examination } from '../../policy/examination.ts'
import type { Weighed } from '../../policy/weigh.ts'
import { redact } from '../../text/secrets.ts'
import type { Curtain, Withheld } from '../redaction/curtain.ts'

const ORDER: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical']

export type Body = { readonly [name: string]: JsonValue | undefined }

/** An address that an item shows, what it stands for, and the paths shown with it. */
export interface Cited {
  readonly shown: string
  readonly address: string
  readonly path: string
}

export interface Item {
  /** What is counted when it does not fit: "change of severity low". */
  readonly counts: string
  /** How many of those it stands for. */
  readonly size: number
  /** JSON; empty where it was not written because there is no room. */
  readonly line: string
  readonly cited: readonly Cited[]
  readonly withheld: readonly Withheld[]
}

/** In place of an item that is only counted. */
export const UNWRITTEN: Item = { counts: '', size: 1, line: '', cited: [], withheld: [] }

export interface Desk {
  readonly examination: Examination
  readonly curtain: Curtain
  readonly byAddress: ReadonlyMap<string, Subject>
  /** Most dangerous first. */
  readonly weighed: readonly Weighed[]
  /** The highest severity of the findings on an address. */
  severityOf(address: string): Severity | undefined
  /** Shows an address and makes it citable, with these paths; a claim names it as the decision does. */
  cite(address: string, paths?: readonly string[]): string
  /** Writes one item: everything shown and withheld meanwhile belongs to it. */
  write(counts: string, size: number, body: () => Body): Item
}

export function deskFor(parts: Omit<Desk, 'cite' | 'write' | 'severityOf'>): Desk {
  let cited: Cited[] = []
  const { curtain } = parts
  // The plan as a whole can be cited where a finding is about it, and is nothing to cite elsewhere.
  const hasWhole = parts.weighed.some(({ finding }) => finding.address === '')
  const severities = new Map<string, Severity>()
  for (const { finding } of parts.weighed) {
    const known = severities.get(finding.address)
    if (known === undefined || ORDER.indexOf(finding.severity) > ORDER.indexOf(known)) {
      severities.set(finding.address, finding.severity)
    }
  }
  return {
    ...parts,
    severityOf: (address) => severities.get(address),
    cite: (address, paths = []) => {
      const shown = curtain.address(address)
      const named = redact(address)
      if (address === '' && !hasWhole) return shown
      for (const path of ['', ...paths]) cited.push({ shown, address: named, path })
      return shown
    },
    write: (counts, size, body) => {
      cited = []
      curtain.take()
      const line = JSON.stringify(body())
      return { counts, size, line, cited, withheld: curtain.take() }
    },
  }
}
