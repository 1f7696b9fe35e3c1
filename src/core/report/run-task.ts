// What HCP Terraform and Terraform Enterprise show of a decision: one message, and outcomes.
import type { Decision } from '../decision.ts'

export interface Outcome {
  readonly id: string
  readonly description: string
  /** Markdown. */
  readonly body: string
  readonly tags: Readonly<Record<string, readonly OutcomeTag[]>>
}

export interface OutcomeTag {
  readonly label: string
  readonly level: 'none' | 'info' | 'warning' | 'error'
}

export interface RunTaskReport {
  readonly status: 'passed' | 'failed'
  readonly message: string
  readonly outcomes: readonly Outcome[]
}

export interface RunTaskRun {
  readonly stage: 'pre_plan' | 'post_plan' | 'pre_apply' | 'post_apply'
  readonly enforcement: 'advisory' | 'mandatory' | 'unknown'
  readonly speculative: boolean
}

export function runTaskReport(_decision: Decision, _run: RunTaskRun): RunTaskReport {
  return { status: 'failed', message: 'not built yet', outcomes: [] }
}
