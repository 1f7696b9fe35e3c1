// Addresses and paths taken apart, so that each step can be shown or stood in for.

export interface AddressStep {
  readonly text: string
  readonly kind: 'word' | 'key' | 'index' | 'deposed'
}

const STEP =
  /^(?:(?<word>[^."[\]\s()]+)|\["(?<key>(?:[^"\\]|\\.)*)"\]|\[(?<index>\d{1,12})\]| \(deposed (?<deposed>[^()]{1,64})\))(?<dot>\.?)/

/** The steps of `module.a["x"].aws_vpc.b[0] (deposed 1f2e)`; undefined for anything else. */
export function stepsOfAddress(address: string): readonly AddressStep[] | undefined {
  const steps: AddressStep[] = []
  let rest = address
  while (rest !== '') {
    const groups = STEP.exec(rest)?.groups
    if (groups === undefined) return undefined
    const { word, key, index, deposed, dot = '' } = groups
    const whole = STEP.exec(rest)?.[0] ?? rest
    if (word !== undefined) steps.push({ kind: 'word', text: word })
    else if (key !== undefined) steps.push({ kind: 'key', text: key })
    else if (index !== undefined) steps.push({ kind: 'index', text: index })
    else steps.push({ kind: 'deposed', text: deposed ?? '' })
    rest = rest.slice(whole.length)
    const next = rest.charAt(0)
    if (
      dot === '.'
        ? rest === '' || next === '[' || next === ' '
        : rest !== '' && next !== '[' && next !== ' '
    ) {
      return undefined
    }
  }
  return steps
}

/** The steps of a path as written for people (`ingress[0].tags["a b"]`); undefined where unclear. */
export function stepsOfPath(path: string): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = []
  let rest = path
  while (rest !== '') {
    const found = /^(?:\.?([A-Za-z_][\w-]*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\])/.exec(rest)
    if (found === null) return undefined
    const [whole, word, index, key] = found
    if (word !== undefined) steps.push(word)
    else if (index !== undefined) steps.push(Number(index))
    else steps.push(parsed(key ?? '""'))
    rest = rest.slice(whole.length)
  }
  return steps
}

function parsed(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
