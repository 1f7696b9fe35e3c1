// Tags, labels and descriptions: harmless, unless the key is one that other systems act on.
import type { Delta } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import type { Kind } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Clearance, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'
import { isUnder } from './paths.ts'

const ID = 'metadata'

/** Computed copies of metadata; alone they say nothing (provider documentation of default_tags, labels). */
const MIRRORS = [
  'tags_all', 'effective_labels', 'terraform_labels', 'effective_annotations', 'etag', 'fingerprint',
  'label_fingerprint', 'last_modified', 'version_id', 'generation', 'metadata.generation',
  'metadata.resource_version', 'update_time', 'updated_at', 'modified',
] // biome-ignore format: a list of words

/** In place and pure text on any type: the plan itself proves that the object stays. */
const PLAIN_TEXT = ['description', 'comment', 'notes']
const ALWAYS_METADATA = ['tags', 'labels', 'tags_all']

/** Keys that controllers, backup, schedulers, patching and monitoring select by (risk table 2.5). */
const ACTED_ON: readonly (readonly [RegExp, string])[] = [
  [/kubernetes\.io\/|k8s\.io\/|karpenter\.sh\/|eks\.amazonaws\.com\/|aws-load-balancer-|alpha\.eksctl\.io\//i, 'cluster controllers select by it'],
  [/(^|[-_:./ ])(backup|dlm|snapshot|dr)([-_:./ ]|$)|^backup/i, 'backup and recovery plans select by it'],
  [/(^|[-_:./ ])(schedule|scheduler|auto-?stop|auto-?start|office-?hours|uptime)([-_:./ ]|$)/i, 'start and stop schedulers select by it'],
  [/patch[ -_]?group|maintenance-?window/i, 'patching selects by it'],
  [/(^|[-_:./ ])(datadog|prometheus\.io|monitoring)([-_:./ ]|$)/i, 'monitoring discovers by it'],
  [/^aws:/i, 'the platform reserves and acts on it'],
] // biome-ignore format: a table

/** Keys that access rules and environments hang on: harmless to add, not to change or remove. */
const ACCESS =
  /^(team|project|access-?level|data-?classification|classification|environment|env|stage|tier|confidentiality)$/i
const ALWAYS_ACCESS = /^(environment|env|stage|data-?classification|classification)$/i

export const metadata: Rule = {
  scope: 'change',
  id: ID,
  title: 'Metadata only',
  why: 'Tags and labels are read by people, but some keys are read by machines that act on them.',
  remedy: 'Keep keys that other systems select by, or change them together with those systems.',
  releaseWhen: 'The system that selects by the key is known and wants the change.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html',
  ],
  check: (subject, facts): Spoken => {
    const { change, kind } = subject
    if (change.action.kind !== 'update' || change.mode !== 'managed') return {}
    const plain = change.deltas.filter((delta) => isMetadata(kind, delta))
    const risky = plain.flatMap((delta) => {
      const why = reasonToLook(delta, kind, facts.selectedTags)
      return why === undefined ? [] : [{ delta, why }]
    })
    risky.push(...actedOnInBlocks(subject))
    const riskyNames = new Set(risky.map(({ delta }) => delta.name))
    const covers = plain.map((delta) => delta.name).filter((name) => !riskyNames.has(name))
    const clearances: Clearance[] =
      covers.length === 0
        ? []
        : [{ rule: ID, address: change.address, covers, note: noteFor(covers) }]
    return { clearances, findings: risky.length === 0 ? [] : [say(subject, risky)] }
  },
}

/** Groups write their tags as blocks of key and value, and hand them on to their members. */
function actedOnInBlocks({ change }: Subject): { delta: Delta; why: string }[] {
  return change.deltas.flatMap((delta) => {
    const [holder, index] = delta.path
    if (holder !== 'tag' || typeof index !== 'number') return []
    const keys = [change.before, change.after].map((side) => plainAt(side, ['tag', index, 'key']))
    const acted = ACTED_ON.find(([pattern]) =>
      keys.some((key) => typeof key === 'string' && pattern.test(key)),
    )
    return acted === undefined ? [] : [{ delta, why: acted[1] }]
  })
}

function isMetadata(kind: Kind, delta: Delta): boolean {
  if (MIRRORS.some((name) => isUnder(delta.name, name))) return true
  if (delta.after.kind === 'unknown' || delta.after.kind === 'sensitive') return false
  if (kind.kind === 'unknown') return ALWAYS_METADATA.some((name) => isUnder(delta.name, name))
  const known = kind.row.metadata ?? []
  if (known.some((name) => isUnder(delta.name, name))) return true
  const trapped = (kind.row.metadata_traps ?? []).some((trap) => isUnder(delta.name, trap.path))
  return !trapped && PLAIN_TEXT.includes(delta.name)
}

function reasonToLook(delta: Delta, kind: Kind, selected: ReadonlySet<string>): string | undefined {
  const key = keyOf(delta)
  if (key === undefined || MIRRORS.some((name) => isUnder(delta.name, name))) return undefined
  const acted = ACTED_ON.find(([pattern]) => pattern.test(key))
  if (acted !== undefined) return acted[1]
  if (selected.has(key)) return 'a policy or selector in this plan reads it'
  if (delta.before.kind === 'absent') return undefined
  if (ALWAYS_ACCESS.test(key)) return 'access rules and environments hang on it'
  const trapped =
    kind.kind === 'known' &&
    (kind.row.metadata_traps ?? []).some((t) => isUnder(delta.name, t.path))
  return trapped && ACCESS.test(key) ? 'access rules often hang on it' : undefined
}

/** The tag key of a delta such as `tags.Owner` or `metadata[0].annotations["a/b"]`. */
function keyOf(delta: Delta): string | undefined {
  const last = delta.path.at(-1)
  return delta.path.length > 1 && typeof last === 'string' ? last : undefined
}

function say(
  { change }: Subject,
  risky: readonly { readonly delta: Delta; readonly why: string }[],
): Finding {
  const reasons = [...new Set(risky.map(({ why }) => why))]
  return findingOn(change, {
    rule: ID,
    concern: 'unexplained',
    hazards: ['outage'],
    severity: 'medium',
    what: `changes a tag or label that more than people read (${reasons.join('; ')})`,
    why: `It looks like metadata, but ${reasons.join(', and ')}.`,
    evidence: evidenceFor(risky.map(({ delta }) => delta)),
    check: 'Find out what selects by this key, and whether it should still find this object.',
    alternative: 'Add a new key beside the old one and remove the old one later.',
    reversibility: 'instant: set the old value again; what the selector did meanwhile stays done',
    covers: risky.map(({ delta }) => delta.name),
  })
}

function noteFor(names: readonly string[]): string {
  const text = names.every((name) => PLAIN_TEXT.includes(name))
  return text ? 'descriptions edited in place' : 'tag, label or description updates'
}
