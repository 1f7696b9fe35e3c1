// The blast radius of the objects a decision speaks of, as far as the configuration shows it.
import type { Decision } from '../decision.ts'
import { blockAddress } from '../plan/address.ts'
import { redact } from '../text/secrets.ts'
import type { Dependents } from './blast.ts'

/** Objects asked about, objects told, and dependents listed of one: the rest is counted. */
const MOST_ASKED = 200
const MOST_TOLD = 20
const MOST_LISTED = 30

/**
 * The dependents of the blocks of these addresses (of findings), in their order; objects on which
 * nothing is known to depend are left out. Readers in other workspaces are not known here.
 */
export function reachOf(
  addresses: readonly string[],
  dependents: Dependents,
): NonNullable<Decision['reach']> {
  const blocks = new Set(addresses.map(blockAddress))
  blocks.delete('')
  return [...blocks]
    .slice(0, MOST_ASKED)
    .map((address) => ({ address, found: dependents(address) }))
    .filter(({ found }) => found.length > 0)
    .slice(0, MOST_TOLD)
    .map(({ address, found }) => ({
      address: redact(address, { identifier: true }),
      dependents: found.slice(0, MOST_LISTED).map((one) => redact(one, { identifier: true })),
      total: found.length,
    }))
}
