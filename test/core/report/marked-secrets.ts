// The values a plan marks as sensitive: what no surface may show. Values that the plan also shows in
// clear, at a place nobody marked, are no secret of its own and are left out.
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Table = { readonly [key: string]: Json }

/** Shorter texts ("true", "admin") occur by chance. */
const SHORTEST = 8

export function secretsOf(plan: Table): readonly string[] {
  const secrets = new Set<string>()
  const open: string[] = []
  for (const change of changesOf(plan)) {
    collect(change.before, change.before_sensitive, secrets, open)
    collect(change.after, change.after_sensitive, secrets, open)
  }
  for (const element of elementsOf(plan)) open.push(String(element.address ?? ''))
  const clear = open.join('\n')
  return [...secrets].filter((secret) => secret.length >= SHORTEST && !clear.includes(secret))
}

function elementsOf(plan: Table): readonly Table[] {
  return [plan.resource_changes, plan.resource_drift].flatMap((list) =>
    Array.isArray(list) ? (list as readonly Table[]) : [],
  )
}

function changesOf(plan: Table): readonly Table[] {
  return [
    ...elementsOf(plan).map((element) => element.change),
    ...valuesOf(plan.output_changes),
  ].filter(isTable)
}

function collect(
  value: Json | undefined,
  mark: Json | undefined,
  secrets: Set<string>,
  open: string[],
): void {
  if (mark === true) {
    leaves(value, (text) => secrets.add(text))
    return
  }
  if (typeof value === 'string') {
    open.push(value)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    open.push(key)
    collect(
      item as Json,
      isTable(mark) || Array.isArray(mark) ? (mark as Table)[key] : undefined,
      secrets,
      open,
    )
  }
}

function leaves(value: Json | undefined, take: (text: string) => void): void {
  if (typeof value === 'string') take(value)
  else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) leaves(item as Json, take)
  }
}

function valuesOf(value: Json | undefined): readonly Json[] {
  return isTable(value) ? Object.values(value) : []
}

function isTable(value: Json | undefined): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
