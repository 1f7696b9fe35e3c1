import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const networkRuleDestroy: Rule = endOfObject({
  id: 'network-rule-destroy',
  title: 'Removing a network rule or guard whose net effect cannot be worked out',
  classes: ['network_rule'],
  why: 'A rule that goes may have let people in or kept strangers out; here it cannot be told which.',
  remedy: 'Put the replacement in place first, and remove this one in a later plan.',
  check: 'Whom did it let in or keep out, and which other rule does that from now on?',
  releaseWhen: 'What it guarded is gone, or another rule guards it.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
})
