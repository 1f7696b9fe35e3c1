// Claims about every surface and every decision: limits are kept, nothing from a plan becomes live,
// no secret passes, everything that needs a person is shown or counted, and order is stable.
import { marked, type Token } from 'marked'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../src/core/decision.ts'
import { type Format, render } from '../../../src/core/report/render.ts'
import { type RunTaskRun, runTaskReport } from '../../../src/core/report/run-task.ts'
import { CANARY, changes, DECISIONS, hostileDecision, hugeDecision } from './decisions.ts'

const FORMATS: readonly Format[] = ['json', 'markdown', 'text', 'html', 'atlantis']
const RUN: RunTaskRun = { stage: 'post_plan', enforcement: 'mandatory', speculative: false }
const HUGE = hugeDecision(2000)
const ALL = { ...DECISIONS, huge: HUGE }

/** Everything a surface says, in one string each. */
function surfaces(decision: Decision): readonly (readonly [string, string])[] {
  const report = runTaskReport(decision, RUN)
  return [
    ...FORMATS.map((format) => [format, render(decision, format)] as const),
    ['message', report.message],
    ...report.outcomes.map(
      (item) => [`outcome ${item.id}`, `${item.description}\n${item.body}`] as const,
    ),
  ]
}

describe('limits', () => {
  it.each(Object.entries(ALL))('%s keeps the limits of run-task results', (_name, decision) => {
    const report = runTaskReport(decision, RUN)
    expect(report.message.length).toBeGreaterThan(0)
    expect(report.message.length).toBeLessThanOrEqual(1000)
    expect(report.message).not.toMatch(/\p{Cc}/u)
    expect(report.outcomes.length).toBeGreaterThan(0)
    expect(report.outcomes.length).toBeLessThanOrEqual(250)
    expect(new Set(report.outcomes.map(({ id }) => id)).size).toBe(report.outcomes.length)
    for (const outcome of report.outcomes) {
      expect(outcome.id).toMatch(/^[A-Za-z0-9_.-]{1,64}$/)
      expect(outcome.description).toMatch(/^[^\p{Cc}]{1,1000}$/u)
      expect(outcome.description.length).toBeLessThanOrEqual(1000)
      expect(outcome.body.length).toBeGreaterThan(0)
      expect(outcome.body.length).toBeLessThanOrEqual(10_000)
      expect(Object.keys(outcome.tags).length).toBeGreaterThan(0)
      expect(Object.keys(outcome.tags).length).toBeLessThanOrEqual(10)
      for (const [key, tags] of Object.entries(outcome.tags)) {
        expect(key).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/)
        expect(tags.length).toBeGreaterThan(0)
        for (const { label } of tags) expect(label).toMatch(/^.{1,32}$/)
      }
    }
  })

  it('a comment on 2 000 findings stays below the smallest limit of the forges', () => {
    expect(render(HUGE, 'markdown').length).toBeLessThan(65_536)
  })

  it('a page on 2 000 findings stays below 2 MB', () => {
    expect(new TextEncoder().encode(render(HUGE, 'html')).length).toBeLessThan(2_000_000)
  })

  it('a terminal report on 2 000 findings stays readable', () => {
    expect(render(HUGE, 'text').split('\n').length).toBeLessThan(3000)
  })

  it('lines keep the width they are given, unless one word is longer', () => {
    const { hostile: _hostile, ...plain } = DECISIONS
    for (const width of [60, 80, 120]) {
      for (const decision of Object.values(plain)) {
        for (const line of render(decision, 'text', { width }).split('\n')) {
          const longest = Math.max(...line.split(' ').map((word) => word.length))
          expect(line.length).toBeLessThanOrEqual(Math.max(width, 22 + longest))
        }
      }
    }
  })

  it('cuts never fall inside a character', () => {
    for (const [surface, text] of surfaces(HUGE)) expect(text, surface).not.toMatch(/\p{Cs}/u)
  })
})

describe('everything is shown or counted', () => {
  /** "… 12 more finding(s) left out here: …; 8 of them need a person." */
  function countedHeld(text: string): number {
    const note = /more findings? left out here: [^;]*; (?:(\d+) of them|none)/.exec(
      text.replace(/\s+/g, ' '),
    )
    return Number(note?.[1] ?? 0)
  }

  it.each(['markdown', 'text', 'html'] as const)('%s of 2 000 different findings', (format) => {
    const text = render(HUGE, format).replaceAll('<wbr>', '')
    const shown = HUGE.findings.filter(
      ({ holds, address }) => holds && text.includes(address.slice(0, address.indexOf('_db'))),
    )
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.length + countedHeld(text)).toBe(1000)
  })

  it('a run task of 2 000 different findings', () => {
    const { outcomes } = runTaskReport(HUGE, RUN)
    const held = outcomes.filter(
      ({ tags, id }) => id !== 'left-out' && tags.Status?.[0]?.level === 'error',
    )
    const counted = outcomes.find(({ id }) => id === 'left-out')
    expect(held.length + countedHeld(counted?.body ?? '')).toBe(1000)
  })

  it('JSON holds all of them', () => {
    const parsed = JSON.parse(render(HUGE, 'json')) as Decision
    expect(parsed.findings.map(({ address }) => address)).toEqual(
      HUGE.findings.map(({ address }) => address),
    )
  })

  it('findings alike but for the address are one group that names or counts them', () => {
    const text = render(DECISIONS['hold-database'] ?? HUGE, 'text')
    expect(text).toContain('aws_ecs_service.worker[0] (and 29 more)')
    expect(text.match(/Rule: +workload-rollout/g)).toHaveLength(1)
  })
})

