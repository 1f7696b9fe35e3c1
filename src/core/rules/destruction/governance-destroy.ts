import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const governanceDestroy: Rule = endOfObject({
  id: 'governance-destroy',
  title: 'Removing what an organisation relies on',
  classes: ['governance'],
  why: 'Accounts, projects, guard rails and what hangs below them go or lose their limits.',
  remedy: 'Ask the owner of the rule, not the requester of the change.',
  releaseWhen: 'The owner of the guard rail asked for it.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
