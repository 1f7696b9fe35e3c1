import type { Guard } from './guard.ts'

/** `HOLDGATE_KILL_SWITCH=on`: nothing is released, whatever it is. */
export const killSwitch: Guard = {
  id: 'kill-switch',
  stop: (policy) =>
    policy.killSwitch ? 'the kill switch is on, so everything waits for a person' : undefined,
}
