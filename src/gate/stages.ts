// What each of the four stages needs. Data: a stage that is not here is not judged. What a report may
// say at a stage is the report's business (`core/report/run-task.ts`).
import type { Stage } from './ports.ts'

export interface StageRow {
  /** Without a plan only the standing orders count: kill switch and freezes. */
  readonly needsPlan: boolean
  /** A second reader is asked where its answer can still stop something. */
  readonly asksModel: boolean
}

export const stages: Readonly<Record<Stage, StageRow>> = {
  pre_plan: { needsPlan: false, asksModel: false },
  post_plan: { needsPlan: true, asksModel: true },
  // Judged again: hours may lie between plan and confirmation, and a freeze may have begun.
  pre_apply: { needsPlan: true, asksModel: true },
  // The infrastructure has changed already: a verdict here is a remark.
  post_apply: { needsPlan: true, asksModel: false },
}
