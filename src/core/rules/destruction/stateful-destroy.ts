import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const statefulDestroy: Rule = endOfObject({
  id: 'stateful-destroy',
  title: 'Destroying something that holds data',
  classes: ['datastore', 'volume', 'messaging'],
  way: 'delete',
  why: 'What is stored in it goes with it. Data survives only in a copy that lives elsewhere and that someone restores.',
  remedy:
    'If it should only leave this configuration, use a removed block with destroy = false; if it was renamed, add a moved block.',
  releaseWhen: 'The data was migrated and checked, or the object never held any.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
