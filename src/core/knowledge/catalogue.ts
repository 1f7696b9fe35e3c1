// Looking up what is known of a resource type. A look-up never guesses: known with a row, or unknown.
import { AWS } from './data/aws.ts'
import { AZURERM } from './data/azurerm.ts'
import { CLOUDFLARE } from './data/cloudflare.ts'
import { DATADOG } from './data/datadog.ts'
import { GITHUB } from './data/github.ts'
import { GOOGLE } from './data/google.ts'
import { KUBERNETES } from './data/kubernetes.ts'
import { OTHER } from './data/other.ts'
import { AWS_SECURE } from './data/secure-aws.ts'
import { AZURERM_SECURE } from './data/secure-azurerm.ts'
import { GOOGLE_SECURE } from './data/secure-google.ts'
import { OTHER_SECURE } from './data/secure-other.ts'
import { VAULT } from './data/vault.ts'
import { guessClass } from './guess-class.ts'
import type { Kind, KindRow, SecureValue } from './kind.ts'

export const ROWS: readonly KindRow[] = [
  ...AWS,
  ...AZURERM,
  ...GOOGLE,
  ...KUBERNETES,
  ...CLOUDFLARE,
  ...VAULT,
  ...GITHUB,
  ...DATADOG,
  ...OTHER,
]

export const SECURE_VALUES: readonly SecureValue[] = [
  ...AWS_SECURE,
  ...AZURERM_SECURE,
  ...GOOGLE_SECURE,
  ...OTHER_SECURE,
]

// Maps, not objects: a type called `constructor` finds nothing.
const byType = new Map<string, KindRow>()
for (const row of ROWS) {
  for (const alias of row.aliases ?? []) if (!byType.has(alias)) byType.set(alias, row)
}
for (const row of ROWS) byType.set(row.type, row)

const secureByType = new Map<string, SecureValue[]>()
for (const row of SECURE_VALUES) {
  secureByType.set(row.type, [...(secureByType.get(row.type) ?? []), row])
}

/**
 * What the catalogue knows of a resource type, given as Terraform names it (`aws_db_instance`).
 * Unknown types carry a class guessed from words, for explanations only, never for a release.
 */
export function kindOf(type: string): Kind {
  const row = byType.get(type)
  if (row === undefined) return { kind: 'unknown', type, guess: guessClass(type) }
  return { kind: 'known', type, class: row.class, row }
}

/** Attribute values known to be secure or not for a type; none known is an empty list. */
export function secureValuesOf(type: string): readonly SecureValue[] {
  return secureByType.get(type) ?? []
}

/** The catalogue and, for types it does not have, rows of a team's own. Its own rows always win. */
export function catalogueWith(rows: readonly KindRow[]): (type: string) => Kind {
  if (rows.length === 0) return kindOf
  const own = new Map(
    rows.flatMap((row) => [row.type, ...(row.aliases ?? [])].map((type) => [type, row] as const)),
  )
  return (type) => {
    const known = kindOf(type)
    const row = known.kind === 'unknown' ? own.get(type) : undefined
    return row === undefined ? known : { kind: 'known', type, class: row.class, row }
  }
}
