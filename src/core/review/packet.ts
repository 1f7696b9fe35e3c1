// What a second reader is shown of a plan: the most dangerous first, whole items only, inside a
// budget, without secrets and without anything a person wrote.
import { nameOf } from '../change/from-plan.ts'
import type { Examination } from '../policy/examination.ts'
import { byWeight } from '../policy/weight.ts'
import type { Citable, Packet, Question } from './model.ts'
import { assembleSteps } from './packet/assemble.ts'
import { type Desk, deskFor, type Item } from './packet/desk.ts'
import { writingsOf } from './packet/writings.ts'
import { accountHider } from './redaction/accounts.ts'
import { type Curtain, curtainOver } from './redaction/curtain.ts'
import { hostileReasons } from './redaction/hostile-reasons.ts'
import { type Place, peoplesTexts, readRound } from './redaction/reading-round.ts'
import { type SecretBook, secretBookOf } from './redaction/secret-book.ts'
import { spoken } from './redaction/spoken.ts'
import { finish, type Steps } from './steps.ts'

/**
 * UTF-8 bytes of a packet. About 30 000 tokens: both passes together stay below a tenth of a US
 * dollar at common prices, and a model still reads all of it with care.
 */
const MAX_BYTES = 98_304
/** Reasons told; one is enough for a person to look. */
const MOST_HOSTILE = 20

/**
 * The packet of an examination. Pure; the order of the document's lists does not matter. `maxBytes`
 * bounds `text` in UTF-8 bytes. Work is linear in the plan's size.
 */
export function packetOf(
  examination: Examination,
  questions: readonly Question[],
  options: { readonly maxBytes?: number } = {},
): Packet {
  return finish(packetSteps(examination, questions, secretBookOf(examination.plan), options))
}

/** The same step by step. `secrets` are those of the examination's plan. */
export function* packetSteps(
  examination: Examination,
  questions: readonly Question[],
  secrets: SecretBook,
  { maxBytes = MAX_BYTES }: { readonly maxBytes?: number } = {},
): Steps<Packet> {
  const { facts, weighing } = examination
  const ours = spoken()
  const reasonsBy = new Map<string, readonly string[]>()
  const reasonsOf = (text: string): readonly string[] => {
    const known = reasonsBy.get(text)
    if (known !== undefined) return known
    const found = hostileReasons(text)
    if (text.length <= 400) reasonsBy.set(text, found)
    return found
  }
  const curtain = curtainOver({
    secrets,
    isOurs: ours.isOurs,
    isHostile: (text) => reasonsOf(text).length > 0,
    hideAccounts: accountHider(examination),
  })
  const hostile = new Set<string>()
  for (const { text, place, hand, isShown } of readRound(examination)) {
    ours.learn(text, hand)
    yield
    if (!isShown || hostile.size >= MOST_HOSTILE) continue
    for (const reason of reasonsOf(text)) hostile.add(`${reason}, ${placeText(curtain, place)}`)
  }
  const desk = deskFor({
    examination,
    curtain,
    byAddress: new Map(facts.subjects.map((subject) => [nameOf(subject.change), subject])),
    weighed: [...weighing.weighed].sort(byWeight),
  })
  const { text, bytes, items, leftOut } = yield* assembleSteps(desk, questions, maxBytes)
  const run = desk.write('text of the run', 1, () => runBody(desk))
  const shown = [run, ...items]
  const writings = writingsOf(
    shown.flatMap(({ withheld }) => withheld),
    curtain,
    secrets,
  )
  return {
    text,
    bytes,
    citable: citableFrom(items),
    questions,
    leftOut: [
      ...leftOut,
      ...writings.leftOut,
      ...(secrets.overflow ? ['every text: there are more secrets than can be looked for'] : []),
    ],
    writings: writings.writings,
    hostile: [...hostile],
  }
}

/** Texts of the run that nothing in the packet shows: the second reader is told them, nobody else. */
function runBody({ examination, curtain }: Desk): { readonly [name: string]: string } {
  return Object.fromEntries(
    peoplesTexts(examination).map(([name, text]) => [name, curtain.withhold(text, name)]),
  )
}

function placeText(curtain: Curtain, { address, path, name }: Place): string {
  if (address === undefined) return `in ${name ?? 'the plan'}`
  return `in ${curtain.address(address)}${path === undefined ? '' : ` ${curtain.path(path)}`}`
}

function citableFrom(items: readonly Item[]): ReadonlyMap<string, Citable> {
  const found = new Map<string, { readonly address: string; readonly paths: Set<string> }>()
  for (const { shown, address, path } of items.flatMap(({ cited }) => cited)) {
    const known = found.get(shown)
    if (known === undefined) found.set(shown, { address, paths: new Set([path]) })
    else known.paths.add(path)
  }
  return found
}
