// What a name says about the environment. Whole tokens only: `devops` is not `dev`, `latest` is not
// `test`, and `nonprod` is read before `prod`.
import type { Tier } from '../context.ts'

export interface NameSaying {
  readonly tier: Tier
  readonly ephemeral: boolean
  /** The token that said it. */
  readonly word: string
}

const PRODUCTION = new Set(['prod', 'production', 'prd', 'live', 'dr', 'failover', 'standby'])
const STAGING = new Set([
  'stg',
  'stage',
  'staging',
  'uat',
  'preprod',
  'preproduction',
  'ppe',
  'qa',
  'int',
  'perf',
])
const DEV = new Set([
  'dev',
  'develop',
  'development',
  'test',
  'testing',
  'tst',
  'sandbox',
  'sbx',
  'lab',
  'demo',
  'poc',
  'nonprod',
  'nonproduction',
  'nprod',
])
const EPHEMERAL = new Set(['preview', 'review', 'ephemeral'])

/** All environments hang on these, so they count as production whatever stands beside them. */
const SHARED = new Set([
  'shared',
  'common',
  'core',
  'platform',
  'hub',
  'mgmt',
  'management',
  'security',
  'logging',
  'network',
  'root',
  'org',
  'organization',
  'global',
  'identity',
  'dns',
])

/** A word that makes the token before it part of a product's name. */
const PRODUCT_PAIRS = new Set([
  'test automation',
  'dev portal',
  'dev tools',
  'demo builder',
  'qa tools',
])

/**
 * What one name (workspace, directory, tag value, variable) says, or undefined where it says
 * nothing. Production beats everything in the same name (`staging-prod-mirror`), so that a name can
 * lower the stakes only when nothing in it raises them.
 */
export function environmentOf(name: string, options: { shared: boolean }): NameSaying | undefined {
  const tokens = tokensOf(name)
  const shared = options.shared ? tokens.find((token) => SHARED.has(token)) : undefined
  const production = tokens.find((token) => PRODUCTION.has(token)) ?? shared
  if (production !== undefined) return { tier: 'production', ephemeral: false, word: production }
  const staging = tokens.find((token) => STAGING.has(token))
  if (staging !== undefined) return { tier: 'staging', ephemeral: false, word: staging }
  const ephemeral = ephemeralWord(tokens)
  if (ephemeral !== undefined) return { tier: 'dev', ephemeral: true, word: ephemeral }
  const dev = tokens.find((token) => DEV.has(token))
  return dev === undefined ? undefined : { tier: 'dev', ephemeral: false, word: dev }
}

function tokensOf(name: string): string[] {
  const raw = name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((token) => token.replace(/\d+$/, '') || token)
    .filter((token) => token !== '')
  return raw.flatMap((token, at) => {
    const before = raw[at - 1]
    const next = raw[at + 1]
    if ((token === 'non' || token === 'not') && isProd(next)) return []
    if (token === 'pre' && isProd(next)) return []
    if (isProd(token) && (before === 'non' || before === 'not')) return ['nonprod']
    if (isProd(token) && before === 'pre') return ['preprod']
    if (next !== undefined && PRODUCT_PAIRS.has(`${token} ${next}`)) return []
    return [token]
  })
}

function isProd(token: string | undefined): boolean {
  return token === 'prod' || token === 'production' || token === 'prd'
}

function ephemeralWord(tokens: readonly string[]): string | undefined {
  const named = tokens.find((token) => EPHEMERAL.has(token))
  if (named !== undefined) return named
  const at = tokens.indexOf('pr')
  return at >= 0 && /^\d+$/.test(tokens[at + 1] ?? '') ? `pr-${tokens[at + 1]}` : undefined
}
