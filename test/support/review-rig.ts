// A rig with a practice model beside the platform, and a policy that gives a model something to answer.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import {
  type PracticeModel,
  type PracticeModelOptions,
  startPracticeModel,
} from '../../src/entry/practice/model/server.ts'
import { ROLLOUT_POLICY } from './review.ts'
import { type Rig, type Runtime, type Settings, startRig } from './rig.ts'

export const ASSESS_TOKEN = 'review-assess-token-9a1c'

export interface ReviewRig extends Rig {
  readonly model: PracticeModel
}

export interface ReviewRigOptions {
  readonly model?: PracticeModelOptions
  readonly policy?: string
  readonly notes?: string
  readonly settings?: Settings
}

export function reviewRigFor(runtime: Runtime, options: ReviewRigOptions = {}): () => ReviewRig {
  let rig: ReviewRig | undefined
  beforeAll(async () => {
    rig = await startReviewRig(runtime, options)
  })
  afterAll(async () => {
    if (rig !== undefined) await stopReviewRig(rig)
  })
  return () => {
    if (rig === undefined) throw new Error('the rig is not up')
    return rig
  }
}

export async function startReviewRig(
  runtime: Runtime,
  { model: behaving = {}, policy = ROLLOUT_POLICY, notes, settings = {} }: ReviewRigOptions = {},
): Promise<ReviewRig> {
  const model = await startPracticeModel(behaving)
  const given = runtime.readsFiles === true ? inFile : (_: string, text: string) => text
  const rig = await startRig(runtime, {
    ANTHROPIC_API_KEY: model.apiKey,
    ANTHROPIC_BASE_URL: model.origin,
    HOLDGATE_ASSESS_TOKEN: ASSESS_TOKEN,
    HOLDGATE_CONFIG: await given('holdgate.yaml', policy),
    ...(notes === undefined ? {} : { HOLDGATE_REVIEW_NOTES: await given('notes.txt', notes) }),
    ...settings,
  })
  return { ...rig, model }
}

export async function stopReviewRig({ service, platform, model }: ReviewRig): Promise<void> {
  await service.kill()
  await platform.close()
  await model.close()
}

export function assessing(rig: Rig, plan: string, format = 'json'): Promise<Response> {
  return rig.service.request(`/assess?format=${format}`, {
    method: 'POST',
    body: plan,
    headers: {
      authorization: `Bearer ${ASSESS_TOKEN}`,
      'x-holdgate-workspace': 'orders-prod',
    },
  })
}

async function inFile(name: string, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'holdgate-review-')), name)
  await writeFile(path, text)
  return path
}
