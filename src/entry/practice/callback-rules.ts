// What the platform documents of a callback body, as checks. A body that breaks a rule is answered
// as a strict platform would, and the broken rules are kept for whoever runs the practice.
// https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration#request-body-1

export interface OutcomeLabel {
  readonly label: string
  readonly level: string
}

export interface ReceivedOutcome {
  readonly id: string
  readonly description: string
  readonly body: string
  readonly url?: string
  readonly tags: Readonly<Record<string, readonly OutcomeLabel[]>>
}

export interface ReceivedCallback {
  readonly status: string
  readonly message: string
  readonly url?: string
  readonly outcomes: readonly ReceivedOutcome[]
  /** Rules broken; the platform would answer 422 to some of them and misrender the rest. */
  readonly violations: readonly string[]
}

const MAX = {
  message: 1000,
  url: 500,
  outcomes: 250,
  id: 64,
  description: 1000,
  /** Two official sources disagree (5 MB, 10 000 characters); the smaller one satisfies both. */
  body: 10_000,
  tagKeys: 10,
  labels: 32,
  label: 32,
} as const

const STATUSES = ['running', 'passed', 'failed']
const LEVELS = ['none', 'info', 'warning', 'error']
const TAG_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Reads a callback body leniently and lists every documented rule it breaks. Never throws. */
export function readCallback(text: string, outcomesAllowed: boolean): ReceivedCallback {
  const violations: string[] = []
  const say = (broken: boolean, rule: string): void => {
    if (broken) violations.push(rule)
  }
  const data = objectOf(objectOf(parsed(text)).data)
  const attributes = objectOf(data.attributes)
  const status = textOf(attributes.status)
  const message = textOf(attributes.message)
  say(data.type !== 'task-results', 'data.type is not task-results')
  say(!STATUSES.includes(status), 'status is not running, passed or failed')
  say(typeof attributes.message !== 'string', 'message is missing')
  checkText('message', message, MAX.message, say)
  checkUrl('url', attributes.url, say)
  say('outcomes' in attributes || 'results' in attributes, 'outcomes stand in attributes')

  const relationship = objectOf(data.relationships).outcomes
  const list = objectOf(relationship).data
  say(relationship !== undefined && !Array.isArray(list), 'outcomes.data is not a list')
  const items = Array.isArray(list) ? list : []
  say(relationship !== undefined && !outcomesAllowed, 'outcomes without the capability')
  say(Array.isArray(list) && list.length === 0, 'outcomes are an empty list')
  say(items.length > MAX.outcomes, `more than ${MAX.outcomes} outcomes`)
  const outcomes = items.map((item) => readOutcome(item, say))
  const url = typeof attributes.url === 'string' ? { url: attributes.url } : {}
  return { status, message, ...url, outcomes, violations: [...new Set(violations)] }
}

type Say = (broken: boolean, rule: string) => void

function readOutcome(item: unknown, say: Say): ReceivedOutcome {
  const outer = objectOf(item)
  const attributes = objectOf(outer.attributes)
  say(outer.type !== 'task-result-outcomes', 'outcome type is not task-result-outcomes')
  const id = textOf(attributes['outcome-id'])
  const description = textOf(attributes.description)
  const body = textOf(attributes.body)
  checkText('outcome-id', id, MAX.id, say)
  checkText('outcome description', description, MAX.description, say)
  say(/[\r\n]/.test(description), 'outcome description has more than one line')
  if ('body' in attributes) checkText('outcome body', body, MAX.body, say)
  checkUrl('outcome url', attributes.url, say)
  const tags = objectOf(attributes.tags)
  say(Object.keys(tags).length > MAX.tagKeys, `more than ${MAX.tagKeys} tag keys`)
  const url = typeof attributes.url === 'string' ? { url: attributes.url } : {}
  return { id, description, body, ...url, tags: readTags(tags, say) }
}

function readTags(
  tags: Readonly<Record<string, unknown>>,
  say: Say,
): Record<string, readonly OutcomeLabel[]> {
  const read: Record<string, readonly OutcomeLabel[]> = {}
  for (const [key, value] of Object.entries(tags)) {
    say(!TAG_KEY.test(key), 'tag key does not match the pattern')
    say(!Array.isArray(value), 'tag value is not a list')
    const labels = Array.isArray(value) ? value : []
    say(labels.length < 1 || labels.length > MAX.labels, `tag without 1 to ${MAX.labels} labels`)
    read[key] = labels.map((item) => {
      const { label, level = 'none' } = objectOf(item)
      checkText('label', textOf(label), MAX.label, say)
      say(!LEVELS.includes(textOf(level)), 'label level is not none, info, warning or error')
      return { label: textOf(label), level: textOf(level) }
    })
  }
  return read
}

function checkText(what: string, text: string, max: number, say: Say): void {
  say(text === '', `${what} is empty`)
  say([...text].length > max, `${what} is longer than ${max} characters`)
  say(LONE_SURROGATE.test(text), `${what} splits a character`)
}

function checkUrl(what: string, value: unknown, say: Say): void {
  if (value === undefined) return
  say(
    typeof value !== 'string' || !/^https?:\/\/./.test(value),
    `${what} is not an http(s) address`,
  )
  say(typeof value === 'string' && value.length > MAX.url, `${what} is longer than ${MAX.url}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
