// Where container images come from: a new tag is a rollout, a new registry is somebody else's code.
import type { Change, Delta, Value } from '../../change/model.ts'
import { isList, isObject, type JsonValue } from '../../json.ts'
import { parseJson } from '../../text/parse-json.ts'
import type { Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'

const ID = 'image-source'
const IMAGE =
  /(^|\.)(image|image_uri|image_url|image_identifier|docker_image|docker_image_name|container_image|docker_registry_url)$/
const DEFINITIONS = /(^|\.)(container_definitions|container_properties)$/
/** Definitions longer than this are not opened: the rollout itself is a finding already. */
const MAX_CHARS = 200_000

interface Source {
  /** Registry host, and the account or organisation in it where the registry is shared by many. */
  readonly from: string
  readonly pinned: boolean
}

export const imageSource: Rule = {
  scope: 'change',
  id: ID,
  title: 'A container image from another registry',
  why: 'Whoever owns the registry decides what runs, with the rights of the workload.',
  remedy: 'Copy the image to a registry of your own and pin it by digest.',
  releaseWhen: 'The new registry is one you trust, spelled as you know it.',
  sources: ['https://github.com/distribution/reference'],
  check: ({ change }) => {
    if (change.mode !== 'managed') return {}
    if (change.action.kind !== 'update' && change.action.kind !== 'replace') return {}
    return { findings: change.deltas.flatMap((delta) => look(change, delta)) }
  },
}

function look(change: Change, delta: Delta): Finding[] {
  const before = sourcesIn(delta.name, delta.before)
  const after = sourcesIn(delta.name, delta.after)
  if (before.length === 0 || after.length === 0) return []
  const strange = after.filter(({ from }) => before.every((old) => old.from !== from))
  if (strange.length > 0) {
    return [
      say(change, delta, 'code-execution', 'takes its image from a registry it did not use before'),
    ]
  }
  const loosened = before.every(({ pinned }) => pinned) && after.some(({ pinned }) => !pinned)
  return loosened
    ? [say(change, delta, 'workload-rollout', 'no longer pins its image by digest')]
    : []
}

function sourcesIn(name: string, value: Value): Source[] {
  if (value.kind !== 'known') return []
  if (IMAGE.test(name)) return typeof value.value === 'string' ? sourceOf(value.value) : []
  if (!DEFINITIONS.test(name) || typeof value.value !== 'string') return []
  if (value.value.length > MAX_CHARS) return []
  return imagesOf(value.value).flatMap(sourceOf)
}

function imagesOf(text: string): string[] {
  let parsed: JsonValue
  try {
    parsed = parseJson(text)
  } catch {
    return []
  }
  const definitions = isList(parsed) ? parsed : [parsed]
  return definitions.flatMap((one) =>
    isObject(one) && typeof one.image === 'string' ? [one.image] : [],
  )
}

/** `ghcr.io/acme/api:1` → `ghcr.io/acme`; a registry of one owner (ECR, ACR) counts by its host. */
function sourceOf(image: string): Source[] {
  const reference = image.replace(/^(docker|https?):\/\//, '').replace(/^DOCKER\|/, '')
  if (!/^[\w.-]+(:\d+)?(\/|:|@|$)/.test(reference) && !/[^\u0020-\u007e]/.test(reference)) return []
  const path = reference.split('@')[0] ?? ''
  const parts = path.split('/')
  const [first = ''] = parts
  const named = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost')
  const host = named ? first.toLowerCase() : 'docker.io'
  const owner = (named ? parts.slice(1, -1) : parts.slice(0, -1))[0] ?? ''
  const pinned = reference.includes('@sha256:')
  const own = /\.dkr\.ecr\.|\.azurecr\.io$/.test(host)
  return [{ from: own || owner === '' ? host : `${host}/${owner.toLowerCase()}`, pinned }]
}

function say(change: Change, delta: Delta, concern: Finding['concern'], what: string): Finding {
  const strange = concern === 'code-execution'
  return findingOn(change, {
    rule: ID,
    concern,
    hazards: ['supply-chain', 'workload-rollout'],
    severity: strange ? 'high' : 'medium',
    what,
    why: strange
      ? 'A look-alike or foreign registry serves code nobody here has built.'
      : 'A tag can be moved to other code after it was reviewed.',
    evidence: evidenceFor([delta]),
    check: 'Compare the host and the organisation letter by letter; pull and scan the image.',
    alternative: strange
      ? 'Copy the image to a registry of your own, and pin it there by digest.'
      : 'Keep the digest behind the tag (name:tag@sha256:…), and move both together.',
    covers: [delta.name],
  })
}
