// JSON in a string, written another way: key order and white space are no difference.
import type { Value } from '../../change/model.ts'
import { type JsonValue, sameJson } from '../../json.ts'
import { parseText } from '../../plan/kept.ts'
import type { Rule } from '../rule.ts'

const ID = 'rewritten'
/** Longer documents are left to the rules that read them. */
const MAX_CHARS = 200_000

export const rewritten: Rule = {
  scope: 'change',
  id: ID,
  title: 'A document written another way',
  why: 'Providers and people order the keys of a JSON text as they like; what it says stays.',
  remedy: 'None needed.',
  releaseWhen: 'Always, as long as both texts hold the same content.',
  sources: ['https://developer.hashicorp.com/terraform/language/functions/jsonencode'],
  check: ({ change }) => {
    if (change.action.kind !== 'update' || change.mode !== 'managed') return {}
    const covers = change.deltas
      .filter(({ before, after, markOnly }) => !markOnly && saysTheSame(before, after))
      .map(({ name }) => name)
    return covers.length === 0
      ? {}
      : {
          clearances: [
            {
              rule: ID,
              address: change.address,
              covers,
              note: 'documents rewritten, same content',
            },
          ],
        }
  },
}

function saysTheSame(before: Value, after: Value): boolean {
  const [old, next] = [documentIn(before), documentIn(after)]
  return old !== undefined && next !== undefined && sameJson(old, next)
}

function documentIn(value: Value): JsonValue | undefined {
  if (value.kind !== 'known' || typeof value.value !== 'string') return undefined
  if (value.value.length > MAX_CHARS || !/^\s*[[{]/.test(value.value)) return undefined
  return parseText(value.value)
}
