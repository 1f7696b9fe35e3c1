// A case through the core, as the gate does it: examined once, asked twice, concluded.

import { needsNeighbours } from '../../src/core/analysis/facts.ts'
import { conclude, examine } from '../../src/core/assess.ts'
import type { Decision } from '../../src/core/decision.ts'
import { readPlan } from '../../src/core/plan/read.ts'
import type { Examination } from '../../src/core/policy/examination.ts'
import { parsePolicy } from '../../src/core/policy/file.ts'
import type { Policy } from '../../src/core/policy/policy.ts'
import type {
  Asked,
  Heard,
  Packet,
  Prompt,
  Question,
  Reviewed,
} from '../../src/core/review/model.ts'
import { readOpinion } from '../../src/core/review/opinion.ts'
import { packetOf } from '../../src/core/review/packet.ts'
import { blindPrompt, informedPrompt } from '../../src/core/review/prompt.ts'
import { questionsOf } from '../../src/core/review/questions.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import type { AskedModel } from '../../src/entry/practice/model/api-rules.ts'
import { type Sent, textOf } from './case.ts'
import type { Reader } from './readers.ts'
import { AT, type Setting, widestPolicy } from './settings.ts'

const policies = new Map<string, Policy>()

async function policyFor({ preset }: Setting): Promise<Policy> {
  const known = policies.get(preset)
  if (known !== undefined) return known
  const policy = await parsePolicy(widestPolicy(preset))
  if (!policy.ok) throw new Error(JSON.stringify(policy.error))
  policies.set(preset, policy.value)
  return policy.value
}

export interface Prepared {
  readonly examination: Examination
  readonly questions: readonly Question[]
  readonly packet: Packet
  readonly blind: Prompt
  readonly informed: Prompt
  readonly rules: Decision
}

/** Undefined where the document cannot be read: then there is no verdict to weaken. */
export async function prepare(sent: Sent, setting: Setting): Promise<Prepared | undefined> {
  const plan = await readPlan(new Blob([textOf(sent)]).stream(), {
    hasher: nodeHasher(),
    keepUnchanged: needsNeighbours,
  })
  if (!plan.ok) return undefined
  const { environment } = setting
  const context = { tags: {}, ...sent.run, environment, at: AT }
  const examination = examine(plan.value, context, await policyFor(setting))
  const questions = questionsOf(examination)
  const packet = packetOf(examination, questions)
  const notes = sent.notes === undefined ? {} : { notes: sent.notes }
  return {
    examination,
    questions,
    packet,
    blind: blindPrompt(packet),
    informed: await informedPrompt(packet, notes),
    rules: await conclude(examination),
  }
}

/** What may stand between a reading and its effect: tests break it on purpose. */
export type Broken = (reviewed: Reviewed, prepared: Prepared) => Reviewed

export async function decided(
  prepared: Prepared,
  reader: Reader,
  broken: Broken = (reviewed) => reviewed,
): Promise<Decision> {
  const { examination, questions } = prepared
  return conclude(examination, broken({ questions, heard: heardFrom(prepared, reader) }, prepared))
}

function heardFrom({ packet, blind, informed }: Prepared, reader: Reader): Heard {
  const asked: Asked = {
    model: reader.model ?? 'practice-1',
    promptDigest: 'sha256:1',
    packetDigest: 'sha256:2',
    notesDigest: null,
    codeBlocks: 0,
    leftOut: packet.leftOut,
    hostile: packet.hostile,
    usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 },
    cost: null,
  }
  const first = readOpinion(reader.blind(askedWith(blind)), packet, 'blind')
  if (!first.ok) return { kind: 'none', asked, because: first.error }
  const second = readOpinion(reader.informed(askedWith(informed)), packet, 'informed')
  if (!second.ok) return { kind: 'none', asked, because: second.error }
  return { kind: 'opinions', asked, blind: first.value, informed: second.value }
}

export function askedWith({ system, blocks, schema }: Prompt): AskedModel {
  return { model: 'practice-1', maxTokens: 1, system: [system], blocks, schema, cachedBlocks: 0 }
}
