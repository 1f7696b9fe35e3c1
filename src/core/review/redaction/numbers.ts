/** Numbers things in the order in which they are first asked for: 1, 2, 3 … */
export function numbering(): (key: string) => number {
  const known = new Map<string, number>()
  return (key) => {
    const number = known.get(key) ?? known.size + 1
    known.set(key, number)
    return number
  }
}
