import { classifyActions } from '../../change/action.ts'
import { isEmptyJson, sameJson } from '../../json.ts'
import type { Plan } from '../../plan/model.ts'
import type { Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

const ID = 'output-changed'

/** Outputs are what other workspaces read; a lost one breaks them at their next plan. */
export const outputChanged: Rule = {
  scope: 'plan',
  id: ID,
  title: 'An output goes away or becomes readable',
  why: 'Other configurations read outputs, and nothing in this plan shows who.',
  remedy: 'Keep the old output beside the new one until its readers have moved.',
  releaseWhen: 'No other workspace reads it.',
  sources: ['https://developer.hashicorp.com/terraform/language/state/remote-state-data'],
  check: ({ plan }) => ({
    findings: plan.outputs.flatMap((output): Finding[] => {
      const action = classifyActions(output.actions)
      if (action.kind === 'unrecognised') {
        return [
          say(
            output.name,
            'unrecognised',
            'opaque',
            'has a list of actions this version does not know',
            'A new word may mean anything.',
          ),
        ]
      }
      if (
        output.beforeSensitive === true &&
        output.afterSensitive !== true &&
        action.kind !== 'delete'
      ) {
        return [
          say(
            output.name,
            'secret-shown',
            'secret-exposure',
            'is no longer marked sensitive',
            'Its value is printed from now on.',
          ),
        ]
      }
      if (action.kind === 'delete' && plan.changes.some(({ actions }) => actions[0] !== 'delete')) {
        return [
          say(
            output.name,
            'output-changed',
            'outage',
            'goes away',
            'Whoever reads it through remote state fails at the next plan.',
          ),
        ]
      }
      if (action.kind === 'update' && isIdentifier(output)) {
        return [
          say(
            output.name,
            'output-changed',
            'outage',
            'names another object than before',
            'Whoever reads it replaces or re-attaches what hangs on it at the next plan.',
          ),
        ]
      }
      return []
    }),
  }),
}

/** An id, address or name of something others build on, known on both sides and different. */
function isIdentifier({ name, before, after }: Plan['outputs'][number]): boolean {
  if (!/(^|_)(ids?|arns?|endpoint|cidrs?|cidr_block|fqdn|host|hostname)$/i.test(name)) return false
  return !isEmptyJson(before) && !isEmptyJson(after) && !sameJson(before ?? null, after ?? null)
}

function say(
  name: string,
  concern: Finding['concern'],
  hazard: Finding['hazards'][number],
  what: string,
  why: string,
): Finding {
  return finding(`output.${name}`, {
    rule: ID,
    concern,
    hazards: [hazard],
    severity: concern === 'output-changed' ? 'medium' : 'high',
    what,
    why,
    covers: [],
  })
}
