import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const monitoringDestroy: Rule = endOfObject({
  id: 'monitoring-destroy',
  title: 'Removing monitoring or audit',
  classes: ['monitoring'],
  why: 'The next incident, or the next attacker, is not seen; the gap in the record stays for ever.',
  remedy: 'Create the replacement first and keep both for one cycle.',
  releaseWhen: 'What it watched is removed in the same plan.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
