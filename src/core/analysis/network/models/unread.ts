// Models whose rules are not compared: layer 7 matches, hierarchies of policies, translated addresses.
// Saying "unknown" is the whole of what is done for them.
import type { Collector } from '../collector.ts'

/** `reads`: the attributes in which the rules stand, so that other edits are left to others. */
export function unread(reads: readonly string[]): Collector {
  return {
    style: 'inline',
    ordered: true,
    duplicates: false,
    implied: [],
    reads,
    words: [],
    collect: (_side, { subject }) => {
      const { address } = subject.change
      return [
        {
          group: { key: address, label: address, isNew: false },
          rules: [],
          doubts: ['rules of this kind are not compared'],
          remarks: [],
        },
      ]
    },
  }
}
