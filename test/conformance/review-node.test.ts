import { nodeRuntime } from '../support/node-runtime.ts'
import { reviewSuite } from './review/suite.ts'

reviewSuite(nodeRuntime)
