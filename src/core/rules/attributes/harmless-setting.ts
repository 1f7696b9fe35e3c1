// Settings whose change harms nobody, as the catalogue says from the provider's documentation.
import type { Delta, Value } from '../../change/model.ts'
import { isEmptyJson } from '../../json.ts'
import type { Rule, Spoken } from '../rule.ts'
import { isUnder } from './paths.ts'

const ID = 'harmless-setting'

export const harmlessSetting: Rule = {
  scope: 'change',
  id: ID,
  title: 'A setting whose change harms nobody',
  why: 'Texts, waiting times of Terraform itself and conveniences touch neither service nor protection.',
  remedy: 'None needed.',
  releaseWhen: 'Always, as long as both values can be read.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
  check: ({ change, kind }): Spoken => {
    if (kind.kind === 'unknown' || change.mode !== 'managed') return {}
    if (change.action.kind !== 'update') return {}
    const { harmless = [], harmless_to_add: additions = [] } = kind.row
    const covers = change.deltas
      .filter((delta) => (meets(harmless, delta) && isPlain(delta)) || isAddition(additions, delta))
      .map(({ name }) => name)
    if (covers.length === 0) return {}
    return {
      clearances: [
        {
          rule: ID,
          address: change.address,
          covers,
          note: 'settings that touch nothing in service',
        },
      ],
    }
  },
}

function meets(paths: readonly string[], delta: Delta): boolean {
  return !delta.markOnly && paths.some((path) => isUnder(delta.name, path))
}

function isPlain({ before, after }: Delta): boolean {
  return isReadable(before) && isReadable(after)
}

function isReadable(value: Value): boolean {
  return value.kind === 'known' || value.kind === 'absent'
}

/** Whatever it will be, it takes nothing away: nothing was there. A secret is not looked at here. */
function isAddition(paths: readonly string[], delta: Delta): boolean {
  const { before, after } = delta
  const wasUnset =
    before.kind === 'absent' || (before.kind === 'known' && isEmptyJson(before.value))
  return meets(paths, delta) && wasUnset && (isReadable(after) || after.kind === 'unknown')
}
