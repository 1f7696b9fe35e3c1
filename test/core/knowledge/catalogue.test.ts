import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  kindOf,
  ROWS,
  SECURE_VALUES,
  secureValuesOf,
} from '../../../src/core/knowledge/catalogue.ts'
import type { Hazard, KindRow } from '../../../src/core/knowledge/kind.ts'
import { HAZARDS } from '../../../src/core/policy/kind-row.ts'

const lines = (path: string): string[] =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .trim()
    .split('\n')

const AWS_TYPES = new Set(lines('../../../fixtures/providers/aws.txt'))
const AWS_ATTRIBUTES = attributesOf('../../../fixtures/providers/aws-attributes.json')

/** Attributes that came after the provider version of the fixtures (5.100.0). */
const NEWER_ATTRIBUTES: Readonly<Record<string, string>> = {
  'aws_eks_cluster.deletion_protection': '6.9.0',
}

const TypeName = z.string().regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
const Path = z.string().regex(/^(\*|[A-Za-z0-9_*]+(\.[A-Za-z0-9_*]+)*)$/)
const Text = z.string().max(400)
const HazardName = z.string().refine((id) => HAZARDS.includes(id as Hazard))

const Mark = z.discriminatedUnion('is', [
  z.strictObject({ path: Path, is: z.literal('set') }),
  z.strictObject({ path: Path, is: z.literal('wide-name') }),
  z.strictObject({
    path: Path,
    is: z.enum(['one-of', 'not-one-of', 'without']),
    values: z.array(z.string().min(1)).min(1),
  }),
])

const Birth = z.discriminatedUnion('look', [
  z.strictObject({ look: z.literal(false) }),
  z.strictObject({
    look: z.literal(true),
    why: Text.min(10),
    hazard: HazardName,
    when: z.array(Mark).min(1).optional(),
    on: z.array(Path).min(1).optional(),
  }),
])

const Row = z.strictObject({
  type: TypeName,
  aliases: z.array(TypeName).min(1).optional(),
  class: z.enum([
    'datastore',
    'volume',
    'backup',
    'key_secret',
    'identity',
    'network_fabric',
    'network_rule',
    'dns_traffic',
    'edge_protection',
    'compute_fleet',
    'compute_singleton',
    'serverless',
    'messaging',
    'monitoring',
    'governance',
    'metadata',
    'glue',
  ]),
  destroy: z.strictObject({
    severity: z.int().min(0).max(5),
    reversibility: z.enum([
      'irreversible',
      'window',
      'backup',
      'new_identity',
      'recreate',
      'locked',
      'none',
    ]),
    loses: Text,
    recovery: Text,
    hazards: z.array(HazardName).min(1).optional(),
  }),
  protections: z
    .array(
      z.strictObject({
        attr: z.string().min(1),
        op: z.enum(['=', '!=', '>', '>=', 'present']),
        value: z.string().optional(),
        kind: z.enum([
          'delete_guard',
          'final_copy',
          'non_empty_guard',
          'recoverability',
          'availability',
          'lifecycle',
          'external_lock',
          'other_resource',
          'provider_feature',
          'setting',
        ]),
      }),
    )
    .optional(),
  scaling: z.array(z.strictObject({ path: Path, grow_only: z.boolean() })).optional(),
  scaling_by_count: z.literal(true).optional(),
  identity: z.array(z.string().min(1)).optional(),
  metadata: z.array(z.string().min(1)).optional(),
  metadata_traps: z.array(z.strictObject({ path: z.string().min(1), why: Text })).optional(),
  force_new: z.array(z.string().min(1)).optional(),
  force_new_if: z.array(z.string().min(1)).optional(),
  force_new_complete: z.literal(true).optional(),
  sensitive: z.array(z.string().min(1)).optional(),
  replace_is_routine: z.literal(true).optional(),
  authoritative: z.array(z.strictObject({ path: z.string().min(1), scope: Text })).optional(),
  policy_attrs: z
    .array(z.strictObject({ path: z.string().min(1), kind: z.string().min(1) }))
    .optional(),
  net_rule_model: z.string().min(1).optional(),
  create: z.union([Birth, z.array(Birth).min(2)]).optional(),
  harmless: z.array(Path).min(1).optional(),
  harmless_to_add: z.array(Path).min(1).optional(),
  rules: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        when: z.string().min(1),
        effect: z.string().min(1),
        hazards: z.array(HazardName),
        severity: z.enum(['none', 'low', 'medium', 'high', 'critical']),
        note: Text,
        evidence: z.string().min(1),
      }),
    )
    .optional(),
  confidence: z.enum(['high', 'medium']),
  sources: z.array(z.string().min(1)).min(1),
})

const Literal = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const Secure = z
  .strictObject({
    type: TypeName,
    path: z.string().min(1),
    topic: z.string().min(1),
    secure_values: z.array(Literal).min(1).optional(),
    insecure_values: z.array(Literal).min(1).optional(),
    when_missing: z.enum(['secure', 'insecure']),
    ref: z.string().min(1),
  })
  .refine((row) => (row.secure_values === undefined) !== (row.insecure_values === undefined))

