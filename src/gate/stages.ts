// What each of the four stages needs and may say. Data: a stage that is not here is not judged.
import type { Stage } from './ports.ts'

export interface StageRow {
  /** Without a plan only the standing orders count: kill switch and freezes. */
  readonly needsPlan: boolean
  /** How a report speaks of what was looked at. */
  readonly subject: string
  /** What follows from a hold. Never claims that the run stops: an advisory task stops nothing. */
  readonly advice: string
}

export const stages: Readonly<Record<Stage, StageRow>> = {
  pre_plan: {
    needsPlan: false,
    subject: 'This run',
    advice: 'A person should decide whether to run it now.',
  },
  post_plan: {
    needsPlan: true,
    subject: 'This plan',
    advice: 'A person should look at it before it is applied.',
  },
  pre_apply: {
    needsPlan: true,
    subject: 'This plan',
    advice: 'A person should look at it before it is applied.',
  },
  // The infrastructure has changed already: a verdict here is a remark.
  post_apply: {
    needsPlan: true,
    subject: 'The applied plan',
    advice: 'It has been applied already; a person should look at what it did.',
  },
}
