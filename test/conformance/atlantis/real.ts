// Statements that only a real Atlantis can prove: which of them are tested against one, and why the
// others are not.

export const REAL: readonly number[] = [19, 20, 21, 22, 24, 27, 29]

export const WHY_NOT: Readonly<Record<number, string>> = {
  23: 'A reviewer that crashes without our script: it records a behaviour of Atlantis that the script makes unreachable.',
  25: 'Two printing steps: the shipped workflow has exactly one, which statements 13 and 30 keep so.',
  26: 'A multienv step before the reviewer: the shipped workflow has none, which statement 13 keeps so.',
  32: 'A bot that comments from a hook: nothing of ours comments; the page names the lock race.',
  33: 'A reviewer that hangs for ten minutes: the time limit of the script is tested without Atlantis under "no answer".',
  34: 'Webhooks after an apply: nothing of ours receives them, and their payload holds credentials.',
  35: 'GitLab without required approvals: it needs a practice GitLab; the page warns of it.',
}
