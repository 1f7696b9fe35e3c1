// What the catalogue calls dangerous, played out: one made-up resource a row.
import {
  replace,
  resourceChange,
  type Step,
  type Target,
  update,
} from '../../../fixtures/tools/plan-builder.ts'
import { edited } from '../../../fixtures/tools/plan-tree.ts'
import type { JsonObject, JsonValue } from '../../../src/core/json.ts'
import { ROWS } from '../../../src/core/knowledge/catalogue.ts'
import type { AttributeRule, KindRow, ResourceClass } from '../../../src/core/knowledge/kind.ts'
import { withChanges } from '../edit.ts'
import type { Danger, Operator, Seed } from '../mutant.ts'
import type { Random } from '../random.ts'

interface Row {
  readonly why: string
  readonly step: (name: string) => Step
}

/** A row of the catalogue each time, so that every row is used once over all seeds. */
function spread(name: string, rows: readonly Row[], perSeed: number): Operator {
  let next = 0
  return {
    name,
    mutate: (seed, random) => {
      const dangers: Danger[] = []
      for (let count = 0; count < perSeed && next < rows.length; count += 1) {
        const row = rows[next]
        next += 1
        if (row !== undefined) dangers.push(played(seed, random, row))
      }
      return dangers
    },
  }
}

function played(seed: Seed, random: Random, { why, step }: Row): Danger {
  const made = step(`main_${random.int(1000, 9999)}`)
  const element = resourceChange(made)
  return { why, address: String(element.address), plan: withChanges(seed.plan, 0, [element]) }
}

const HOLDS_STATE: ReadonlySet<ResourceClass> = new Set([
  'datastore',
  'volume',
  'backup',
  'key_secret',
  'identity',
  'network_fabric',
  'dns_traffic',
  'edge_protection',
  'compute_singleton',
  'governance',
])

// Left out: types whose replacement is the routine way to publish, classes whose replacement a team
// may call boring (glue, serverless, messaging, rules, monitoring), and small destroys.
function lossy(row: KindRow): boolean {
  return HOLDS_STATE.has(row.class) && row.destroy.severity >= 4 && !row.replace_is_routine
}

const TRAPS: readonly Row[] = ROWS.filter(lossy).flatMap((row) =>
  (row.metadata_traps ?? [])
    .filter(({ path }) => row.force_new?.includes(path))
    .map(({ path }) => ({
      why: `an edit of ${path} makes ${row.type} anew: ${row.destroy.loses || 'what it held'}`,
      step: (name: string) =>
        path === 'tags'
          ? replace(target(row, name, { tags: { a: 'b' } }), {
              set: { tags: { a: 'c' } },
              because: ['tags'],
            })
          : replace(target(row, name, { [path]: 'old words' }), {
              set: { [path]: 'new words' },
              because: [path],
            }),
    })),
)

/** A word is edited that looks like metadata; the provider replaces the object. */
export const metadataTrap: Operator = spread('metadata that replaces', TRAPS, 2)

const FORCED: readonly Row[] = ROWS.filter(lossy).map((row) => {
  const path = row.force_new?.find((one) => !one.includes('.') && one !== '*') ?? 'name'
  return {
    why: `${row.type} is made anew: ${row.destroy.loses || 'what it held'}`,
    step: (name: string) =>
      replace(target(row, name, { [path]: 'one' }), { set: { [path]: 'two' }, because: [path] }),
  }
})

/** Every type that matters, replaced because an argument forces it. */
export const forcedReplacement: Operator = spread(
  'replaced because an argument forces it',
  FORCED,
  8,
)

// Left out: guards that only other resources, the provider block or the configuration show; guards
// whose value is a number or a word (which of two words protects is in the rules below).
const GUARDING = new Set(['delete_guard', 'final_copy', 'non_empty_guard', 'recoverability'])
const PROTECTIONS: readonly Row[] = ROWS.flatMap((row) =>
  (row.protections ?? [])
    .filter(({ op, value, kind }) => op === '=' && isFlag(value) && GUARDING.has(kind))
    .map(({ attr, value }) => ({
      why: `${row.type}.${attr} protects while it is ${value}, and no longer is`,
      step: (name: string) => flipped(row, name, attr, value === 'true'),
    })),
)

