import { appRuntime } from '../support/app-runtime.ts'
import { reviewSuite } from './review/suite.ts'

reviewSuite(appRuntime)
