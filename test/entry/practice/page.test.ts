// The run page shows what a service sent, and nothing a service sent can act on it.
import { describe, expect, it } from 'vitest'
import { readCallback } from '../../../src/entry/practice/callback-rules.ts'
import { markdownHtml } from '../../../src/entry/practice/markdown.ts'
import { runPage } from '../../../src/entry/practice/page.ts'
import { newIdentity } from '../../../src/entry/practice/payload.ts'
import type { PracticeRun } from '../../../src/entry/practice/recording.ts'

const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>'

describe('markdown', () => {
  it('renders text, lists, tables and code', () => {
    const html = markdownHtml('### Title\n\n- **a** `b`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n')
    for (const tag of ['<h6>', '<li>', '<strong>', '<code>', '<td>']) expect(html).toContain(tag)
  })

  it.each([
    HOSTILE,
    `a ${HOSTILE} b`,
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>)',
    '![x](https://evil.example/p.png)',
    '<javascript:alert(1)>',
    '[x](https://evil.example/" onmouseover="alert(1))',
    '`<script>`',
    '```html\n<script>\n```',
    '```"><script>\nx\n```',
    '<a href="https://evil.example">x</a>',
  ])('%s does nothing', (source) => {
    const html = markdownHtml(source)
    expect(html).not.toMatch(/<(script|img|iframe|style|svg|object|embed|form|input)/i)
    expect(html).not.toMatch(/<[^>]+\son\w+\s*=/i)
    expect(html).not.toMatch(/(href|src)\s*=\s*["']?\s*(?!https?:)[a-z]+:/i)
  })
})

describe('page', () => {
  it('escapes everything a service or a run brings along', () => {
    const body = JSON.stringify({
      data: {
        type: 'task-results',
        attributes: { status: 'failed', message: HOSTILE },
        relationships: {
          outcomes: {
            data: [
              {
                type: 'task-result-outcomes',
                attributes: {
                  'outcome-id': HOSTILE,
                  description: HOSTILE,
                  body: HOSTILE,
                  tags: { Severity: [{ label: HOSTILE, level: '"><script>' }] },
                },
              },
            ],
          },
        },
      },
    })
    const html = runPage([{ title: HOSTILE, run: runWith(body) }])
    expect(html).not.toMatch(/<(script|img)/i)
    expect(html).toContain('alert(1)')
  })

  it('shows status, message, labels and what follows from them', () => {
    const body = JSON.stringify({
      data: { type: 'task-results', attributes: { status: 'passed', message: 'Nothing to see' } },
    })
    const html = runPage([{ title: 'Add tags', run: runWith(body) }])
    for (const text of [
      'Passed',
      'Nothing to see',
      'Add tags',
      'payments-prod',
      'goes on by itself',
    ]) {
      expect(html).toContain(text)
    }
    expect(html).toContain('lang="en"')
  })
})

function runWith(body: string): PracticeRun {
  const read = readCallback(body, true)
  const request = { at: 0, door: 'api', method: 'PATCH', target: '/', headers: {}, body } as const
  return {
    description: {
      stage: 'post_plan',
      enforcement: 'mandatory',
      speculative: false,
      organization: 'acme',
      project: 'payments',
      workspace: 'payments-prod',
      message: 'm',
      createdBy: HOSTILE,
      outcomes: true,
    },
    identity: newIdentity('http://127.0.0.1:1'),
    payload: {},
    requests: [],
    callbacks: [{ ...read, at: 0, request, final: true, accepted: true }],
    violations: [],
  }
}
