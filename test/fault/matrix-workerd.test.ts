import { workerdRuntime } from '../support/workerd-runtime.ts'
import { faultMatrix } from './suite.ts'

faultMatrix(workerdRuntime, {
  timeLimit: '20s',
  atOnce: 40,
  includes: (stage) => stage === 'post_plan',
})
