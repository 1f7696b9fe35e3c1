import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const computeDestroy: Rule = endOfObject({
  id: 'compute-destroy',
  title: 'Destroying what runs or holds work together',
  classes: ['compute_fleet', 'compute_singleton', 'serverless', 'metadata', 'glue'],
  why: 'What runs on it stops; a replacement comes up under another identity and without local state.',
  remedy: 'Shift work away first; create_before_destroy for stateless things.',
  releaseWhen: 'It serves nothing, or its replacement is already serving.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
