import { appRuntime } from '../support/app-runtime.ts'
import { runTaskProtocol } from './run-task/suite.ts'

runTaskProtocol(appRuntime)
