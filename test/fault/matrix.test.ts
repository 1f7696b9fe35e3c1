import { appRuntimeWith } from '../support/app-runtime.ts'
import { faultMatrix } from './suite.ts'

/** Slow enough that a busy machine is not taken for a platform that does not answer. */
const SPEED = 5

faultMatrix(appRuntimeWith(SPEED, {}), { timeLimit: '1m', atOnce: 48 })
