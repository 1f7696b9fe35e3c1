// Claim: the HTML report is a page a person can use: in a real browser, in both colour schemes, on a
// phone and on a desk, axe finds nothing, nothing scrolls sideways, and nothing is fetched.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decision } from '../../../src/core/decision.ts'
import { render } from '../../../src/core/report/render.ts'
import { hasBrowser, openFile, type Page, startBrowser } from '../../support/browser.ts'
import { DEMO_PLANS, decisionOn, SCENARIO_PLANS } from '../../support/fixture-plans.ts'
import { DECISIONS, hugeDecision, reachingDecision, talkativeDecision } from './decisions.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FOLDER = mkdtempSync(join(tmpdir(), 'holdgate-report-'))
const PICTURES = fileURLToPath(new URL('../../../infra/screenshots/', import.meta.url))
const SCHEMES = ['light', 'dark'] as const
const WIDER = 'document.documentElement.scrollWidth - innerWidth'
const WIDTHS = [390, 1280] as const

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

if (!hasBrowser) {
  console.warn('SKIPPED: no /usr/bin/chromium, so the HTML report was not looked at in a browser')
}

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: BrowserContext
  let page: Page

  beforeAll(async () => {
    browser = await startBrowser()
    page = await browser.newPage()
  })

  afterAll(async () => {
    await browser.close()
  })

  /** Opens the report, and fails where it fetches, scrolls sideways or hurts a reader. */
  async function look(
    name: string,
    decision: Decision,
    widths: readonly number[] = WIDTHS,
  ): Promise<void> {
    const file = join(FOLDER, `${name}.html`)
    writeFileSync(file, render(decision, 'html'))
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      for (const width of widths) {
        await page.setViewportSize({ width, height: 844 })
        const where = `${name}, ${colorScheme}, ${width} px`
        expect(await openFile(page, file), where).toEqual([])
        const wide = await page.evaluate(WIDER)
        expect(wide, where).toBeLessThanOrEqual(0)
        const found = await violations(page)
        const told = found.map(({ id, nodes }) => [
          id,
          nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`),
        ])
        expect(told, where).toEqual([])
      }
    }
  }

  it('what the search is for is found where it is', async () => {
    const file = join(FOLDER, 'bad.html')
    writeFileSync(
      file,
      '<!doctype html><title>x</title><p style="color:#ccc">pale</p><img src="http://there.invalid/x.png"><div style="width:3000px">wide</div>',
    )
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await openFile(page, file)).toEqual(['http://there.invalid/x.png'])
    expect(await page.evaluate(WIDER)).toBeGreaterThan(0)
    expect((await violations(page)).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['color-contrast', 'html-has-lang', 'image-alt']),
    )
  })

  it.each(Object.entries(DECISIONS))('%s', (name, decision) => look(name, decision), 60_000)

  it('an object with many dependents', () => look('reach', reachingDecision()), 60_000)

  it('200 reviewed claims', () => look('talkative', talkativeDecision(200)), 120_000)

  it.each(DEMO_PLANS.map((plan) => [plan.name, plan] as const))(
    '%s',
    async (name, plan) => {
      const decision = await decisionOn(plan)
      if (decision === undefined) throw new Error('not read')
      await look(`demo-${name}`, decision)
    },
    60_000,
  )

  it('a scenario with findings of every kind', async () => {
    const decision = await decisionOn(scenario('D115'))
    if (decision === undefined) throw new Error('not read')
    await look('D115', decision)
  }, 60_000)

  it('a report on 2 000 different findings', () => look('huge', hugeDecision(2000), [390]), 240_000)

  it('nothing in a hostile plan runs, links or loads', async () => {
    const decision = DECISIONS.hostile
    if (decision === undefined) throw new Error('no such decision')
    const file = join(FOLDER, 'hostile.html')
    writeFileSync(file, render(decision, 'html'))
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    expect(await openFile(page, file)).toEqual([])
    const alive = await page.evaluate(`[...document.querySelectorAll(
      'script,img,iframe,object,embed,form,input,link,base,a[href]:not([href^="#"])')].map((e) => e.outerHTML)`)
    expect(alive).toEqual([])
    const handlers = await page.evaluate(`[...document.querySelectorAll('*')].flatMap((e) =>
      e.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style'))`)
    expect(handlers).toEqual([])
    expect(dialogs).toEqual([])
  })

  it('on paper, what is folded on the screen is open', async () => {
    const file = join(FOLDER, 'paper.html')
    const decision = DECISIONS['hold-database']
    if (decision === undefined) throw new Error('no such decision')
    writeFileSync(file, render(decision, 'html'))
    await page.setViewportSize({ width: 794, height: 1123 })
    await openFile(page, file)
    const folded = page.locator('details li').first()
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
    expect(await folded.isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    expect((await folded.boundingBox())?.height ?? 0).toBeGreaterThan(0)
    await page.emulateMedia({ media: 'screen' })
  })

  it.runIf(process.env.SCREENSHOTS === 'write')('the pictures in infra/screenshots', async () => {
    const decision = reachingDecision()
    const file = join(FOLDER, 'picture.html')
    writeFileSync(file, render(decision, 'html'))
    for (const [name, colorScheme, width, height] of [
      ['report-desk', 'light', 900, 1000],
      ['report-phone', 'dark', 390, 1000],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      await openFile(page, file)
      if (width < 500) {
        await page.evaluate('document.querySelector("#reach").scrollIntoView()')
      }
      await page.screenshot({ path: `${PICTURES}${name}.png` })
    }
  })
})

async function violations(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(AXE)
  return page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)',
  )
}

function scenario(name: string): (typeof SCENARIO_PLANS)[number] {
  const found = SCENARIO_PLANS.find((plan) => plan.name === name)
  if (found === undefined) throw new Error(`no scenario ${name}`)
  return found
}
