// Reads a Vault policy, in HCL or JSON, into paths with their capabilities. Tolerant of layout and
// comments, strict about everything else: what is not understood is no policy.
// https://developer.hashicorp.com/vault/docs/concepts/policies
import { isList, isObject, type JsonObject, type JsonValue } from '../../../json.ts'
import { parseJson } from '../../../text/parse-json.ts'

export interface VaultRule {
  readonly capabilities: ReadonlySet<string>
  /** Everything else said of the path (parameters, wrapping), as text. */
  readonly limits: string
}

export type VaultPolicy = ReadonlyMap<string, VaultRule>

/** Characters of one policy. */
export const MAX_POLICY_CHARS = 1_000_000
/** Blocks and lists inside each other. */
const MAX_DEPTH = 8

const TOKEN =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w-]*|-?\d[\w.]*|[{}[\]=,:]/y
const SKIPPED = /^(\s|#|\/\/|\/\*)/

/** The old one-word form. https://developer.hashicorp.com/vault/docs/concepts/policies */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
}

export function readVaultPolicy(text: string): VaultPolicy | undefined {
  if (text.length > MAX_POLICY_CHARS) return undefined
  const paths = text.trimStart().startsWith('{') ? readJson(text) : readHcl(text)
  if (paths === undefined) return undefined
  const rules = new Map<string, VaultRule>()
  for (const [path, body] of paths) {
    const rule = ruleOf(body)
    if (rule === undefined) return undefined
    const held = rules.get(path)
    rules.set(path, held === undefined ? rule : merged(held, rule))
  }
  return rules
}

type Paths = readonly (readonly [string, JsonObject])[]

function readJson(text: string): Paths | undefined {
  try {
    const policy = parseJson(text)
    const paths = isObject(policy) ? policy.path : undefined
    if (paths === undefined) return undefined
    const entries: [string, JsonObject][] = []
    for (const item of isList(paths) ? paths : [paths]) {
      if (!isObject(item)) return undefined
      for (const [path, body] of Object.entries(item)) {
        if (!isObject(body)) return undefined
        entries.push([path, body])
      }
    }
    return entries
  } catch {
    return undefined
  }
}

function readHcl(text: string): Paths | undefined {
  const tokens = tokensOf(text)
  if (tokens === undefined) return undefined
  const paths: [string, JsonObject][] = []
  let at = 0
  while (at < tokens.length) {
    const [word, name] = [tokens[at], stringOf(tokens[at + 1])]
    if (word === 'name' && tokens[at + 1] === '=') {
      at += 3
      continue
    }
    if ((word !== 'path' && word !== '"path"') || name === undefined) return undefined
    const body = readBlock(tokens, at + 2, 0)
    if (body === undefined) return undefined
    paths.push([name, body.value])
    at = body.next
  }
  return paths
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  const scan = new RegExp(TOKEN)
  while (scan.lastIndex < text.length) {
    const token = scan.exec(text)?.[0]
    if (token === undefined) return undefined
    if (!SKIPPED.test(token)) tokens.push(token)
  }
  return tokens
}

interface Read<T> {
  readonly value: T
  readonly next: number
}

/** `{ key = value … }` from its opening brace. */
function readBlock(
  tokens: readonly string[],
  from: number,
  depth: number,
): Read<JsonObject> | undefined {
  if (tokens[from] !== '{' || depth > MAX_DEPTH) return undefined
  const members: [string, JsonValue][] = []
  let at = from + 1
  while (tokens[at] !== '}') {
    const raw = tokens[at]
    if (raw === undefined) return undefined
    const key = stringOf(raw) ?? raw
    if (!/^[\w"*+./-]/.test(raw)) return undefined
    const isAssigned = tokens[at + 1] === '=' || tokens[at + 1] === ':'
    const value = readValue(tokens, isAssigned ? at + 2 : at + 1, depth + 1)
    if (value === undefined) return undefined
    members.push([key, value.value])
    at = tokens[value.next] === ',' ? value.next + 1 : value.next
  }
  return { value: Object.fromEntries(members), next: at + 1 }
}

function readValue(
  tokens: readonly string[],
  at: number,
  depth: number,
): Read<JsonValue> | undefined {
  const token = tokens[at]
  if (token === undefined || depth > MAX_DEPTH) return undefined
  if (token === '{') return readBlock(tokens, at, depth)
  if (token === '[') return readList(tokens, at, depth)
  const text = stringOf(token)
  if (text !== undefined) return { value: text, next: at + 1 }
  return /^(-?\d|true$|false$)/.test(token) ? { value: token, next: at + 1 } : undefined
}

function readList(
  tokens: readonly string[],
  from: number,
  depth: number,
): Read<JsonValue> | undefined {
  const items: JsonValue[] = []
  let at = from + 1
  while (tokens[at] !== ']') {
    const item = readValue(tokens, at, depth + 1)
    if (item === undefined) return undefined
    items.push(item.value)
    if (tokens[item.next] !== ',' && tokens[item.next] !== ']') return undefined
    at = tokens[item.next] === ',' ? item.next + 1 : item.next
  }
  return { value: items, next: at + 1 }
}

function stringOf(token: string | undefined): string | undefined {
  if (token === undefined || !token.startsWith('"')) return undefined
  try {
    const text: unknown = JSON.parse(token)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

function ruleOf(body: JsonObject): VaultRule | undefined {
  const { capabilities, policy, ...rest } = body
  const word =
    typeof policy === 'string' && Object.hasOwn(WORDS, policy) ? WORDS[policy] : undefined
  if (policy !== undefined && word === undefined) return undefined
  const list = capabilities ?? []
  if (!isList(list) || !list.every((item) => typeof item === 'string')) return undefined
  const limits = Object.keys(rest).sort()
  return {
    capabilities: new Set([...(list as readonly string[]), ...(word ?? [])]),
    limits: limits.map((key) => `${key}=${JSON.stringify(rest[key])}`).join('\n'),
  }
}

function merged(a: VaultRule, b: VaultRule): VaultRule {
  return {
    capabilities: new Set([...a.capabilities, ...b.capabilities]),
    limits: [a.limits, b.limits].sort().join('\n'),
  }
}
