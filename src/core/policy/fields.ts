// Fields that several sections of the policy file share, and the sentence that none of them lowers.
import * as z from 'zod'
import { environmentOf } from '../analysis/environment-words.ts'
import type { Tier } from '../context.ts'

/** Said wherever somebody tries to switch off what cannot be switched off. */
export const FLOOR_STAYS =
  'nothing in this file lowers the hard floor (loss of data or keys, internet exposure, privilege escalation): it always waits for a person'

export const Text: z.ZodString = z.string().min(1)
export const Patterns: z.ZodArray<z.ZodString> = z.array(Text).min(1)

const DAY = /^\d{4}-\d{2}-\d{2}$/

export const Day: z.ZodString = z
  .string()
  .regex(DAY, 'a day such as 2027-06-30')
  .refine((text) => !DAY.test(text) || isDay(text), 'a day that the calendar has')

export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** As the analysis reads names: what is not known to be something else is production. */
export function tierOf(environment: string): Tier {
  return environmentOf(environment, { shared: false })?.tier ?? 'production'
}

/** A check of a list: an id stands in it once; entries without one are inert anyway. */
export function idsOnce(
  entries: readonly { readonly id?: string | null | undefined }[],
  context: Pick<z.core.$RefinementCtx, 'addIssue'>,
): void {
  entries.forEach(({ id }, at) => {
    if (id == null || entries.findIndex((other) => other.id === id) === at) return
    context.addIssue({ code: 'custom', path: [at, 'id'], message: 'an id used only once' })
  })
}
