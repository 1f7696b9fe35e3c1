import type { Facts } from '../../analysis/facts.ts'
import type { Change } from '../../change/model.ts'
import { blockAddress } from '../../plan/address.ts'
import type { ConfiguredResource } from '../../plan/model.ts'
import type { Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { finding, findingOn } from '../speak.ts'
import { runsCode as isProgram } from '../state/bookkeeping.ts'

const ID = 'runs-code'

/** Provisioners, provider actions and programs: what they do stands in no attribute. */
export const runsCode: Rule = {
  scope: 'plan',
  id: ID,
  title: 'The apply runs code that the plan does not show',
  why: 'A provisioner, an action or an external program acts with the power of the apply.',
  remedy: 'Move the step out of Terraform, or pin and review what runs.',
  releaseWhen: 'Someone read the script at the commit that will run.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax'],
  check: (facts) => ({
    findings: [...invocations(facts), ...programs(facts), ...provisioners(facts)],
  }),
}

function invocations({ plan }: Facts): Finding[] {
  return plan.invocations.map(({ address, type }) =>
    finding(address, {
      rule: ID,
      concern: 'code-execution',
      hazards: ['supply-chain', 'opaque'],
      severity: 'high',
      what: `runs the provider action ${type}`,
      why: 'Actions have side effects that no resource change shows.',
      alternative:
        'Leave the action out of this apply, and run it once by hand, with someone watching.',
      covers: [],
    }),
  )
}

function programs({ subjects }: Facts): Finding[] {
  return subjects.flatMap(({ change }) =>
    change.mode === 'data' && isProgram(change.type)
      ? [
          findingOn(change, {
            rule: ID,
            concern: 'code-execution',
            hazards: ['supply-chain', 'opaque'],
            severity: 'high',
            what: 'runs a program or fetches from somewhere during the apply',
            why: 'Its answer decides what is built, and nobody reviews the answer.',
            alternative: 'Fetch it before the plan, check it, and pass it in as a variable.',
            covers: 'all',
          }),
        ]
      : [],
  )
}

function provisioners({ plan, subjects }: Facts): Finding[] {
  const blocks = new Map<string, ConfiguredResource>()
  for (const block of plan.configuration?.resources ?? []) blocks.set(block.address, block)
  const isComplete = plan.configuration !== undefined && plan.configuration.partial !== true
  return subjects.flatMap(({ change, kind }): Finding[] => {
    if (
      change.mode !== 'managed' ||
      change.action.kind === 'update' ||
      change.action.kind === 'no-op'
    )
      return []
    const block = blocks.get(blockAddress(change.address))
    if (block === undefined && !isComplete) {
      // Without its configuration nobody can say that a helper made for provisioners has none.
      const helper =
        kind.kind === 'known' &&
        kind.class === 'glue' &&
        kind.row.destroy.reversibility === 'none' &&
        kind.row.destroy.severity >= 3
      return helper
        ? [say(change, 'may run provisioners; its configuration is not part of this document')]
        : []
    }
    if (block === undefined || block.provisioners.length === 0) return []
    const types = block.provisioners.map(({ type, command }) =>
      command === undefined ? type : `${type} "${command}"`,
    )
    return [say(change, `runs ${types.join(', ')}`)]
  })
}

function say(change: Change, what: string): Finding {
  return findingOn(change, {
    rule: ID,
    concern: 'code-execution',
    hazards: ['supply-chain', 'opaque'],
    severity: 'high',
    what,
    why: 'The command is what matters, and its effect is in no attribute of this plan.',
    covers: 'all',
  })
}
