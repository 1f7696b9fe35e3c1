// What the demo sends: the built-in plans, those of a folder, or the scenes of the second reader.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { err, ok, type Result } from '../../core/result.ts'
import type { PlanSource } from './content.ts'
import { REVIEW_SCENES, type ReviewScene } from './review-scenes.ts'
import { SITUATIONS, type Situation, situationFor } from './situations.ts'

const FIXTURES = fileURLToPath(new URL('../../../fixtures/demo', import.meta.url))

export interface DemoRun {
  readonly situation: Situation
  readonly plan: PlanSource
  /** What the practice model does meanwhile, where there is one. */
  readonly scene?: ReviewScene
}

/** @param now milliseconds since the epoch: the plans are as if they had just been made */
export async function builtInRuns(now: number): Promise<Result<readonly DemoRun[], string>> {
  return all(SITUATIONS.map((situation) => builtIn(situation, now)))
}

export async function reviewRuns(now: number): Promise<Result<readonly DemoRun[], string>> {
  return all(
    REVIEW_SCENES.map(async (scene) => {
      const run = await builtIn(scene.situation, now)
      return run.ok ? ok({ ...run.value, scene }) : run
    }),
  )
}

/** Every `*.json` of a folder, as it is. */
export async function runsIn(folder: string): Promise<Result<readonly DemoRun[], string>> {
  const names = await readdir(folder).catch(() => undefined)
  if (names === undefined) return err(`the folder of --plans cannot be read: ${folder}`)
  const files = names.filter((name) => name.endsWith('.json')).sort()
  if (files.length === 0) return err(`the folder of --plans has no *.json: ${folder}`)
  return ok(
    files.map((name) => ({
      plan: { kind: 'file', path: join(folder, name) },
      situation: situationFor(name.slice(0, -'.json'.length)),
    })),
  )
}

async function builtIn(situation: Situation, now: number): Promise<Result<DemoRun, string>> {
  const text = await readFile(join(FIXTURES, situation.name, 'plan.json'), 'utf8').catch(
    () => undefined,
  )
  if (text === undefined) return err(`the built-in plan "${situation.name}" is missing`)
  // As committed each is as old as this version, and a plan older than a day waits for a person.
  const plan = { ...(JSON.parse(text) as object), timestamp: new Date(now).toISOString() }
  return ok({ situation, plan: { kind: 'text', text: JSON.stringify(plan) } })
}

async function all<T>(jobs: readonly Promise<Result<T, string>>[]): Promise<Result<T[], string>> {
  const values: T[] = []
  for (const job of await Promise.all(jobs)) {
    if (!job.ok) return job
    values.push(job.value)
  }
  return ok(values)
}
