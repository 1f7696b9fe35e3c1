// One walk over everything a plan carries in words: what is addressed to a reader is reported, and
// what people wrote is remembered, so that our own sentences can be held against it.
import { nameOf } from '../../change/from-plan.ts'
import { isList, isObject, type JsonValue, type Path } from '../../json.ts'
import type { ResourceChange } from '../../plan/model.ts'
import type { Examination } from '../../policy/examination.ts'
import { isAttributeName } from './attribute-names.ts'
import { documentIn } from './document.ts'
import { isFreePath } from './free-names.ts'
import type { Hand } from './spoken.ts'

export interface Place {
  readonly address?: string
  readonly path?: Path
  readonly name?: string
}

export interface Read {
  readonly text: string
  readonly place: Place
  readonly hand: Hand
  /** A reader can meet it: it is part of what changes, or of the run. */
  readonly isShown: boolean
}

/** Every text of the run and of the plan, in an order of its own. */
export function* readRound(examination: Examination): Generator<Read, void, void> {
  const { facts, plan } = examination
  const { context } = facts
  let batch: Read[] = []
  const reader = (read: Read): void => void batch.push(read)
  const taken = (): readonly Read[] => {
    const reads = batch
    batch = []
    return reads
  }
  const value = (value: JsonValue, path: Path, place: Place, isShown: boolean): void => {
    if (typeof value === 'string') {
      const document = documentIn(value)
      if (document !== undefined) {
        if (isShown) reader({ text: value, place, hand: 'open', isShown })
        valueBelow(document, path, place, isShown)
        return
      }
      reader({ text: value, place, hand: isFreePath(path) ? 'free' : 'value', isShown })
    } else if (isList(value)) {
      for (const item of value) valueBelow(item, path, place, isShown)
    } else if (isObject(value)) {
      for (const key of Object.keys(value).sort()) {
        if (!isAttributeName(key)) name(key, place, isShown)
        valueBelow(value[key] ?? null, [...path, key], place, isShown)
      }
    }
  }
  const valueBelow = value
  const name = (text: string, place: Place, isShown = true): void =>
    reader({ text, place, hand: 'name', isShown })
  const sides = ({ address, before, after }: ResourceChange): void => {
    value(before, [], { address }, false)
    value(after, [], { address }, false)
  }

  for (const { change } of facts.subjects) {
    const address = nameOf(change)
    const place = { address }
    reader({ text: address, place, hand: 'open', isShown: true })
    for (const word of [change.previousAddress, change.reason, change.type, change.name]) {
      if (word !== undefined) reader({ text: word, place, hand: 'open', isShown: true })
    }
    if (typeof change.index === 'string') name(change.index, place)
    for (const { path, before, after } of change.deltas) {
      for (const [at, step] of path.entries()) {
        if (typeof step !== 'string') continue
        const hand = at > 0 && !isAttributeName(step) ? 'name' : 'open'
        reader({ text: step, place: { address, path }, hand, isShown: true })
      }
      for (const side of [before, after]) {
        if (side.kind === 'known') value(side.value, path, { address, path }, true)
      }
    }
    value(change.before.value, [], place, false)
    value(change.after.value, [], place, false)
    yield* taken()
  }
  for (const one of [...plan.drift, ...plan.unchanged]) {
    sides(one)
    yield* taken()
  }
  for (const output of [...plan.outputs].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const place = { name: 'an output' }
    name(output.name, place)
    for (const side of [output.before, output.after]) value(side, ['annotations'], place, true)
  }
  for (const { address } of [...plan.checks, ...plan.invocations, ...plan.deferred]) {
    reader({
      text: address,
      place: { name: 'the name of a check or an action' },
      hand: 'open',
      isShown: true,
    })
  }
  for (const variable of plan.variables) {
    if (variable.value !== undefined) name(variable.value, { name: 'a variable' })
  }
  const { organization, project, workspace, directory, environment } = context
  for (const text of [
    organization,
    project,
    workspace,
    directory,
    environment,
    ...(context.planArguments ?? []),
  ]) {
    if (text !== undefined) name(text, { name: 'the names of the run' })
  }
  for (const [what, text] of peoplesTexts(examination)) {
    // Branches are named as resources are: `main` in a sentence of ours is no quote of one.
    const hand = text === context.branch ? 'name' : 'free'
    reader({ text, place: { name: what }, hand, isShown: true })
  }
  yield* taken()
}

/** What people say of the run: only the second reader is told. */
export function peoplesTexts({
  facts: { context },
}: Examination): readonly (readonly [name: string, text: string])[] {
  const said: [string, string][] = []
  if (context.message) said.push(['the run message', context.message])
  if (context.branch) said.push(['the branch of the run', context.branch])
  if (context.createdBy) said.push(['who created the run', context.createdBy])
  for (const key of Object.keys(context.tags).sort()) {
    said.push(['the key of a tag of the workspace', key])
    said.push(['the value of a tag of the workspace', context.tags[key] ?? ''])
  }
  return said.filter(([, text]) => text !== '')
}
