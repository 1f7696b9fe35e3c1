import { describe, expect, it } from 'vitest'
import { finals } from '../../../src/entry/practice/recording.ts'
import { databaseDeleted, databaseReplaced, planJson } from '../../support/plans.ts'
import { type Bench, shown } from '../../support/rig.ts'

const HOSTILE =
  '[click](https://evil.example) ![x](https://evil.example/p.png) <script>x</script> `'

export function callback({ rig }: Bench): void {
  describe('callback format', () => {
    it('49. it is a PATCH to the callback address, byte for byte', async () => {
      const { run, final } = await rig().decide()
      const { pathname, search } = new URL(run.identity.callbackUrl)
      expect(final.request.method).toBe('PATCH')
      expect(search).toMatch(/%2Fa\+b$/)
      expect(final.request.target).toBe(`${pathname}${search}`)
    })

    it('50. it carries the JSON:API type and the token of the delivery', async () => {
      const { run, final } = await rig().decide()
      expect(final.request.headers['content-type']).toBe('application/vnd.api+json')
      expect(final.request.headers.authorization).toBe(`Bearer ${run.identity.token}`)
    })

    it('51. data.type is task-results, the status is one of three', async () => {
      const { run } = await rig().decide()
      for (const { request } of run.callbacks) {
        const { data } = JSON.parse(request.body)
        expect(data.type).toBe('task-results')
        expect(['running', 'passed', 'failed']).toContain(data.attributes.status)
      }
    })

    it('52. outcomes stand in the relationships, each with its type', async () => {
      const { final } = await rig().decide()
      const { data } = JSON.parse(final.request.body)
      const outcomes = data.relationships.outcomes.data
      expect(outcomes.length).toBeGreaterThan(0)
      for (const { type } of outcomes) expect(type).toBe('task-result-outcomes')
      expect(data.attributes).not.toHaveProperty('outcomes')
    })

    it('53. tags are objects of lists of labels with a level', async () => {
      const { run, final } = await rig().decide()
      const { data } = JSON.parse(final.request.body)
      for (const { attributes } of data.relationships.outcomes.data) {
        expect(Object.keys(attributes.tags).length).toBeGreaterThan(0)
        for (const labels of Object.values<{ label: string; level: string }[]>(attributes.tags)) {
          for (const { level } of labels) {
            expect(['none', 'info', 'warning', 'error']).toContain(level)
          }
        }
      }
      expect(run.violations).toEqual([])
    })

    it('54. every length is kept, and a cut is visible and splits no character', async () => {
      const long = `a${'🚀'.repeat(3000)}`
      const text = planJson([databaseDeleted('main', long), databaseReplaced(long)])
      const { run, final } = await rig().decide({
        plan: { kind: 'text', text },
        workspace: `payments-${'ü'.repeat(400)}`,
        message: long,
      })
      expect(run.violations).toEqual([])
      expect(final.status).toBe('failed')
      expect(final.request.body).not.toContain(long)
      expect(final.request.body).toContain('…')
    })

    it('55. at most 250 outcomes, most severe first, and what is left out is counted', async () => {
      const many = Array.from({ length: 700 }, (_, at) => databaseDeleted('shard', at))
      const { run, final } = await rig().decide({ plan: { kind: 'text', text: planJson(many) } })
      expect(run.violations).toEqual([])
      expect(final.outcomes.length).toBeLessThanOrEqual(250)
      const counted = final.outcomes.some(({ description, body }) =>
        /\b\d+ (more|further|other|findings|outcomes)/i.test(`${description} ${body}`),
      )
      const bundled = final.outcomes.length < 250 && /700/.test(final.request.body)
      expect(counted || bundled).toBe(true)
      const order = ['error', 'warning', 'info', 'none']
      const levels = final.outcomes.slice(0, -1).map(({ tags }) => {
        const severity = Object.entries(tags).find(([key]) => key.toLowerCase() === 'severity')
        return order.indexOf(severity?.[1][0]?.level ?? 'none')
      })
      expect(levels).toEqual([...levels].sort((a, b) => a - b))
    })

    it('56. absent values are left out: no empty text, no null', async () => {
      const { run } = await rig().decide()
      for (const { request } of run.callbacks) {
        expect(request.body).not.toMatch(/:(""|null)[,}]/)
      }
    })

    it('57. text from plan, message, branch and user cannot inject markup', async () => {
      const text = planJson([databaseDeleted('main', HOSTILE), databaseReplaced()])
      const { final } = await rig().decide({
        plan: { kind: 'text', text },
        message: HOSTILE,
        createdBy: HOSTILE,
        workspace: HOSTILE,
        override: { vcs_branch: HOSTILE },
      })
      expect(final.outcomes.length).toBeGreaterThan(0)
      for (const { body } of final.outcomes) {
        const visible = withoutCode(body)
        expect(visible).not.toMatch(/(?<!\\)\]\(https:\/\/evil/)
        expect(visible).not.toMatch(/(?<!\\)<script/)
      }
    })

    it('61. after the accepted final callback nothing more is sent', async () => {
      const { run, final } = await rig().decide()
      await rig().settled()
      expect(run.callbacks.at(-1)).toBe(final)
      expect(finals(run)).toHaveLength(1)
      expect(shown(run.callbacks.slice(0, -1))).not.toMatch(/"status":"(passed|failed)"/)
    })
  })
}

/** Markdown with its code spans and code blocks removed: there, nothing is markup. */
function withoutCode(markdown: string): string {
  return markdown.replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
}
