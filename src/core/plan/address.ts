/**
 * An address or reference without instance keys: `module.a["x"].aws_vpc.b[0]` is configured at
 * `module.a.aws_vpc.b`. Quoted keys may hold anything, brackets and dots included.
 */
export function blockAddress(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]["]*)\]/g, '')
}
