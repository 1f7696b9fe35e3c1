import { nameOf } from '../../change/from-plan.ts'
import type { Change, Value } from '../../change/model.ts'
import { isList, isObject, type JsonValue, pathText } from '../../json.ts'
import { hostileText as reasonsIn } from '../../text/hostile.ts'
import type { Evidence, Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

const ID = 'hostile-text'
const MOST = 20

/** Text that tries to steer whoever reads the plan. What it says is never repeated in full. */
export const hostileText: Rule = {
  scope: 'plan',
  id: ID,
  title: 'Text in the plan that tries to steer its reviewer',
  why: 'Instructions, fake verdicts and invisible characters have no place in infrastructure.',
  remedy: 'Find out who wrote it; remove it.',
  releaseWhen: 'A person read the raw plan and knows where the text comes from.',
  sources: ['https://owasp.org/www-project-top-10-for-large-language-model-applications/'],
  check: ({ subjects, plan }) => {
    const findings: Finding[] = []
    for (const { change } of subjects) {
      if (findings.length >= MOST) break
      const evidence = look(change)
      if (evidence.length > 0) findings.push(say(nameOf(change), evidence))
    }
    for (const output of plan.outputs) {
      const reasons = [...reasonsIn(output.name), ...textsIn(output.after).flatMap(reasonsIn)]
      if (reasons.length > 0 && findings.length < MOST) {
        findings.push(
          say('', [{ path: '', note: `an output: ${[...new Set(reasons)].join(', ')}` }]),
        )
      }
    }
    return { findings }
  },
}

function look(change: Change): Evidence[] {
  const found: Evidence[] = []
  const inName = reasonsIn(change.address)
  if (inName.length > 0) found.push({ path: '', note: `in its address: ${inName.join(', ')}` })
  for (const delta of change.deltas) {
    if (found.length >= 5) break
    const keys = delta.path.flatMap((step) => (typeof step === 'string' ? reasonsIn(step) : []))
    const reasons = [...keys, ...textsOf(delta.before), ...textsOf(delta.after)]
    if (reasons.length > 0) {
      found.push({ path: pathText(delta.path), note: [...new Set(reasons)].join(', ') })
    }
  }
  return found
}

function textsOf(value: Value): string[] {
  return value.kind === 'known' ? textsIn(value.value).flatMap(reasonsIn) : []
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (isList(value)) return value.flatMap(textsIn)
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)])
    : []
}

function say(address: string, evidence: readonly Evidence[]): Finding {
  return finding(address, {
    rule: ID,
    concern: 'hostile-text',
    hazards: ['prompt-injection'],
    severity: 'high',
    what: 'carries text that tries to steer whoever reviews it',
    why: 'Such text is written for a reviewer, not for infrastructure; treat its author as compromised until shown otherwise.',
    evidence,
    covers: [],
  })
}
