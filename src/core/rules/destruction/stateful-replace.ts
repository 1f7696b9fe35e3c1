import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const statefulReplace: Rule = endOfObject({
  id: 'stateful-replace',
  title: 'Replacing something that holds data',
  classes: ['datastore', 'volume', 'messaging'],
  way: 'replace',
  why: 'The new object starts empty. Create-before-destroy saves the service, not the data.',
  remedy:
    'Undo the edit that forces the replacement, or restore a copy into the new object and switch over in two steps.',
  releaseWhen: 'It was created in the same change window and has no readers or writers yet.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
