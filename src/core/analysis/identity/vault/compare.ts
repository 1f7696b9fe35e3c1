// Vault policies, path by path: the most specific path decides alone, so a path that comes or goes
// beside one that overlaps it both gives and takes.
// https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching
import type { JsonValue } from '../../../json.ts'
import { type Comparison, compared, type Danger, join, unknown } from '../comparison.ts'
import { overlaps } from '../pattern.ts'
import { clip } from '../words.ts'
import { readVaultPolicy, type VaultPolicy, type VaultRule } from './document.ts'

/** Steps for looking which paths overlap. */
const MAX_STEPS = 2_000_000
const NONE: VaultRule = { capabilities: new Set(), limits: '' }
const WRITES = ['create', 'update', 'patch', 'delete', 'sudo', 'root']
/** Paths whose writing leads to every other path. */
const ROOTS = ['sys/', 'auth/', 'identity/']

export function compareVaultPolicies(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Comparison {
  const [old, now] = [policyOf(before), policyOf(after)]
  if (old === undefined || now === undefined) return unknown('the policy cannot be read')
  const budget = { left: MAX_STEPS }
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort()
  const parts: Comparison[] = []
  for (const path of paths) {
    const [was, is] = [old.get(path), now.get(path)]
    parts.push(comparePath(path, was ?? NONE, is ?? NONE))
    if (was !== undefined && is !== undefined) continue
    // The side without this path answers for its texts by another one, if any overlaps.
    const others = was === undefined ? old : now
    const shadow = [...others.keys()].find((other) => overlaps(glob(other), glob(path), budget))
    if (shadow !== undefined) parts.push(shadowed(path, shadow))
    if (budget.left < 0) return unknown('too many paths to compare')
  }
  return join(parts)
}

function policyOf(value: JsonValue | undefined): VaultPolicy | undefined {
  if (value === undefined) return new Map()
  return typeof value === 'string' ? readVaultPolicy(value) : undefined
}

function comparePath(path: string, was: VaultRule, is: VaultRule): Comparison {
  const added = [...is.capabilities].filter((name) => !was.capabilities.has(name))
  const removed = [...was.capabilities].filter((name) => !is.capabilities.has(name))
  const say = (name: string): string => `${clip(name)} on ${clip(path)}`
  const lifted = removed.includes('deny')
  const gained = added.filter((name) => name !== 'deny')
  const lost = removed.filter((name) => name !== 'deny')
  const isOtherLimit = was !== NONE && is !== NONE && was.limits !== is.limits
  const limit = `limits on ${clip(path)} change`
  return compared({
    gained: [
      ...gained.map(say),
      ...(lifted ? [`no longer denied: ${clip(path)}`] : []),
      ...(isOtherLimit ? [limit] : []),
    ],
    lost: [
      ...lost.map(say),
      ...(added.includes('deny') ? [`newly denied: ${clip(path)}`] : []),
      ...(isOtherLimit ? [limit] : []),
    ],
    dangers: [
      ...dangersOf(path, gained),
      ...(lifted
        ? [{ kind: 'guardrail-loosened' as const, text: `no longer denied: ${clip(path)}` }]
        : []),
      ...(isOtherLimit ? [{ kind: 'condition-loosened' as const, text: limit }] : []),
    ],
  })
}

function shadowed(path: string, other: string): Comparison {
  const text = `${clip(path)} and ${clip(other)} overlap: another one decides now`
  return compared({ gained: [text], lost: [text] })
}

function dangersOf(path: string, gained: readonly string[]): readonly Danger[] {
  if (gained.length === 0) return []
  const text = `${[...gained].sort().join(', ')} on ${clip(path)}`
  if (/^[*+/]*\*$/.test(path)) return [{ kind: 'administrator', text }]
  const writes = gained.some((name) => WRITES.includes(name))
  const isRoot = ROOTS.some((root) => path.startsWith(root)) || /^[+*]/.test(path)
  if (gained.includes('sudo') || gained.includes('root') || (writes && isRoot)) {
    return [{ kind: 'escalation', text }]
  }
  return /^[^/*+]*\/\*$/.test(path) && writes ? [{ kind: 'wildcard', text }] : []
}

/** `+` stands for one segment, `*` at the end for any text. */
function glob(path: string): string {
  return path.replaceAll('?', '*').replaceAll('+', '*')
}
