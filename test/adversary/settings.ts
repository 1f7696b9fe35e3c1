// The widest policy that can be written: a limit for every concern that may have one, in every
// environment, for every address. What holds under these holds under any.
import { WEIGHABLE_CONCERNS } from '../../src/core/policy/grants/weighable.ts'
import type { PresetName } from '../../src/core/policy/policy.ts'

export interface Setting {
  readonly preset: PresetName
  readonly environment: 'production' | 'staging' | 'dev'
}

export const SETTINGS: readonly [Setting, ...Setting[]] = [
  { preset: 'standard', environment: 'production' },
  { preset: 'relaxed', environment: 'production' },
  { preset: 'standard', environment: 'staging' },
  { preset: 'relaxed', environment: 'staging' },
  { preset: 'standard', environment: 'dev' },
  { preset: 'relaxed', environment: 'dev' },
]

export const AT: number = Date.parse('2026-11-20T10:00:00Z')

/** @param more members of `review` beside its limits */
export function widestPolicy(preset: PresetName, more: readonly string[] = []): string {
  return `version: 1
preset: ${preset}
review:
${more.map((line) => `  ${line}\n`).join('')}  releases:
    - id: everything
      concerns: [${WEIGHABLE_CONCERNS.join(', ')}]
      environments: [production, staging, dev]
      addresses: ["*"]
      granted_by: jane@acme.example
      justification: as wide as it can be written
      rollback: revert the commit
      expires: 2099-12-31
`
}
