// A headless Chromium of the machine, cut off from every network.
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'
export const hasBrowser: boolean = existsSync(CHROMIUM)

export type { Page } from 'playwright-core'

export function startBrowser(): Promise<BrowserContext> {
  return chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'holdgate-browser-')), {
    executablePath: CHROMIUM,
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      '--host-resolver-rules=MAP * ~NOTFOUND',
    ],
  })
}

/** Opens a file and tells every other address the page asked for. */
export async function openFile(page: Page, file: string): Promise<readonly string[]> {
  const asked: string[] = []
  const note = (request: { url(): string }): void => {
    asked.push(request.url())
  }
  page.on('request', note)
  await page.goto(`file://${file}`)
  page.off('request', note)
  return asked.filter((url) => url !== `file://${file}`)
}
