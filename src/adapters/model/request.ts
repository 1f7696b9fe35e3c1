// A prompt as the body of one request to the Messages API. No tools, no sampling parameters: the
// API refuses those, and what an answer may look like is bound by its schema.
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema'
import type {
  MessageCreateParamsNonStreaming,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages'
import type { Prompt } from '../../core/review/model.ts'

/** The API takes four breakpoints a request; one is the system's. */
const MAX_CACHED_BLOCKS = 3

export interface RequestOptions {
  readonly model: string
  readonly maxOutputTokens: number
  /** Absent where the model may not know the parameter. */
  readonly effort?: 'low' | 'medium' | 'high'
}

/**
 * Every block but the last ends at a cache breakpoint, and an only block as well: the second pass
 * begins with the blocks of the first. The schema goes out in the subset the API enforces; limits
 * outside of it become words, so the answer has to be checked again.
 */
export function requestBody(
  prompt: Prompt,
  { model, maxOutputTokens, effort }: RequestOptions,
): MessageCreateParamsNonStreaming {
  const { type, schema } = jsonSchemaOutputFormat({ ...prompt.schema, type: 'object' })
  const cached = Math.min(MAX_CACHED_BLOCKS, Math.max(1, prompt.blocks.length - 1))
  return {
    model,
    max_tokens: maxOutputTokens,
    system: [cachedBlock(prompt.system)],
    messages: [
      {
        role: 'user',
        content: prompt.blocks.map((text, n) =>
          n < cached ? cachedBlock(text) : { type: 'text', text },
        ),
      },
    ],
    output_config: { format: { type, schema }, ...(effort === undefined ? {} : { effort }) },
  }
}

function cachedBlock(text: string): TextBlockParam {
  return { type: 'text', text, cache_control: { type: 'ephemeral' } }
}
