import type { Rule } from '../rule.ts'
import { isRoutine } from './end-of-object.ts'
import { isLoss, isTrivialLoss } from './loss.ts'

/** Ends nothing of weight: helpers without effect outside the state, and routine publications. */
export const trivialDestroy: Rule = {
  scope: 'change',
  id: 'trivial-destroy',
  title: 'Ending an object that nothing depends on',
  why: 'Destroy and replace are only words: a timer, a waiter or a published version loses nothing.',
  remedy: 'None needed.',
  releaseWhen: 'Always, unless it runs code, which another rule looks at.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/terraform-data'],
  check: (subject) => {
    const { change, kind } = subject
    if (!isLoss(subject) || change.deposed !== undefined) return {}
    if (isTrivialLoss(kind)) {
      return {
        clearances: [
          {
            rule: 'trivial-destroy',
            address: change.address,
            covers: 'all',
            note: 'objects that nothing depends on',
          },
        ],
      }
    }
    if (!isRoutine(subject) || (kind.kind === 'known' && kind.class === 'key_secret')) return {}
    return {
      clearances: [
        {
          rule: 'trivial-destroy',
          address: change.address,
          covers: 'all',
          note: 'routine new versions',
        },
      ],
    }
  },
}