describe('rows of the catalogue', () => {
  it('have the documented shape and a source', () => {
    const wrong = ROWS.flatMap((row) => {
      const parsed = Row.safeParse(row)
      return parsed.success ? [] : [`${row.type}: ${parsed.error.issues[0]?.path.join('.')}`]
    })
    expect(wrong).toEqual([])
  })

  it('explain an attribute in words, not in formulas', () => {
    const formulas = ROWS.flatMap(({ type, rules = [] }) =>
      rules
        .filter(({ note }) => / [=+] |\?\.$/.test(note))
        .map(({ path, note }) => `${type}.${path}: ${note}`),
    )
    expect(formulas).toEqual([])
  })

  it('name every type and alias once', () => {
    const names = ROWS.flatMap((row) => [row.type, ...(row.aliases ?? [])])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  it('lose no type that was ever known', () => {
    const types = lines('./types.txt')
    expect(types).toHaveLength(792)
    expect(types.filter((type) => kindOf(type).kind === 'unknown')).toEqual([])
  })

  it('never call an attribute harmless whose change replaces the object', () => {
    const both = ROWS.flatMap((row) =>
      [...(row.harmless ?? []), ...(row.harmless_to_add ?? [])]
        .filter((path) => [...(row.force_new ?? []), ...(row.force_new_if ?? [])].includes(path))
        .map((path) => `${row.type}.${path}`),
    )
    expect(both).toEqual([])
  })

  it('never call an attribute harmless that is secret or holds a policy', () => {
    const both = ROWS.flatMap((row) =>
      (row.harmless ?? [])
        .filter((path) => {
          const guarded = [...(row.sensitive ?? []), ...(row.policy_attrs ?? []).map((p) => p.path)]
          return guarded.some((other) => other === path || other.startsWith(`${path}.`))
        })
        .map((path) => `${row.type}.${path}`),
    )
    expect(both).toEqual([])
  })
})

describe('secure values', () => {
  it('have the documented shape', () => {
    const wrong = SECURE_VALUES.filter((row) => !Secure.safeParse(row).success)
    expect(wrong.map(({ ref, path }) => `${ref} ${path}`)).toEqual([])
  })

  it('are found by type only', () => {
    expect(secureValuesOf('aws_db_instance').length).toBeGreaterThan(0)
    expect(secureValuesOf('constructor')).toEqual([])
  })
})

describe('looking up a type', () => {
  it.each(['constructor', '__proto__', 'toString', '', ' aws_vpc', 'AWS_VPC', 'acme_database'])(
    'knows nothing of %j',
    (type) => {
      expect(kindOf(type).kind).toBe('unknown')
    },
  )

  it('resolves every alias to the row that names it', () => {
    for (const row of ROWS) {
      for (const alias of row.aliases ?? []) {
        expect(kindOf(alias)).toMatchObject({ kind: 'known', type: alias, row: { type: row.type } })
      }
    }
  })
})

describe('rows of the AWS provider', () => {
  const aws = ROWS.filter(({ type }) => type.startsWith('aws_'))

  it('name types that the provider has', () => {
    const names = aws.flatMap((row) => [row.type, ...(row.aliases ?? [])])
    expect(names.filter((name) => !AWS_TYPES.has(name))).toEqual([])
  })

  it('name attributes that the provider has', () => {
    const missing = aws.flatMap((row) => {
      const known = AWS_ATTRIBUTES.get(row.type)
      if (known === undefined) return []
      return [...new Set(pathsOf(row))]
        .filter((path) => !exists(known, path))
        .map((path) => `${row.type}.${path}`)
        .filter((name) => !Object.hasOwn(NEWER_ATTRIBUTES, name))
    })
    expect(missing).toEqual([])
  })
})

function pathsOf(row: KindRow): string[] {
  const births = [row.create ?? []].flat().flatMap((one) => (one.look ? [one] : []))
  return [
    ...(row.scaling ?? []).map(({ path }) => path),
    ...(row.protections ?? [])
      .filter(
        ({ kind }) =>
          !['lifecycle', 'external_lock', 'other_resource', 'provider_feature'].includes(kind),
      )
      .map(({ attr }) => attr),
    ...(row.rules ?? []).map(({ path }) => path),
    ...(row.metadata ?? []),
    ...(row.identity ?? []),
    ...(row.sensitive ?? []),
    ...(row.force_new ?? []),
    ...(row.force_new_if ?? []),
    ...(row.policy_attrs ?? []).map(({ path }) => path),
    ...(row.metadata_traps ?? []).map(({ path }) => path),
    ...(row.harmless ?? []),
    ...(row.harmless_to_add ?? []),
    ...births.flatMap((one) => [...(one.on ?? []), ...(one.when ?? []).map(({ path }) => path)]),
  ]
}

/** The list of the fixtures goes five steps deep, and a schema does not know the keys of a tag map. */
function exists(known: ReadonlySet<string>, path: string): boolean {
  const steps = path.split('.')
  const depth = steps[0] === 'tags' ? 1 : 5
  return path === '*' || known.has(steps.slice(0, depth).join('.'))
}

function attributesOf(path: string): ReadonlyMap<string, ReadonlySet<string>> {
  const table: Record<string, string[]> = JSON.parse(lines(path).join('\n'))
  return new Map(
    Object.entries(table).map(([type, names]) => [
      type,
      new Set(names.map((name) => name.replace(/!$/, ''))),
    ]),
  )
}
