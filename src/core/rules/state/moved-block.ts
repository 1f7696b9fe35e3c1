// The HCL that tells Terraform about a rename.

const SHOWN = 4

export interface Move {
  readonly from: string
  readonly to: string
}

/** One `moved` block over four lines. */
export function movedBlock(from: string, to: string): string {
  return `moved {\n  from = ${from}\n  to   = ${to}\n}`
}

/**
 * The blocks for several moves: one for all where every instance keeps its key, else the first four
 * and a count of the rest.
 */
export function movedBlocks(moves: readonly Move[]): string {
  const [first] = moves
  if (first !== undefined && moves.length > 1) {
    const whole = moves.map(({ from, to }) => ({ from: parted(from), to: parted(to) }))
    const isOne = whole.every(
      ({ from, to }) => from.key !== '' && from.key === to.key && from.block !== to.block,
    )
    const blocks = new Set(whole.map(({ from, to }) => `${from.block}\n${to.block}`))
    if (isOne && blocks.size === 1) {
      return movedBlock(parted(first.from).block, parted(first.to).block)
    }
  }
  const shown = moves.slice(0, SHOWN).map(({ from, to }) => movedBlock(from, to))
  const rest = moves.length - shown.length
  return [...shown, ...(rest > 0 ? [`and ${rest} more in the same way`] : [])].join('\n')
}

function parted(address: string): { block: string; key: string } {
  const key = /\["(?:[^"\\]|\\.)*"\]$|\[\d+\]$/.exec(address)?.[0] ?? ''
  return { block: address.slice(0, address.length - key.length), key }
}
