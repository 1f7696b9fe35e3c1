// The local queue hands out at most five messages, and the next ones only when it has them back. Left
// to the other runtimes are therefore the misbehaviours that only the time limit ends: each would keep
// all others waiting for as long (statements 60 and 66 of the conformance suite play two of them on
// workerd). And since stages do not differ in how the platform is spoken to, stages other than the one
// after the plan are played with one misbehaviour of each door.
import { workerdRuntime } from '../support/workerd-runtime.ts'
import { faultMatrix } from './suite.ts'

const OF_EVERY_STAGE: ReadonlySet<string> = new Set([
  'nothing is wrong',
  'the plan API answers 404',
  'the object store answers 403',
  'the plan is truncated',
  'the callback answers 409',
])

faultMatrix(workerdRuntime, {
  timeLimit: '1m',
  atOnce: 5,
  inWaves: true,
  includes: (stage, { name, lasts }) => (stage === 'post_plan' ? !lasts : OF_EVERY_STAGE.has(name)),
})
