// How bad the true rate may still be, given what was seen.

/**
 * Upper end of the one-sided 95 % confidence interval for a rate, given `seen` events (0 … `trials`)
 * in `trials` independent trials. Exact (Clopper and Pearson 1934); the rule of three, 3/n, when
 * nothing was seen. No trials say nothing: 1.
 */
export function upperBound(seen: number, trials: number): number {
  if (trials <= 0 || seen >= trials) return 1
  if (seen === 0) return Math.min(1, 3 / trials)
  let low = seen / trials
  let high = 1
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2
    if (atMost(seen, trials, middle) > 0.05) low = middle
    else high = middle
  }
  return high
}

/** P(X ≤ seen) for a binomial, summed through logarithms so that large `trials` do not overflow. */
function atMost(seen: number, trials: number, rate: number): number {
  let logTerm = trials * Math.log1p(-rate)
  let sum = Math.exp(logTerm)
  for (let k = 1; k <= seen; k += 1) {
    logTerm += Math.log((trials - k + 1) / k) + Math.log(rate) - Math.log1p(-rate)
    sum += Math.exp(logTerm)
  }
  return sum
}
