import { workerdRuntime } from '../support/workerd-runtime.ts'
import { reviewSuite } from './review/suite.ts'

reviewSuite(workerdRuntime)
