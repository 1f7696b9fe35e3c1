// Work on a plan in small steps, so that whoever does it can turn to something else in between, or
// give it up: pure work knows no clock.

/** Each step is short, whatever the plan is like. */
export type Steps<T> = Generator<void, T, void>

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}
