import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const identityDestroy: Rule = endOfObject({
  id: 'identity-destroy',
  title: 'Removing an identity or its rights',
  classes: ['identity'],
  why: 'Whoever works under it loses access, also the job that runs once a month and looks unused today.',
  remedy:
    'Detach and wait a full business cycle before removing; a re-created principal has another id and its old grants are dead.',
  releaseWhen: 'The last use is known and older than the longest job cycle.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
