import { nodeRuntimeWith } from '../support/node-runtime.ts'
import { faultMatrix } from './suite.ts'

/** Slow enough that a busy machine is not taken for a platform that does not answer. */
const SPEED = 5

faultMatrix(nodeRuntimeWith(SPEED, {}), { timeLimit: '1m', atOnce: 48 })