/** A guard, a final copy or a way to recover is switched off on an object that stays. */
export const protectionOff: Operator = spread('protection of the catalogue off', PROTECTIONS, 4)

// Left out: effects that a team may call boring (roll, code, config, perf, cost, scale), rules whose
// trigger is not one value to another (`any`, `grow`, `shrink`, `widen`), and everything the
// catalogue does not call high or critical.
const EFFECTS = new Set(['weaken', 'expose', 'outage', 'lockout', 'data_delete', 'crypt'])

const RULES: readonly Row[] = ROWS.flatMap((row) =>
  (row.rules ?? [])
    .filter(({ effect, severity }) => EFFECTS.has(effect) && /^(high|critical)$/.test(severity))
    .flatMap((rule) => turn(row, rule)),
)

/** An attribute rule of the catalogue comes true in place. */
export const dangerousEdit: Operator = spread('dangerous edit of the catalogue', RULES, 8)

// Left out: knobs whose paths hold blocks, and percentages of traffic, which are no number of things.
const KNOBS: readonly Row[] = ROWS.flatMap((row) =>
  (row.scaling ?? []).map(({ path }) => ({
    why: `${row.type}.${path} may become any number, and no bound can be checked`,
    step: (name: string) =>
      update(target(row, name, edited({}, { [indexed(path)]: 12 })), { unknown: [indexed(path)] }),
  })),
)

/** How many there will be is known only after the apply. */
export const unknownKnob: Operator = spread('number of things unknown', KNOBS, 6)

const HIDDEN: readonly Row[] = ROWS.flatMap((row) =>
  (row.rules ?? [])
    .filter(({ effect, severity }) => EFFECTS.has(effect) && /^(high|critical)$/.test(severity))
    .flatMap(({ path, when }) => {
      const sides = sidesOf(when)
      if (sides === undefined) return []
      return [
        {
          why: `${row.type}.${path} (${when}) may come true: the new value cannot be read`,
          step: (name: string) =>
            update(target(row, name, edited({}, { [indexed(path)]: sides[0] })), {
              unknown: [indexed(path)],
            }),
        },
      ]
    }),
)

/** An attribute whose wrong value would be dangerous becomes unknown. */
export const unknownEdit: Operator = spread('dangerous attribute unknown', HIDDEN, 6)

function turn(row: KindRow, rule: AttributeRule): readonly Row[] {
  const sides = sidesOf(rule.when)
  if (sides === undefined) return []
  const [before, after] = sides
  const path = indexed(rule.path)
  return [
    {
      why: `${row.type}.${rule.path} (${rule.when}): ${rule.note || rule.hazards.join(', ')}`,
      step: (name) => {
        const values = edited({}, { [path]: before })
        return update(target(row, name, values), { set: { [path]: after } })
      },
    },
  ]
}

function sidesOf(when: string): readonly [JsonValue, JsonValue] | undefined {
  if (when === 'true>false') return [true, false]
  if (when === 'false>true') return [false, true]
  if (when === 'set>unset') return ['something', null]
  if (when === 'dec' || when === 'shorter') return [30, 3]
  const [, word, value] = /^(to|from):([A-Za-z_*-]+)$/.exec(when) ?? []
  if (value === undefined) return undefined
  return word === 'to' ? ['before', value] : [value, 'after']
}

function flipped(row: KindRow, name: string, attr: string, from: boolean): Step {
  const path = indexed(attr)
  return update(target(row, name, edited({}, { [path]: from })), { set: { [path]: !from } })
}

function isFlag(value: string | undefined): boolean {
  return value === 'true' || value === 'false'
}

/** Blocks are lists of one in plan JSON: `settings.tier` is `settings.0.tier`. */
function indexed(path: string): string {
  return path.split('.').join('.0.')
}

function target(row: KindRow, name: string, values: JsonObject): Target {
  const provider = row.type.split('_')[0] ?? ''
  return {
    provider: {
      name: provider,
      source: `registry.terraform.io/hashicorp/${provider}`,
      version: '>= 1.0',
    },
    type: row.type,
    name,
    computed: ['id'],
    values: { id: `${name}-0a1b`, name, ...values },
  }
}
