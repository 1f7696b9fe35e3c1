// Blocks are found exactly, whatever stands around and inside them, and garbage ends cleanly.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksIn } from '../../../../src/core/review/code/blocks.ts'
import { blocksInJson } from '../../../../src/core/review/code/json.ts'
import { tokensOf } from '../../../../src/core/review/code/tokens.ts'

const FAKE = 'resource "fake" "fake" {'

/** Attributes and nested blocks whose text holds braces, quotes and headers that do not count. */
const line: fc.Arbitrary<string> = fc.constantFrom(
  'a = 1',
  'a = "}"',
  'a = "{"',
  'a = "\\"}"',
  `a = "\${b["}"]} {"`,
  `a = "\${join("}", [for x in y : "\${x}{"])}"`,
  'a = "$${not } code"',
  'a = "%{ if x }}%{ else }{%{ endif }"',
  'a = "100%"',
  'a = { b = [{ c = "d" }] }',
  'lifecycle {\n    prevent_destroy = true\n  }',
  `# ${FAKE}`,
  `// ${FAKE} "`,
  `/* ${FAKE}\n" */`,
  `a = <<EOT\n${FAKE}\n"\n}}\nEOT`,
  `a = <<-EOT\n    ${FAKE}\n    EOT not yet\n    \${join("", ["}"])}\n  EOT`,
  `a = f(<<A\n$\${ {\nA\n)`,
  'a = 1 / 2 < 3 ? "x" : "y"',
  'dynamic "x" { for_each = {} }',
)
const around: fc.Arbitrary<string> = fc.constantFrom(
  '\n',
  '# a comment on its own\n\n',
  `/*\n${FAKE}\n*/\n\n`,
  `locals {\n  a = <<X\n${FAKE}\nX\n}\n`,
  `variable "x" {\n  default = "${FAKE.replaceAll('"', '\\"')}"\n}\n`,
  'provider "aws" { region = "x" } # end\n',
  `module "m" {\n  source = "./m"\n}\n\n`,
)
const comment: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '# why\n',
  '// why\n# and how\n',
  '/* why\n\n" { */\n',
)
const block = fc
  .tuple(
    comment,
    fc.constantFrom('resource "t" "n" {', 'resource t n {', 'resource "t" /* x */ "n" { # y'),
    fc.array(line, { maxLength: 6 }),
  )
  .map(([comments, header, lines]) => ({
    comments,
    text: `${header}\n${lines.map((one) => `  ${one}\n`).join('')}}`,
  }))

describe('a block', () => {
  it('is found with its exact text and comments, whatever surrounds it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(around, { maxLength: 3 }), block), { maxLength: 5 }),
        fc.array(around, { maxLength: 3 }),
        fc.boolean(),
        (parts, after, windows) => {
          const ends = (text: string): string => (windows ? text.replaceAll('\n', '\r\n') : text)
          const source = parts
            .map(([before, one]) => `${before.join('')}\n\n${one.comments}${one.text}\n`)
            .join('')
          const found = blocksIn(ends(`${source}${after.join('')}`))
          const ours = found.filter(({ keyword }) => keyword === 'resource')
          expect(ours).toEqual(
            parts.map(([, { comments, text }]) => ({
              keyword: 'resource',
              labels: ['t', 'n'],
              comments: ends(comments),
              text: ends(text),
            })),
          )
        },
      ),
      { seed: 11, numRuns: 500 },
    )
  })

  it('takes no comment from above a blank line or from the end of another line', () => {
    const source = '# far\n\nlocals {} # beside\nresource "t" "n" {\n}\n'
    expect(blocksIn(source).map(({ keyword, comments }) => [keyword, comments])).toEqual([
      ['locals', ''],
      ['resource', ''],
    ])
  })

  it('that never ends reaches to the end of the text', () => {
    for (const rest of ['', '\n  a = "', '\n  a = <<EOT\nx', '\n  /* x', '\n  a = "${']) {
      const source = `resource "t" "n" {${rest}`
      expect(blocksIn(source).map(({ text }) => text)).toEqual([source])
    }
  })

  it('is found after a quote that nobody closed', () => {
    const source = 'locals {\n  a = "open\n}\nresource "t" "n" {\n}\n'
    expect(blocksIn(source).map(({ keyword }) => keyword)).toEqual(['locals', 'resource'])
  })
})

describe('text that is no configuration', () => {
  const piece = fc.constantFrom(
    ...['"', '{', '}', '${', '%{', '$', '%', '(', ')', '[', ']', '\\', '\n', '\r', '#', '//', '/*'],
    ...[
      '*/',
      '<<',
      '<<-',
      '<<A\n',
      'A',
      '=',
      ':',
      'resource',
      'resource "a" "b" {',
      ' ',
      'é',
      '\0',
    ],
  )
  const garbage = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )

  it('never throws, and its tokens are in order and inside it', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        let before = 0
        for (const { from, to, depth } of tokensOf(text)) {
          expect(from).toBeGreaterThanOrEqual(before)
          expect(to).toBeGreaterThanOrEqual(from)
          expect(depth).toBeGreaterThanOrEqual(0)
          before = to
        }
        expect(before).toBeLessThanOrEqual(text.length)
        for (const one of blocksIn(text)) expect(text).toContain(`${one.comments}${one.text}`)
        expect(Array.isArray(blocksInJson(text))).toBe(true)
      }),
      { seed: 12, numRuns: 2_000 },
    )
  })

  // Without linear time a megabyte of any of these would run into the limit of the test.
  it.each([
    ...['"', '{', '${"', '"${', '(', '(}', '"${(', '[}', '}', '# \n', '/*', '<<', '<<A\n', '%{'],
    ...['\n', ' ', '\\', 'a ', '"" ', 'resource "a" "b" {', '\u{1f600}', '$', '/', 'a="'],
  ])('takes a megabyte of %j', (unit) => {
    const text = unit.repeat(1_000_000 / unit.length)
    expect(blocksIn(text).length).toBeLessThanOrEqual(1)
  })

  it('takes a heredoc of a megabyte that never ends', () => {
    expect(blocksIn(`a = <<EOT\n${`${FAKE}\n`.repeat(40_000)}`)).toEqual([])
  })

  it('takes JSON nested without end', () => {
    const deep = '{"resource":{"t":{"n":'.concat('['.repeat(200_000), ']'.repeat(200_000), '}}}')
    expect(Array.isArray(blocksInJson(deep))).toBe(true)
  })
})
