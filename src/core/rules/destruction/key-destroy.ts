import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const keyDestroy: Rule = endOfObject({
  id: 'key-destroy',
  title: 'Destroying a key, secret or certificate',
  classes: ['key_secret'],
  why: 'What was encrypted with a key dies with it; what logs in with a secret stops.',
  remedy: 'Re-encrypt or rotate the readers first; disable the key and wait before its deletion.',
  releaseWhen: 'Nothing used it for 90 days, month ends included.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
