import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const protectionDestroy: Rule = endOfObject({
  id: 'protection-destroy',
  title: 'Removing protection at the edge',
  classes: ['edge_protection'],
  why: 'Requests it blocked reach the service behind it.',
  remedy: 'Attach the replacement first, in count mode, and remove this one in a later plan.',
  releaseWhen: 'The service behind it is gone, or another protection is in front of it.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
