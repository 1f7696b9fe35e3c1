// Recognises a secret by any fragment of it: a cut, a prefix or a half that came out is a leak too.

export interface Canary {
  readonly place: string
  readonly value: string
}

/** Long enough that no fragment of it appears by chance. */
const FRAGMENT = 10

/** Places whose secret came out in this text. */
export function leaks(text: string, canaries: readonly Canary[]): readonly string[] {
  return canaries
    .filter(({ value }) => fragments(value).some((fragment) => text.includes(fragment)))
    .map(({ place }) => place)
}

/** Fragments of the random part: a cut, a prefix or a half of a secret is a leak as well. */
function fragments(value: string): readonly string[] {
  const random = value.match(/[0-9A-Za-z+/_-]{16,}/g) ?? []
  return random.flatMap((part) => {
    const pieces: string[] = []
    for (let at = 0; at + FRAGMENT <= part.length; at += 1)
      pieces.push(part.slice(at, at + FRAGMENT))
    return pieces.filter((piece) => !/^[A-Za-z]+$/.test(piece) || /[A-Z].*[a-z].*[A-Z]/.test(piece))
  })
}
