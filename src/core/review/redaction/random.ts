// Strings that nobody thought of. Shorter ones than a report hides: a random name that is shown by
// its number costs the reader nothing.

const RUN = /[A-Za-z0-9+/_-]{16,}/g
const HEX_OR_UUID = /^(?:[0-9a-f-]+|[0-9A-F-]+)$/

/** Runs that look random, not those of digests, ids in hexadecimal and UUIDs. */
export function replaceRandom(text: string, put: (run: string) => string): string {
  return text.replace(RUN, (run) => {
    // A path is many names, and one of them may be random.
    if (!run.includes('/')) return isRandom(run) ? put(run) : run
    if (isRandom(run) && !isPath(run)) return put(run)
    return run.replace(/[^/]{16,}/g, (part) => (isRandom(part) ? put(part) : part))
  })
}

export function hasRandom(text: string): boolean {
  let found = false
  replaceRandom(text, (run) => {
    found = true
    return run
  })
  return found
}

/** Words, numbers and ids of clouds (`security-group/sg-0f4e14e106d7ef990`), and nothing else. */
function isPath(run: string): boolean {
  return run.split('/').every((part) => PATH_PART.test(part))
}

const PATH_PART =
  /^(?:|[A-Za-z][a-z]+|[a-z-]+|\d{1,20}|[a-z]{1,12}(?:-[a-z]{1,12}){0,3}-(?:[0-9a-f]{8}|[0-9a-f]{17}))$/

function isRandom(run: string): boolean {
  if (HEX_OR_UUID.test(run)) return false
  return [run.replace(/[^A-Za-z0-9]/g, ''), ...run.split(/[^A-Za-z0-9]+/)].some(isRandomWord)
}

function isRandomWord(word: string): boolean {
  if (word.length < 16 || HEX_OR_UUID.test(word)) return false
  const lower = /[a-z]/.test(word)
  const upper = /[A-Z]/.test(word)
  const digits = word.match(/\d/g)?.length ?? 0
  const changes = changesIn(word)
  if (lower && upper) {
    if (digits > 0 && changes >= 0.4) return true
    return changes >= 0.25 && /[bcdfghj-np-tv-xz]{5}/i.test(word.replace(/\d/g, ''))
  }
  if (lower) return word.length >= 20 && digits >= 4 && changes >= 0.3
  return upper && word.length >= 26 && digits >= 3 && changes >= 0.2
}

/** Share of neighbours of different class: high in random strings, low in words and CamelCase. */
function changesIn(word: string): number {
  let changes = 0
  for (let at = 1; at < word.length; at += 1) {
    if (classOf(word.charAt(at)) !== classOf(word.charAt(at - 1))) changes += 1
  }
  return changes / (word.length - 1)
}

function classOf(char: string): number {
  return char >= 'a' ? 0 : char >= 'A' ? 1 : 2
}
