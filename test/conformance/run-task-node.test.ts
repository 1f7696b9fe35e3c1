import { nodeRuntime } from '../support/node-runtime.ts'
import { runTaskProtocol } from './run-task/suite.ts'

runTaskProtocol(nodeRuntime)
