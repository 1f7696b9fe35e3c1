import type { Bench } from './measure.ts'
export const planReadMemory: Bench = { name: 'plan-read-memory', async *run() {} }
