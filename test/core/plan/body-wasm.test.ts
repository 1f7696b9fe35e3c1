import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import wabt from 'wabt'
import { BODY_WASM } from '../../../src/core/plan/body-wasm.ts'

const FOLDER = new URL('../../../src/core/plan/', import.meta.url)

it('body-wasm.ts holds body.wat, assembled (GOLDENS=write writes it)', async () => {
  const { parseWat } = await wabt()
  const module = parseWat('body.wat', readFileSync(new URL('body.wat', FOLDER), 'utf8'), {
    simd: true,
  })
  module.validate()
  const assembled = Buffer.from(module.toBinary({}).buffer).toString('base64')
  if (process.env.GOLDENS === 'write')
    writeFileSync(new URL('body-wasm.ts', FOLDER), source(assembled))
  else expect(BODY_WASM).toBe(assembled)
})

function source(base64: string): string {
  const lines = (base64.match(/.{1,90}/g) ?? []).map((line) => `  '${line}',`)
  return [
    '// body.wat, assembled: written by test/core/plan/body-wasm.test.ts, which compares the two.',
    'export const BODY_WASM: string = [',
    ...lines,
    "].join('')",
    '',
  ].join('\n')
}
