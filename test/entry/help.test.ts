import { expect, it } from 'vitest'
import { runCheck } from '../../src/entry/commands/check.ts'
import { runConfig } from '../../src/entry/commands/config.ts'
import { runDemo } from '../../src/entry/commands/demo.ts'
import { runGate } from '../../src/entry/commands/gate.ts'
import { runRules } from '../../src/entry/commands/rules.ts'
import { runServe } from '../../src/entry/commands/serve.ts'
import type { Io } from '../../src/entry/io.ts'

it.each(Object.entries({ runCheck, runConfig, runDemo, runGate, runRules, runServe }))(
  '%s explains itself in lines that fit a terminal of 80 columns',
  async (_, run) => {
    const out: string[] = []
    const io: Io = {
      stdin: (async function* (): AsyncGenerator<string> {})(),
      stdout: { write: (piece) => out.push(piece) },
      stderr: { write: (piece) => out.push(piece) },
      env: {},
      cwd: () => import.meta.dirname,
    }
    expect(await run(['--help'], io)).toBe(0)
    const text = out.join('')
    expect(text).toMatch(/^holdgate \w+/)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  },
)
