// What a review has used and shown so far. It is asked for a summary at any moment, because a review
// may end at any moment.
import type { Asked, Usage } from '../../core/review/model.ts'

export interface Account {
  /** One answered or failed attempt. `cost` undefined: nothing was said of it, null: not known. */
  use(usage: Usage | undefined, cost: number | null | undefined): void
  /** What became known of the request. */
  know(part: Partial<Omit<Asked, 'usage' | 'cost'>>): void
  summary(): Asked
}

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }

/** A provider's id of a model; anything else is not repeated. */
const MODEL_ID = /^[\w.:@/-]{1,100}$/

/** @param model the id that is asked for, until the one that answered is known */
export function openAccount(model: string): Account {
  let asked: Asked = {
    model,
    promptDigest: '',
    packetDigest: '',
    notesDigest: null,
    codeBlocks: 0,
    leftOut: [],
    hostile: [],
    usage: NOTHING,
    cost: 0,
  }
  return {
    use: (usage, cost) => {
      asked = {
        ...asked,
        usage: usage === undefined ? asked.usage : sum(asked.usage, usage),
        cost: cost === null || asked.cost === null ? null : dollars(asked.cost + (cost ?? 0)),
      }
    },
    know: (part) => {
      const { model = asked.model } = part
      asked = { ...asked, ...part, model: MODEL_ID.test(model) ? model : asked.model }
    },
    summary: () => asked,
  }
}

/** To the millionth, so that no sum shows how computers add. */
function dollars(sum: number): number {
  return Math.round(sum * 1e6) / 1e6
}

function sum(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  }
}
