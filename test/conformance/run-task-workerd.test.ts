// On workerd the waits are real ones. Left to the other runtimes, because nothing can be injected
// into a Worker and no user would want a setting for it: 58, 59 and 66 (heartbeats begin after
// seconds and repeat after minutes).
import { workerdRuntime } from '../support/workerd-runtime.ts'
import { runTaskProtocol } from './run-task/suite.ts'

runTaskProtocol(workerdRuntime)
