// The order in which findings are told, wherever they are.
import type { Severity } from '../knowledge/kind.ts'
import type { Weighed } from './weigh.ts'

const RANK: Readonly<Record<Severity, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  info: 4,
}

/** Findings that hold first, then by severity; equal ones by their content, never by their place. */
export function byWeight(a: Weighed, b: Weighed): number {
  return (
    Number(b.holds) - Number(a.holds) ||
    RANK[a.finding.severity] - RANK[b.finding.severity] ||
    compare(a.finding.address, b.finding.address) ||
    compare(a.finding.rule, b.finding.rule) ||
    compare(a.finding.summary, b.finding.summary) ||
    compare(JSON.stringify(a.finding.evidence), JSON.stringify(b.finding.evidence))
  )
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
