// Claim: every surface says of these decisions what the files beside this test show. Rewrite them
// on purpose with GOLDENS=write, and read the difference.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../src/core/decision.ts'
import { render } from '../../../src/core/report/render.ts'
import { runTaskReport } from '../../../src/core/report/run-task.ts'
import { DECISIONS } from './decisions.ts'

const SURFACES: Readonly<Record<string, (decision: Decision) => string>> = {
  txt: (decision) => render(decision, 'text'),
  md: (decision) => render(decision, 'markdown'),
  html: (decision) => render(decision, 'html'),
  json: (decision) => render(decision, 'json'),
  'run-task.txt': (decision) => {
    const run = { stage: 'post_plan', enforcement: 'mandatory', speculative: false } as const
    const report = runTaskReport(decision, run)
    const outcomes = report.outcomes.map(({ id, description, body, tags }) => {
      const labels = Object.entries(tags).map(
        ([key, list]) => `${key}=${list.map(({ label, level }) => `${label}/${level}`).join(',')}`,
      )
      return `== ${id} | ${labels.join(' | ')}\n${description}\n--\n${body}\n`
    })
    return `${report.status}\n${report.message}\n\n${outcomes.join('\n')}`
  },
}

describe.each(Object.entries(DECISIONS))('%s', (name, decision) => {
  it.each(Object.entries(SURFACES))('as %s', (extension, shown) => {
    const file = fileURLToPath(new URL(`goldens/${name}.${extension}`, import.meta.url))
    const text = shown(decision)
    if (process.env.GOLDENS === 'write') {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    expect(existsSync(file), `golden ${name}.${extension}: write it with GOLDENS=write`).toBe(true)
    expect(text).toBe(readFileSync(file, 'utf8'))
  })
})
