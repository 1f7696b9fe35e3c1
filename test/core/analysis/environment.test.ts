import { describe, expect, it } from 'vitest'
import { inferEnvironment } from '../../../src/core/analysis/environment.ts'
import { environmentOf } from '../../../src/core/analysis/environment-words.ts'
import type { Context } from '../../../src/core/context.ts'
import type { Subject } from '../../../src/core/knowledge/subject.ts'
import type { Plan } from '../../../src/core/plan/model.ts'
import { plan, subject } from './resources.ts'

function infer(
  context: Partial<Context>,
  subjects: readonly Subject[] = [],
  parts: Partial<Plan> = {},
) {
  return inferEnvironment(plan(parts), subjects, { tags: {}, at: 0, ...context }, undefined)
}

function tagged(name: string, environment: string): Subject {
  const tags = { Environment: environment }
  return subject(`aws_sqs_queue.${name}`, ['update'], { tags, n: 1 }, { tags, n: 2 })
}

function variable(name: string, value: string) {
  return { variables: [{ name, sensitive: false, value }] }
}

describe('a name', () => {
  it.each([
    ['preprod', 'staging'],
    ['pre-prod', 'staging'],
    ['pre_production', 'staging'],
    ['nonprod', 'dev'],
    ['non-production', 'dev'],
    ['not_prod', 'dev'],
    ['prod-test', 'production'],
    ['prod_dr', 'production'],
    ['dr', 'production'],
    ['failover', 'production'],
    ['standby-eu', 'production'],
    ['production-sandbox', 'production'],
    ['staging-prod-mirror', 'production'],
    ['myappProd', 'production'],
    ['prod2', 'production'],
    ['stg', 'staging'],
    ['uat-eu', 'staging'],
    ['dev', 'dev'],
    ['tst-1', 'dev'],
    ['pr-123', 'dev'],
    ['preview-login', 'dev'],
  ])('%s says %s', (name, tier) => {
    expect(environmentOf(name, { shared: false })?.tier).toBe(tier)
  })

  it.each([
    'product',
    'reprod',
    'products-api',
    'devops',
    'developer-portal',
    'test-automation',
    'latest',
    'contest',
    'stagecoach',
    'delivery',
    'reliability',
    'default',
    'pr-fix',
    '',
  ])('%j says nothing', (name) => {
    expect(environmentOf(name, { shared: false })).toBeUndefined()
  })

  it.each([
    'shared',
    'common',
    'core',
    'platform',
    'hub',
    'mgmt',
    'security',
    'logging',
    'network',
  ])('%s is what all environments hang on, even beside dev', (word) => {
    expect(environmentOf(`${word}-dev`, { shared: true })?.tier).toBe('production')
    expect(environmentOf(`${word}-dev`, { shared: false })?.tier).toBe('dev')
  })

  it.each(['root', 'org', 'global', 'identity', 'dns'])('%s alone is production', (word) => {
    expect(environmentOf(word, { shared: true })?.tier).toBe('production')
  })

  it('of a preview is ephemeral, and of dev is not', () => {
    expect(environmentOf('pr-512', { shared: true })?.ephemeral).toBe(true)
    expect(environmentOf('dev', { shared: true })?.ephemeral).toBe(false)
  })
})

describe('a plan', () => {
  it('is for production where nothing says otherwise', () => {
    expect(infer({}).tier).toBe('production')
    expect(infer({ workspace: 'default' }).tier).toBe('production')
    expect(infer({ workspace: 'developer-portal' }).tier).toBe('production')
  })

  it('is for dev by the name of its workspace', () => {
    expect(infer({ workspace: 'orders-dev' })).toMatchObject({ tier: 'dev', declared: false })
  })

  it('is for production, with a warning, where name and tags contradict each other', () => {
    const found = infer({ workspace: 'orders-dev' }, [tagged('a', 'production')])
    expect(found.tier).toBe('production')
    expect(found.conflict).toContain('orders-dev')
  })

  it('is for production by one tag among many that say dev', () => {
    const found = infer({ workspace: 'orders-dev' }, [
      tagged('a', 'dev'),
      tagged('b', 'dev'),
      tagged('c', 'dev'),
      tagged('d', 'production'),
    ])
    expect(found.tier).toBe('production')
    expect(found.conflict).toBeDefined()
  })

  it('is never made dev by tags alone', () => {
    expect(infer({}, [tagged('a', 'dev'), tagged('b', 'dev')]).tier).toBe('production')
    expect(infer({ workspace: 'prod' }, [tagged('a', 'dev')]).tier).toBe('production')
  })

  it('counts a tag on its way out', () => {
    const moved = subject(
      'aws_sqs_queue.a',
      ['update'],
      { tags: { env: 'prod' } },
      { tags: { env: 'dev' } },
    )
    expect(infer({ workspace: 'orders-dev' }, [moved]).tier).toBe('production')
  })

  it('listens to variables whose name tells the environment, and to no others', () => {
    expect(infer({ workspace: 'orders-dev' }, [], variable('env', 'production')).tier).toBe(
      'production',
    )
    expect(infer({ workspace: 'orders-dev' }, [], variable('image', 'production')).tier).toBe('dev')
  })

  it('is staging where staging and dev are both said', () => {
    expect(infer({ workspace: 'orders-dev', directory: 'envs/staging' }).tier).toBe('staging')
  })

  it('takes the word of the caller, and still tells a contradiction', () => {
    const found = infer({ environment: 'dev' }, [tagged('a', 'production')])
    expect(found).toMatchObject({ tier: 'dev', declared: true })
    expect(found.conflict).toBeDefined()
  })

  it('is for production where the caller names an environment nobody knows', () => {
    expect(infer({ environment: 'blue' }).tier).toBe('production')
  })

  it('is ephemeral only by a name the caller gave', () => {
    expect(infer({ workspace: 'pr-123' }).ephemeral).toBe(true)
    expect(infer({ workspace: 'orders-dev' }, [tagged('a', 'preview')]).ephemeral).toBe(false)
  })
})
