// From the text a model answered to an opinion. The text is untrusted: what cites nothing that was
// shown is thrown away and counted, and whatever contradicts itself counts as its more cautious half.
import { parseDocument } from 'yaml'
import { err, ok, type Result } from '../result.ts'
import { redact } from '../text/secrets.ts'
import { type Written, WrittenOpinion } from './answer.ts'
import { clean, SENTENCE_LENGTH } from './clean.ts'
import type { Answer, Claim, Opinion, Packet, PassName } from './model.ts'

/** UTF-16 units; no honest answer is a tenth as long. */
export const MAX_ANSWER_CHARACTERS: number = 65_536
/** More are cut, those that only reassure first. */
export const MAX_CLAIMS: number = 40

type Cited = Pick<Written['claims'][number], 'address' | 'path'>

/**
 * Checks an answer against what was shown. Never throws. The error is one public sentence that
 * repeats nothing of the text: not JSON, another shape, too long, mostly citing nothing, or a hold
 * without a reason that holds water.
 */
export function readOpinion(text: string, packet: Packet, pass: PassName): Result<Opinion, string> {
  const written = parse(text)
  if (!written.ok) return written
  const { claims, answers, position } = written.value
  const cited = claims.filter((claim) => isShown(claim, packet))
  const answered = answersIn(answers, packet)
  const discarded = claims.length - cited.length + answered.discarded
  if (discarded * 2 > claims.length + answers.length) {
    return err(`most of what the ${pass} pass said cites nothing that it was shown`)
  }
  const kept = consistent(cited.map((claim) => claimOf(claim, packet, pass)))
  const against = kept.filter(({ kind }) => kind !== 'harmless')
  if (position === 'hold' && against.length === 0) {
    return err(`the ${pass} pass would hold the plan and gave no reason that can be looked up`)
  }
  const shaken =
    against.length === 0 &&
    (claims.some((claim) => claim.kind !== 'harmless') ||
      [...answered.byId.values()].some((answer) => answer !== 'harmless'))
  return ok({
    position: against.length > 0 ? 'hold' : shaken ? 'unsure' : position,
    claims: [...against, ...kept.filter(({ kind }) => kind === 'harmless')].slice(0, MAX_CLAIMS),
    answers: answered.byId,
    discarded,
  })
}

function parse(text: string): Result<Written, string> {
  if (text.length > MAX_ANSWER_CHARACTERS) return err('the answer is longer than any real one')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err('the answer is not JSON')
  }
  const written = WrittenOpinion.safeParse(json)
  if (!written.success) return err('the answer does not have the agreed shape')
  return saysTwice(text) ? err('the answer says something twice') : ok(written.data)
}

/**
 * Members of the same name leave open which one was meant, and `JSON.parse` takes the last in silence.
 * YAML 1.2 holds JSON, and its parser is strict about this; what it cannot read counts as doubtful too.
 */
function saysTwice(text: string): boolean {
  return parseDocument(text, { uniqueKeys: true, schema: 'json' }).errors.length > 0
}

/** Letter by letter: an address that is nearly right was not read off the packet. */
function isShown({ address, path }: Cited, packet: Packet): boolean {
  const shown = packet.citable.get(address)
  return shown !== undefined && (path === '' || shown.paths.has(path))
}

function claimOf(claim: Written['claims'][number], packet: Packet, pass: PassName): Claim {
  const { kind, address, path, hazard, says } = claim
  return {
    // Nothing that people wrote was shown to the blind pass, so nothing can be other than said.
    kind: kind === 'mismatch' && pass === 'blind' ? 'worry' : kind,
    address: packet.citable.get(address)?.address ?? address,
    path,
    hazard: hazard === 'none' ? null : hazard,
    says: clean(says, SENTENCE_LENGTH),
  }
}

/** Each claim once; nothing is harmless that is worried about in the same breath. */
function consistent(claims: readonly Claim[]): readonly Claim[] {
  const place = ({ address, path }: Claim): string => JSON.stringify([address, path])
  const worried = new Set(claims.filter(({ kind }) => kind !== 'harmless').map(place))
  const once = new Map(claims.map((claim) => [JSON.stringify(claim), claim]))
  return [...once.values()].filter(
    (claim) => claim.kind !== 'harmless' || !worried.has(place(claim)),
  )
}

const CAUTION: Readonly<Record<Answer, number>> = { harmless: 0, unsure: 1, hold: 2 }

/**
 * By question. An answer counts where it cites the question's own object as it was shown; one that
 * does not is discarded, and still spoils a `harmless` to the same question unless it says the same.
 */
function answersIn(
  answers: Written['answers'],
  packet: Packet,
): { readonly byId: ReadonlyMap<string, Answer>; readonly discarded: number } {
  const byId = new Map<string, Answer>()
  let discarded = 0
  for (const given of answers) {
    const question = packet.questions.find(({ id }) => id === given.question)
    const address = packet.citable.get(given.address)?.address
    const counts =
      question !== undefined &&
      isShown(given, packet) &&
      (address === question.finding.address || address === redact(question.finding.address))
    if (!counts) discarded += 1
    if (question === undefined || (!counts && given.answer === 'harmless')) continue
    const answer = counts ? given.answer : 'unsure'
    const before = byId.get(question.id)
    if (before === undefined || CAUTION[answer] > CAUTION[before]) byId.set(question.id, answer)
  }
  return { byId, discarded }
}
