import type { Clearance } from '../finding.ts'
import type { Rule } from '../rule.ts'

const ID = 'bookkeeping'

/** Changes that touch Terraform's own books and nothing else: moves, imports and reads. */
export const bookkeeping: Rule = {
  scope: 'change',
  id: ID,
  title: 'Only Terraform’s own books change',
  why: 'A move, an import without change and a read leave the real object as it is.',
  remedy: 'None needed.',
  releaseWhen: 'Always.',
  sources: ['https://developer.hashicorp.com/terraform/language/moved'],
  check: ({ change }) => {
    const clear = (note: string): { clearances: Clearance[] } => ({
      clearances: [{ rule: ID, address: change.address, covers: 'all', note }],
    })
    if (change.deposed !== undefined) return {}
    if (change.action.kind === 'no-op' && change.deltas.length === 0) {
      if (change.importing) return clear('imports without change')
      return clear(change.previousAddress === undefined ? 'unchanged objects' : 'pure moves')
    }
    if (change.action.kind === 'read' && change.mode === 'data' && !runsCode(change.type)) {
      return clear('data sources read during apply')
    }
    if (change.action.kind === 'open' && change.mode === 'ephemeral')
      return clear('ephemeral values opened')
    return {}
  },
}

/** Data sources that run a program or fetch from anywhere (Terraform language, `external`, `http`). */
export function runsCode(type: string): boolean {
  return type === 'external' || type === 'http'
}
