// Free text for a reader that may take words for orders: one line, nothing hidden in it, and nothing
// that looks like the frame it is shown in.
import { visible } from '../../text/safe.ts'

/** One line of at most `most` UTF-16 units that no delimiter, markup or turn of a chat can stand in. */
export function neutral(text: string, most: number): string {
  // Signs come in many widths; those that look like a bracket or a fence become plain quotes of it.
  const plain = text
    .replace(/[<＜﹤〈《‹«⟨⟪❮❰]/gu, '‹')
    .replace(/[>＞﹥〉》›»⟩⟫❯❱]/gu, '›')
    .replace(/[`ˋ´｀‵]/gu, "'")
    .replace(/([=_~#*|^-]|[\u2010-\u2015\u2500-\u257f\uff0d\uff1d\uff03\uff5e])\1{2,}/gu, '$1$1')
    .replace(/'{3,}/g, "''")
    .replace(/"{3,}/g, '""')
    .replace(TURN, '$1$2 -')
    .replace(/\b(begin|end)\s{1,8}(?=sha-?256)/gi, '$1-')
    .replace(/\[(?=\/?(?:INST|SYS|system|user|assistant|plan|end|begin)\b)/gi, '(')
  return visible(plain, most)
}

const TURN =
  /(^|[^\p{L}\p{N}])(human|assistant|system|user|developer|model|claude|tool|ai|reviewer|holdgate)\s{0,8}[:：﹕︰꞉∶]/giu

const LOOKALIKES: readonly { readonly find: RegExp; readonly reason: string }[] = [
  {
    reason: 'a lookalike of the frame around the plan',
    find: /[<＜﹤〈‹]\s{0,3}[/／]?\s{0,3}(?:plan|packet|writings?|untrusted|review|opinion|notes?|question|questions|verdict|decision|context|findings?|end|begin|data)(?:[-_ :=][^<>]{0,60})?\s{0,3}[/／]?\s{0,3}[>＞﹥〉›]/iu,
  },
  {
    reason: 'a lookalike of the frame around the plan',
    find: /(?:[-=#*_]{3,}|[<>]{3,}|\[)\s{0,3}(?:begin|end|start|stop)[ _-](?:of[ _-])?(?:the[ _-])?(?:plan|packet|writings?|untrusted|data|text|input|notes?|context|document|user|message)/i,
  },
  {
    reason: 'a lookalike of the frame around the plan',
    find: /\b(?:begin|end)\s{1,8}sha-?256[-:]/i,
  },
  {
    reason: 'a lookalike of an answer',
    find: /["']position\\?["']\s{0,8}[:=]\s{0,8}\\?["']release\b/i,
  },
  {
    reason: 'a turn of a conversation',
    find: /(?:^|[\n\r]|\\n|[.!?]\s)\s{0,8}(?:human|assistant|system prompt|claude)\s{0,8}[:：﹕]/iu,
  },
]

/** Why a text looks made to break out of the frame it is shown in. */
export function lookalikes(text: string): readonly string[] {
  const read = text.slice(0, 65_536)
  return [...new Set(LOOKALIKES.filter(({ find }) => find.test(read)).map(({ reason }) => reason))]
}
