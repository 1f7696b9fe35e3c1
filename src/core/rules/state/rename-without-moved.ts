import type { RenamedModule, RenamePair, Renames } from '../../analysis/renames.ts'
import { blockAddress } from '../../plan/address.ts'
import type { Evidence, Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'
import { movedBlock, movedBlocks } from './moved-block.ts'

const ID = 'rename-without-moved'
const SHOWN = 6

/** One object, or a module of them, under a new address, planned as a destroy and a create. */
export const renameWithoutMoved: Rule = {
  scope: 'plan',
  id: ID,
  title: 'A rename that Terraform does not know about',
  why: 'Without a moved block the same object is destroyed under its old address and made anew.',
  remedy: 'Add the moved block; the plan then changes nothing.',
  releaseWhen: 'A new object is really wanted and the old one holds nothing.',
  sources: ['https://developer.hashicorp.com/terraform/language/modules/develop/refactoring'],
  check: ({ renames }) => ({
    findings: [
      ...refactored(renames),
      ...renames.modules.map(ofModule),
      ...grouped(renames.pairs).map((pairs) => ofBlock(pairs)),
    ],
  }),
}

function ofModule({ from, to, members, without }: RenamedModule): Finding {
  const rest = without === 0 ? '' : ` ${without} more of ${from} have no counterpart and really go.`
  return finding(to, {
    rule: ID,
    concern: 'state-surgery',
    hazards: ['state-surgery'],
    severity: 'high',
    what: `is ${from} under a new name (${members} resources); a moved block is missing`,
    why: `${members} resources go with ${from} and come with ${to}, each under the same local address.${rest} Without a moved block every one of them is destroyed and made anew.`,
    alternative: movedBlock(from, to),
    check: AFTERWARDS,
    covers: [],
  })
}

const AFTERWARDS =
  'Add the moved block and plan again: the destroy and the create should both be gone.'

/** The instances of one block that go to one other block are one rename. */
function grouped(pairs: readonly RenamePair[]): RenamePair[][] {
  const groups = new Map<string, RenamePair[]>()
  for (const pair of pairs) {
    const key = `${blockAddress(pair.from)}\n${blockAddress(pair.to)}\n${pair.certainty}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [pair])
    else group.push(pair)
  }
  return [...groups.values()]
}

function ofBlock(pairs: readonly RenamePair[]): Finding {
  const [first] = pairs
  const { from = '', to = '', certainty, matchedBy = [], reason = '' } = first ?? {}
  const many = pairs.length > 1
  return finding(to, {
    rule: ID,
    concern: 'state-surgery',
    hazards: ['state-surgery'],
    severity: 'high',
    what: `${certainty === 'same' ? 'is' : 'is probably'} ${from} under a new address${
      many ? `, and ${pairs.length - 1} more instances with it` : ''
    }; a moved block is missing`,
    why: `${
      matchedBy.length === 0
        ? 'Nearly all attributes are equal, so this looks like one object renamed'
        : `Both sides agree on ${matchedBy.join(', ')}, so this is one object renamed`
    }, planned as destroy and create. ${wayOf(from, to, reason)}`,
    evidence: evidenceOf(pairs),
    alternative: movedBlocks(pairs),
    check: AFTERWARDS,
    covers: 'all',
  })
}

function evidenceOf(pairs: readonly RenamePair[]): Evidence[] {
  if (pairs.length < 2) return []
  const shown = pairs.slice(0, SHOWN).map(({ from, to }) => ({ path: '', note: `${from} → ${to}` }))
  const rest = pairs.length - shown.length
  return rest === 0 ? shown : [...shown, { path: '', note: `and ${rest} more` }]
}

function wayOf(from: string, to: string, reason: string): string {
  const sameBlock = blockAddress(from) === blockAddress(to)
  switch (reason) {
    case 'delete_because_wrong_repetition':
      return 'count or for_each was switched, and Terraform cannot know which instance became which.'
    case 'delete_because_each_key':
      return sameBlock ? 'Its key in for_each changed.' : 'Its key left the for_each map.'
    case 'delete_because_no_move_target':
      return 'A moved block exists, but points at an address without configuration: correct its target.'
    case 'delete_because_no_module':
      return 'Its module is gone from the configuration.'
    default:
      return 'Where names are unique the create may even collide with the old object.'
  }
}

/** Most of a state goes and comes again: a refactoring, or the wrong state. */
function refactored({ wholesale }: Renames): Finding[] {
  if (wholesale === undefined) return []
  const { moved, existing } = wholesale
  return [
    finding('', {
      rule: ID,
      concern: 'state-surgery',
      hazards: ['state-surgery', 'blast-radius'],
      severity: 'critical',
      what: `${moved} of ${existing} existing objects would be destroyed and made again under other addresses`,
      why: 'So many pairs of equal objects mean that code was moved around without moved blocks, or that the plan was made against another state.',
      check: 'Is this the state of this configuration? If so, add the moved blocks and plan again.',
      alternative: `Write moved blocks for the ${moved} pairs, module by module, until the plan is empty.`,
      covers: [],
    }),
  ]
}
