// A setting is right or the service does not start; the sentence names it and never shows it.
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/entry/settings.ts'

const KEY = 'a-key-of-sixteen-or-more'
const BASE = { HOLDGATE_HMAC_KEY: KEY }

const read = (changes: Record<string, unknown> = {}) => {
  const settings = readSettings({ ...BASE, ...changes })
  if (!settings.ok) throw new Error(settings.error)
  return settings.value
}

describe('settings', () => {
  it('need nothing but the key', () => {
    expect(read()).toMatchObject({
      platformOrigins: ['https://app.terraform.io'],
      killSwitch: false,
      timeLimitMs: 55 * 60_000,
      host: '0.0.0.0',
      port: 8787,
    })
    const { hmacKeys, assessToken, config, maxPlanBytes, review } = read()
    expect(hmacKeys.map((key) => key.reveal())).toEqual([KEY])
    expect([assessToken, config, maxPlanBytes, review]).toEqual(Array(4).fill(undefined))
  })

  it('keep the current key before the previous one', () => {
    const { hmacKeys } = read({ HOLDGATE_HMAC_KEY_PREVIOUS: 'the-key-before-0123456789' })
    expect(hmacKeys.map((key) => key.reveal())).toEqual([KEY, 'the-key-before-0123456789'])
  })

  it('take an empty value for none, as deployment tools write it', () => {
    expect(read({ PORT: '', HOLDGATE_ASSESS_TOKEN: ' ', HOLDGATE_TIME_LIMIT: '' })).toMatchObject({
      port: 8787,
      timeLimitMs: 55 * 60_000,
    })
  })

  it.each([
    ['55m', 3_300_000],
    ['9m', 540_000],
    ['90s', 90_000],
    ['59m', 3_540_000],
  ])('read the time limit %s', (text, ms) => {
    expect(read({ HOLDGATE_TIME_LIMIT: text }).timeLimitMs).toBe(ms)
  })

  it('read origins in any spelling into one', () => {
    const text = ' https://TFE.acme.example:443/ , http://127.0.0.1:8080,'
    expect(read({ HOLDGATE_PLATFORM_ORIGINS: text }).platformOrigins).toEqual([
      'https://tfe.acme.example',
      'http://127.0.0.1:8080',
    ])
  })

  it('read the rest', () => {
    const settings = read({
      HOLDGATE_ASSESS_TOKEN: 'a-token-of-sixteen-chars',
      HOLDGATE_CONFIG: '/etc/holdgate.yaml',
      HOLDGATE_KILL_SWITCH: 'on',
      HOLDGATE_MAX_PLAN_BYTES: '1048576',
      ANTHROPIC_API_KEY: 'sk',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
      HOLDGATE_REVIEW_MODEL: 'm',
      HOLDGATE_REVIEW_PRICES: '0.5/12',
      HOLDGATE_REVIEW_DAILY_TOKENS: '0',
      HOLDGATE_REVIEW_NOTES: 'notes.txt',
      HOST: '::1',
      PORT: '0',
    })
    expect(settings).toMatchObject({
      config: '/etc/holdgate.yaml',
      killSwitch: true,
      maxPlanBytes: 1_048_576,
      review: {
        baseUrl: 'http://127.0.0.1:9',
        model: 'm',
        prices: { input: 0.5, output: 12 },
        dailyTokens: 0,
        notes: 'notes.txt',
      },
      host: '::1',
      port: 0,
    })
    expect(settings.assessToken?.reveal()).toBe('a-token-of-sixteen-chars')
  })

  it('ask no model without a key, and this one with a key alone', () => {
    expect(read({ HOLDGATE_REVIEW_MODEL: 'm' }).review).toBeUndefined()
    const { apiKey, ...review } = read({ ANTHROPIC_API_KEY: 'sk-0123456789' }).review ?? {}
    expect(review).toEqual({ model: 'claude-sonnet-5-5', dailyTokens: 2_000_000 })
    expect(apiKey?.reveal()).toBe('sk-0123456789')
  })

  it.each([
    ['https://gateway.example/anthropic/', 'https://gateway.example/anthropic'],
    ['https://GATEWAY.example:443', 'https://gateway.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
  ])("read the provider's address %s", (text, baseUrl) => {
    const settings = read({ ANTHROPIC_API_KEY: 'sk', ANTHROPIC_BASE_URL: text })
    expect(settings.review?.baseUrl).toBe(baseUrl)
  })

  it('never print a secret', () => {
    const settings = read({ HOLDGATE_ASSESS_TOKEN: 'a-token-of-sixteen-chars' })
    expect(JSON.stringify(settings)).not.toMatch(/sixteen/)
  })
})

describe('a start is refused for', () => {
  it.each([
    ['HOLDGATE_HMAC_KEY', undefined],
    ['HOLDGATE_HMAC_KEY', ''],
    ['HOLDGATE_HMAC_KEY', '   '],
    ['HOLDGATE_HMAC_KEY', 'short-secret'],
    ['HOLDGATE_HMAC_KEY', `${KEY}\n`],
    ['HOLDGATE_HMAC_KEY', 7],
    ['HOLDGATE_HMAC_KEY_PREVIOUS', 'short-secret'],
    ['HOLDGATE_PLATFORM_ORIGINS', 'http://tfe.acme.example'],
    ['HOLDGATE_PLATFORM_ORIGINS', 'https://app.terraform.io/api'],
    ['HOLDGATE_PLATFORM_ORIGINS', 'https://u:hunter2@app.terraform.io'],
    ['HOLDGATE_PLATFORM_ORIGINS', 'https://app.terraform.io, nonsense'],
    ['HOLDGATE_PLATFORM_ORIGINS', ','],
    ['HOLDGATE_ASSESS_TOKEN', 'short-secret'],
    ['HOLDGATE_ASSESS_TOKEN', 'with a space in the token'],
    ['HOLDGATE_KILL_SWITCH', 'true'],
    ['HOLDGATE_KILL_SWITCH', 'ON'],
    ['HOLDGATE_MAX_PLAN_BYTES', '100MB'],
    ['HOLDGATE_MAX_PLAN_BYTES', '-1'],
    ['HOLDGATE_MAX_PLAN_BYTES', '1e9'],
    ['HOLDGATE_TIME_LIMIT', '55'],
    ['HOLDGATE_TIME_LIMIT', '60m'],
    ['HOLDGATE_TIME_LIMIT', '0s'],
    ['HOLDGATE_TIME_LIMIT', '1h'],
    ['HOLDGATE_TIME_LIMIT', '-9m'],
    ['ANTHROPIC_API_KEY', 'sk-hunter2\n'],
    ['ANTHROPIC_API_KEY', 'sk-hunter2\r\nx-evil: 1'],
    ['ANTHROPIC_API_KEY', 'sk hunter2'],
    ['ANTHROPIC_API_KEY', 'sk-hunter2-\u00e9'],
    ['ANTHROPIC_BASE_URL', 'api.example'],
    ['ANTHROPIC_BASE_URL', 'http://api.example'],
    ['ANTHROPIC_BASE_URL', 'ftp://127.0.0.1'],
    ['ANTHROPIC_BASE_URL', 'https://u:hunter2@api.example'],
    ['ANTHROPIC_BASE_URL', 'https://api.example/?key=hunter2'],
    ['ANTHROPIC_BASE_URL', 'https://api.example/#hunter2'],
    ['HOLDGATE_REVIEW_MODEL', 'two words'],
    ['HOLDGATE_REVIEW_MODEL', 'm\n'],
    ['HOLDGATE_REVIEW_PRICES', '2'],
    ['HOLDGATE_REVIEW_PRICES', '-2/10'],
    ['HOLDGATE_REVIEW_PRICES', '1e3/10'],
    ['HOLDGATE_REVIEW_PRICES', '2/999999'],
    ['HOLDGATE_REVIEW_DAILY_TOKENS', '2M'],
    ['HOLDGATE_REVIEW_DAILY_TOKENS', '-1'],
    ['PORT', '65536'],
    ['PORT', 'http'],
  ])('%s = %j, in one sentence that names it and shows nothing', (name, value) => {
    const settings = readSettings({ ...BASE, [name]: value })
    if (settings.ok) throw new Error('not refused')
    expect(settings.error).toMatch(new RegExp(`^${name} .*\\.$`))
    expect(settings.error).not.toMatch(/\n|hunter2|short-secret|nonsense|100MB|api\.example/)
  })
})
