import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const backupDestroy: Rule = endOfObject({
  id: 'backup-destroy',
  title: 'Destroying a backup or what makes backups',
  classes: ['backup'],
  why: 'Backups are the way back from every other mistake; nothing breaks today and nothing can be restored tomorrow.',
  remedy: 'Keep the copies under a retention rule, or move them out of this configuration first.',
  releaseWhen: 'Newer copies exist elsewhere and one of them was restored as a test.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