describe('nothing from a plan becomes live', () => {
  const decision = hostileDecision(CANARY)

  it('no surface holds a control, bidi or invisible character', () => {
    for (const [surface, text] of surfaces(decision)) {
      expect(text, surface).not.toMatch(/[^\P{Cc}\n]|\p{Default_Ignorable_Code_Point}/u)
    }
  })

  it('Markdown has no link, image, HTML or task from the plan, and its own headings only', () => {
    const { outcomes } = runTaskReport(decision, RUN)
    const texts = [render(decision, 'markdown'), ...outcomes.map(({ body }) => body)]
    for (const text of texts) {
      const tokens: Token[] = []
      marked.walkTokens(marked.lexer(text), (token) => {
        tokens.push(token)
      })
      const kinds = new Set(tokens.map(({ type }) => type))
      for (const kind of ['link', 'image', 'html', 'code', 'table', 'hr', 'blockquote', 'del']) {
        expect(kinds, kind).not.toContain(kind)
      }
      const headings = tokens.filter(({ type }) => type === 'heading').map(({ raw }) => raw.trim())
      for (const heading of headings) {
        expect(heading).toMatch(
          /^## Hold: needs a person$|^### (?:Critical|High): needs a person$|^### Second reader: escalated$/,
        )
      }
      const prose = tokens.filter(
        (token) => token.type === 'text' && !('tokens' in token && token.tokens),
      )
      for (const { raw } of prose) expect(raw).not.toMatch(/[@<>[\]`|]|#\d|:\/\//)
    }
  })

  it('HTML has the elements of an empty report and no attribute from the plan', () => {
    const html = render(decision, 'html')
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name)
    expect(new Set(tags)).not.toContain('script')
    expect(new Set(tags)).not.toContain('img')
    expect([...html.matchAll(/<a ([^>]*)>/g)].map(([, said]) => said).join('\n')).toMatch(
      /^(?:href="#f\d+"\n?)*$/,
    )
    expect(html).toContain("default-src 'none'")
    for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi))
      expect(tag).not.toMatch(/evil|alert|onerror/)
  })

  it('colours are written only on request', () => {
    expect(render(decision, 'text')).not.toContain('\u001b')
    const painted = render(decision, 'text', { color: true })
    const codes = new Set(painted.match(/\u001b[^m]*m/g))
    expect([...codes].every((code) => /^\u001b\[\d{1,2}m$/.test(code))).toBe(true)
    expect(painted.replace(/\u001b\[\d{1,2}m/g, '')).toBe(render(decision, 'text'))
  })
})

describe('secrets', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`

  it('a credential in any field reaches no surface', () => {
    for (const [surface, text] of surfaces(hostileDecision(`see ${token} now`))) {
      expect(text, surface).not.toContain(token)
    }
  })
})

describe('order', () => {
  it('is the same for the same decision, whatever the order of its members', () => {
    for (const decision of Object.values(DECISIONS)) {
      const turned = turn(decision) as Decision
      for (const format of FORMATS) expect(render(turned, format)).toBe(render(decision, format))
      expect(runTaskReport(turned, RUN)).toEqual(runTaskReport(decision, RUN))
    }
  })

  it('puts what needs a person first, then the severe', () => {
    const findings = DECISIONS['hold-database']?.findings ?? []
    const text = render({ ...HUGE, findings: findings.toReversed(), because: ['x'] }, 'text')
    expect(text.indexOf('CRITICAL')).toBeLessThan(text.indexOf('MEDIUM'))
  })

  function turn(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(turn)
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value).toReversed()
    return Object.fromEntries(members.map(([key, item]) => [key, turn(item)]))
  }
})

describe('a plan without changes', () => {
  it.each(['markdown', 'text', 'html'] as const)('%s says so', (format) => {
    expect(render(DECISIONS['no-changes'] ?? HUGE, format)).toContain('no changes')
  })

  it('is told apart from one that is held without changes', () => {
    const held = {
      ...HUGE,
      plan: { ...HUGE.plan, changes: changes({}) },
      because: ['The plan errored'],
    } as const
    const { status, message } = runTaskReport({ ...held, findings: [] }, RUN)
    expect(status).toBe('failed')
    expect(message).toContain('The plan has no changes. The plan errored.')
  })
})
