// Answers of the Messages API as data, and a prompt to ask it.
import type { Prompt } from '../../src/core/review/model.ts'

export const MODEL = 'claude-sonnet-5-5'

export const PROMPT: Prompt = {
  system: 'Read the packet.',
  blocks: ['{"packet":1}', 'the rest'],
  schema: {
    type: 'object',
    properties: {
      position: { type: 'string', enum: ['release', 'hold', 'unsure'] },
      claims: { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 200 } },
    },
    required: ['position', 'claims'],
    additionalProperties: false,
  },
}

export const USAGE = {
  input_tokens: 1_000,
  output_tokens: 100,
  cache_creation_input_tokens: 400,
  cache_read_input_tokens: null,
}

/** A message as the API gives it, with these members in place of the usual ones. */
export function message(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 'msg_01',
    type: 'message',
    role: 'assistant',
    model: MODEL,
    content: [{ type: 'text', text: '{"position":"unsure","claims":[]}' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: USAGE,
    ...changes,
  }
}

/** The body of an error as the API gives it. */
export function failure(type: string): Record<string, unknown> {
  return { type: 'error', error: { type, message: 'Something about it.' }, request_id: 'req_01' }
}
