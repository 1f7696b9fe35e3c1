// What the rules said, by rule and in structure; sentences only where nothing in them is a person's.
import type { JsonValue } from '../../json.ts'
import { pathText } from '../../json.ts'
import type { Weighed } from '../../policy/weigh.ts'
import type { Evidence } from '../../rules/finding.ts'
import { RULES } from '../../rules/index.ts'
import { visible } from '../../text/safe.ts'
import { redact } from '../../text/secrets.ts'
import type { Question } from '../model.ts'
import { shownSide } from './change-items.ts'
import type { Body, Desk, Item } from './desk.ts'

const TITLES: ReadonlyMap<string, string> = new Map(RULES.map(({ id, title }) => [id, title]))

/** As evidence writes paths. */
const LONGEST_PATH = 120

export function findingItem(
  desk: Desk,
  { finding, holds, fixed, grant }: Weighed,
  question?: Question,
): Item {
  const counts = `finding of severity ${finding.severity}${holds ? ' that holds' : ''}`
  return desk.write(counts, 1, () => {
    const { curtain } = desk
    const said = finding.summary.startsWith(`${finding.address} `)
      ? finding.summary.slice(finding.address.length + 1)
      : finding.summary
    const evidence = finding.evidence.map((one) => evidenceOf(desk, finding.address, one))
    const address = desk.cite(
      finding.address,
      evidence.map(({ path }) => path),
    )
    const title = TITLES.get(finding.rule)
    return {
      item: 'finding',
      ...(question === undefined ? {} : { question: question.id }),
      rule: finding.rule,
      ...(title === undefined ? {} : { title }),
      concern: finding.concern,
      hazards: finding.hazards,
      severity: finding.severity,
      holds,
      ...(fixed === undefined ? {} : { held_by_the_team: true }),
      ...(grant === undefined ? {} : { granted: true }),
      address,
      says: curtain.sentence(said, `${address}, what the rule ${finding.rule} says`),
      evidence,
    } satisfies Body
  })
}

/** The values of the change itself where the evidence is one of its attributes, else what is quoted. */
function evidenceOf(
  desk: Desk,
  address: string,
  one: Evidence,
): { readonly path: string; readonly [name: string]: JsonValue } {
  const { curtain, byAddress } = desk
  const path = curtain.writtenPath(one.path)
  const where = `${curtain.address(address)} ${path}`.trim()
  const change = byAddress.get(address)?.change
  const delta = change?.deltas.find(
    (each) => visible(redact(pathText(each.path)), LONGEST_PATH) === one.path,
  )
  const side = (which: 'before' | 'after'): JsonValue | undefined => {
    const quoted = one[which]
    if (quoted === undefined) return undefined
    if (change !== undefined && delta !== undefined) {
      return shownSide(desk, change, delta, which) ?? null
    }
    const steps = one.path.split(/[.[\]"]+/)
    return curtain.value(quoted, { unknown: undefined, sensitive: undefined }, steps, where)
  }
  const before = side('before')
  const after = side('after')
  return {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(one.forcesReplacement === undefined ? {} : { forces_replacement: true }),
    ...(one.note === undefined ? {} : { note: curtain.sentence(one.note, where) }),
  }
}
