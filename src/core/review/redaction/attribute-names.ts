// Names that a provider gave, not a person: attributes in the catalogue, and types.
import { kindOf, ROWS, SECURE_VALUES } from '../../knowledge/catalogue.ts'

const NAMES: ReadonlySet<string> = new Set(
  [
    ...ROWS.flatMap((row) => [
      ...(row.protections ?? []).map(({ attr }) => attr),
      ...(row.scaling ?? []).map(({ path }) => path),
      ...(row.metadata_traps ?? []).map(({ path }) => path),
      ...(row.authoritative ?? []).map(({ path }) => path),
      ...(row.policy_attrs ?? []).map(({ path }) => path),
      ...(row.rules ?? []).map(({ path }) => path),
      ...(row.identity ?? []),
      ...(row.metadata ?? []),
      ...(row.force_new ?? []),
      ...(row.force_new_if ?? []),
      ...(row.sensitive ?? []),
      ...(row.harmless ?? []),
      ...(row.harmless_to_add ?? []),
    ]),
    ...SECURE_VALUES.map(({ path }) => path),
  ]
    .flatMap((path) => path.split(/[.[\]\s]+/))
    .filter((step) => /^[a-z][a-z0-9_]*$/.test(step)),
)

export function isAttributeName(step: string): boolean {
  return NAMES.has(step)
}

export function isKnownType(word: string): boolean {
  return kindOf(word).kind === 'known'
}
