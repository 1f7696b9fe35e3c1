// One rule in normal form: who may talk to whom, however a provider writes it.
import type { Range } from './address.ts'
import type { Ports } from './protocol.ts'

export type Direction = 'ingress' | 'egress'

export interface NetRule {
  readonly direction: Direction
  /**
   * What a packet has to carry besides address, protocol and port, sorted: a peer known by name
   * (`peer:sg-1`), a part of the group (`part:tag web`). Empty: nothing but the address counts.
   */
  readonly needs: readonly string[]
  /** Peer addresses; `ANYWHERE` for a peer known by name only. */
  readonly range: Range
  readonly protocol: string
  readonly ports: Ports
  readonly allow: boolean
  /** Lower wins; at equal priority a deny wins. Rule sets without an order use 0 throughout. */
  readonly priority: number
  /** A platform's own rule that no resource writes (default allow, default deny). */
  readonly implied?: true
}

/** Equal for two rules that mean the same. */
export function ruleKey(rule: NetRule): string {
  return [
    rule.direction,
    rule.needs.join('\u0001'),
    rule.range.from.toString(36),
    rule.range.to.toString(36),
    rule.protocol,
    rule.ports.from,
    rule.ports.to,
    rule.allow ? 'allow' : 'deny',
    rule.priority,
  ].join('\u0000')
}

export function peer(name: string): string {
  return `peer:${name}`
}

export function part(name: string): string {
  return `part:${name}`
}
