// Two steps that are small alone and large together. Looks at findings, not at attributes, and can
// only add: what each of them means by itself stays as it is.
import type { Concern, Finding } from './finding.ts'
import { finding } from './speak.ts'

interface Pair {
  readonly id: string
  readonly first: readonly Concern[]
  readonly second: readonly Concern[]
  /** Both on one object, or anywhere in the plan. */
  readonly within: 'object' | 'plan'
  readonly what: string
  readonly why: string
  readonly hazards: Finding['hazards']
}

/** Risk table 3.10, "Interactions". */
const PAIRS: readonly Pair[] = [
  {
    id: 'blinded',
    first: ['monitoring-lowered', 'audit-lowered'],
    second: [
      'identity-granted',
      'identity-wide',
      'identity-dangerous',
      'exposure-internet',
      'key-weakened',
    ],
    within: 'plan',
    what: 'somebody gains access while a log or alarm is taken away',
    why: 'Each alone may be routine; together the first use of the new access is not seen.',
    hazards: ['audit-loss', 'privilege-escalation'],
  },
  {
    id: 'unguarded',
    first: ['protection-lowered'],
    second: ['destroy-stateful', 'interruption', 'data-deleted-by-setting', 'one-way'],
    within: 'object',
    what: 'loses a guard in the same step that needs it',
    why: 'The guard or copy is gone at the moment when something can go wrong with this object.',
    hazards: ['protection-loss', 'outage'],
  },
  {
    id: 'cut-and-moved',
    first: ['network-narrowed', 'identity-removed'],
    second: ['traffic-moved', 'workload-rollout'],
    within: 'plan',
    what: 'access is cut while traffic or code moves',
    why: 'When users fail afterwards, nobody can tell which of the two did it.',
    hazards: ['outage', 'blast-radius'],
  },
]

/** One finding for each pair that the findings of a plan complete. */
export function interactionsIn(findings: readonly Finding[]): Finding[] {
  return PAIRS.flatMap((pair) => {
    const firsts = findings.filter(({ concern }) => pair.first.includes(concern))
    const seconds = findings.filter(({ concern }) => pair.second.includes(concern))
    if (firsts.length === 0 || seconds.length === 0) return []
    if (pair.within === 'plan') return [say(pair, '', [...firsts, ...seconds])]
    const touched = new Map(seconds.map((one) => [one.address, one]))
    return firsts.flatMap((one) => {
      const other = touched.get(one.address)
      return other === undefined || one.address === '' ? [] : [say(pair, one.address, [one, other])]
    })
  })
}

function say(pair: Pair, address: string, parts: readonly Finding[]): Finding {
  const ordered = [...parts].sort((a, b) => (a.summary < b.summary ? -1 : 1))
  return finding(address, {
    rule: `interaction-${pair.id}`,
    concern: 'interaction',
    hazards: pair.hazards,
    severity: 'high',
    what: pair.what,
    why: pair.why,
    evidence: ordered.slice(0, 6).map(({ summary }) => ({ path: '', note: summary })),
    alternative: 'Split it into two plans and look at the first before the second.',
    covers: [],
  })
}
