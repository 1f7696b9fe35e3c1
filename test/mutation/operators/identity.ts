// Rights added to documents that a plan touches anyway.
import { isList, isObject, type JsonObject, type JsonValue } from '../../../src/core/json.ts'
import { kindOf } from '../../../src/core/knowledge/catalogue.ts'
import { asUpdate, managedOf, withinChange } from '../edit.ts'
import type { Operator } from '../mutant.ts'

// Left out: adding a right that is merely read access to one named object; whether that matters is a
// question of who asks.
const GRANTS: readonly { readonly why: string; readonly statement: JsonObject }[] = [
  { why: 'everything on everything', statement: allow('*') },
  { why: 'all rights over rights', statement: allow('iam:*') },
  {
    why: 'everything but one action',
    statement: { Effect: 'Allow', NotAction: 'iam:CreateUser', Resource: '*' },
  },
  { why: 'any role may be passed on', statement: allow('iam:PassRole') },
  { why: 'any role may be taken', statement: allow('sts:AssumeRole') },
  { why: 'every secret may be read', statement: allow('secretsmanager:*') },
  { why: 'every object may be deleted', statement: allow('s3:*') },
  { why: 'every key may be used', statement: allow('kms:*') },
]

const TRUST: readonly { readonly why: string; readonly statement: JsonObject }[] = [
  { why: 'anybody may take the role', statement: assumedBy('*') },
  { why: 'a stranger may take the role', statement: assumedBy('arn:aws:iam::998877665544:root') },
]

/** A statement is added to an identity policy or a trust policy that exists. */
export const widerRights: Operator = {
  name: 'rights added to an existing document',
  mutate: (seed) =>
    managedOf(seed.plan).flatMap((placed) => {
      const { after, before } = placed
      const kind = kindOf(placed.type)
      if (after === null || before === null || kind.kind === 'unknown') return []
      return (kind.row.policy_attrs ?? []).flatMap(({ path }) => {
        const document = parsed(after[path])
        if (document === undefined) return []
        return (path === 'assume_role_policy' ? TRUST : GRANTS).map(({ why, statement }) => ({
          why: `${path}: ${why}`,
          address: placed.address,
          plan: withinChange(
            seed.plan,
            placed.at,
            asUpdate(placed, { ...after, [path]: withStatement(document, statement) }),
          ),
        }))
      })
    }),
}

function allow(action: string): JsonObject {
  return { Effect: 'Allow', Action: action, Resource: '*' }
}

function assumedBy(principal: string): JsonObject {
  return { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: principal } }
}

function parsed(text: JsonValue | undefined): JsonObject | undefined {
  if (typeof text !== 'string' || !text.startsWith('{')) return undefined
  const document: unknown = JSON.parse(text)
  return isObject(document) && document.Statement !== undefined ? document : undefined
}

function withStatement(document: JsonObject, statement: JsonObject): string {
  const { Statement: one } = document
  const list = isList(one) ? one : one === undefined ? [] : [one]
  return JSON.stringify({ ...document, Statement: [...list, statement] })
}
