import { describe, expect, it, test } from 'vitest'
import { isObject, type JsonValue } from '../../../src/core/json.ts'
import { effectivePolicy } from '../../../src/core/policy/effective.ts'
import { checkPolicy, policySchema } from '../../../src/core/policy/file.ts'
import { policyWarnings } from '../../../src/core/policy/warnings.ts'

interface Broken {
  readonly name: string
  readonly text: string
  readonly line: number
  readonly path: string
  readonly says: string
}

const GRANT = `grants:
  - id: web
    operation: scale
    environments: [production]
    addresses: ["aws_autoscaling_group.*"]
    bounds: { min: 2, max: 20 }
    granted_by: jane@acme.example
    justification: steady load
    rollback: revert
    expires: 2027-06-30
`

const LIMIT = `review:
  code: true
  releases:
    - id: web
      concerns: [workload-rollout]
      environments: [dev]
      addresses: ["module.web.*"]
      granted_by: jane@acme.example
      justification: ten times a day
      rollback: revert
      expires: 2027-06-30
`

const BROKEN: readonly Broken[] = [
  ['an empty file', '', 1, '', 'version: 1'],
  ['a list instead of a mapping', '- version: 1\n', 1, '', 'a mapping'],
  ['no version', 'preset: standard\n', 1, 'version', 'expected 1'],
  ['a version nobody knows', 'version: 2\n', 1, 'version', 'expected 1'],
  ['a tab as indentation', 'version: 1\nlimits:\n\tmax_changes: 3\n', 3, '', 'Tabs'],
  ['an unclosed quote', 'version: 1\nowner: "jane\n', 3, '', 'Missing closing'],
  ['an unclosed list', 'version: 1\ncritical: ["a"\nphase: observe\n', 3, '', 'must'],
  ['a key given twice', 'version: 1\npreset: strict\npreset: relaxed\n', 3, '', 'unique'],
  ['two documents', 'version: 1\n---\nversion: 1\n', 2, '', 'multiple documents'],
  ['an alias', 'version: 1\nowner: &me jane\ncritical: [*me]\n', 3, '', 'not an alias'],
  ['a misspelt key', 'version: 1\nenviroments: []\n', 2, 'enviroments', 'did you mean environments?'],
  ['a misspelt key far inside', 'version: 1\nworkspaces:\n  - match: { workspace: ["a"] }\n    ownr: x\n', 4, 'workspaces.0.ownr', 'did you mean owner?'],
  ['a key nobody knows', 'version: 1\nteapot: 3\n', 2, 'teapot', 'expected one of version, preset'],
  ['a misspelt preset', 'version: 1\npreset: strikt\n', 2, 'preset', 'did you mean strict?'],
  ['a misspelt phase of a workspace', 'version: 1\nworkspaces:\n  - match: { tag: ["a"] }\n    phase: enfroce\n', 4, 'workspaces.0.phase', 'did you mean enforce?'],
  ['text where a list belongs', 'version: 1\nautomation: bot\n', 2, 'automation', 'expected a list, found text'],
  ['text where a number belongs', 'version: 1\nlimits:\n  max_changes: many\n', 3, 'limits.max_changes', 'number'],
  ['a number below its range', 'version: 1\nlimits:\n  max_services: 1\n  max_changes: 0\n', 4, 'limits.max_changes', '>0'],
  ['a share above its range', 'version: 1\nlimits:\n  max_share_percent: 140\n', 3, 'limits.max_share_percent', '<=100'],
  ['a match that meets everything', 'version: 1\nenvironments:\n  - name: dev\n    match: {}\n', 4, 'environments.0.match', 'at least one of'],
  ['a freeze that ends before it begins', 'version: 1\nfreezes:\n  - name: x\n    from: 2027-01-03\n    until: 2026-12-28\n    timezone: UTC\n', 5, 'freezes.0.until', 'begins before it ends'],
  ['a time zone nobody knows', 'version: 1\nfreezes:\n  - name: x\n    from: 2026-12-28\n    until: 2027-01-03\n    timezone: Europe/Berln\n', 6, 'freezes.0.timezone', 'Europe/Berlin'],
  ['a day the calendar does not have', 'version: 1\nfreezes:\n  - name: x\n    from: 2027-02-31\n    until: 2027-03-03\n    timezone: UTC\n', 4, 'freezes.0.from', 'calendar'],
  ['release hours over midnight', 'version: 1\nrelease_hours:\n  - environments: [dev]\n    days: [mon]\n    from: "22:00"\n    until: "06:00"\n    timezone: UTC\n', 6, 'release_hours.0.until', 'write two'],
  ['a weekday nobody knows', 'version: 1\nrelease_hours:\n  - environments: [dev]\n    days:\n      - mon\n      - tues\n    from: "08:00"\n    until: "16:00"\n    timezone: UTC\n', 6, 'release_hours.0.days.1', 'did you mean tue?'],
  ['an operation nobody can grant', `version: 1\n${GRANT.replace('scale', 'destroy')}`, 4, 'grants.0.operation', 'one of metadata, scale'],
  ['a range upside down', `version: 1\n${GRANT.replace('max: 20', 'max: 1')}`, 7, 'grants.0.bounds.max', 'not below min'],
  ['a step that is none', `version: 1\n${GRANT.replace('max: 20', 'max: 20, step: double')}`, 7, 'grants.0.bounds.step', '2x'],
  ['a grant that scales to nothing', `version: 1\n${GRANT.replace('min: 2', 'min: 0')}`, 7, 'grants.0.bounds.min', 'at least 1'],
  ['two grants of one name', `version: 1\n${GRANT}${GRANT.replace('grants:\n', '')}`, 12, 'grants.1.id', 'only once'],
  ['a key no grant has', `version: 1\n${GRANT.replace('rollback', 'rolback')}`, 10, 'grants.0.rolback', 'did you mean rollback?'],
  ['a grant for production under strict', `version: 1\npreset: strict\n${GRANT}`, 6, 'grants.0.environments', 'strict'],
['a grant for an environment that counts as production under strict', `version: 1\npreset: strict\n${GRANT.replace('[production]', '[prod-eu]')}`, 6, 'grants.0.environments', 'strict'],
  ['a rule nobody has', 'version: 1\nrules:\n  raise:\n    - rule: scalling\n      holds: true\n', 4, 'rules.raise.0.rule', 'did you mean scaling?'],
  ['a rule made milder', 'version: 1\nrules:\n  raise:\n    - rule: key-destroy\n      severity: info\n', 5, 'rules.raise.0.severity', 'hard floor'],
  ['a rule that may pass', 'version: 1\nrules:\n  raise:\n    - rule: key-destroy\n      holds: false\n', 5, 'rules.raise.0.holds', 'hard floor'],
  ['a rule switched off', 'version: 1\nrules:\n  disable: [key-destroy]\n', 3, 'rules.disable', 'hard floor'],
  ['a list of what to ignore', 'version: 1\nphase: enforce\nignore:\n  - aws_db_instance.main\n', 3, 'ignore', 'hard floor'],
  ['a known type made harmless', 'version: 1\ncatalogue:\n  - type: aws_db_instance\n    class: glue\n    destroy: { severity: 0, reversibility: none, loses: "", recovery: "" }\n    sources: [us]\n', 3, 'catalogue.0.type', 'cannot be weakened'],
  ['a limit on a concern of the floor', `version: 1\n${LIMIT.replace('[workload-rollout]', '[destroy-stateful]')}`, 6, 'review.releases.0.concerns.0', 'hard floor'],
  ['a limit on exposure beside a rollout', `version: 1\n${LIMIT.replace('[workload-rollout]', '[workload-rollout, exposure-internet]')}`, 6, 'review.releases.0.concerns.1', 'hard floor'],
  ['a limit on what nobody understood', `version: 1\n${LIMIT.replace('[workload-rollout]', '[opaque]')}`, 6, 'review.releases.0.concerns.0', 'one of workload-rollout, interruption'],
  ['a misspelt concern of a limit', `version: 1\n${LIMIT.replace('[workload-rollout]', '[workload-rolout]')}`, 6, 'review.releases.0.concerns.0', 'did you mean workload-rollout?'],
  ['one concern where a list belongs', `version: 1\n${LIMIT.replace('[workload-rollout]', 'workload-rollout')}`, 6, 'review.releases.0.concerns', 'expected a list, found text'],
  ['an empty list of concerns', `version: 1\n${LIMIT.replace('[workload-rollout]', '[]')}`, 6, 'review.releases.0.concerns', 'at least one item'],
  ['code that is neither true nor false', `version: 1\n${LIMIT.replace('code: true', 'code: some')}`, 3, 'review.code', 'expected true or false, found text'],
  ['accounts hidden by a number', 'version: 1\nreview:\n  hide_accounts: 1\n', 3, 'review.hide_accounts', 'expected true or false, found a number'],
  ['two limits of one name', `version: 1\n${LIMIT}${LIMIT.slice(LIMIT.indexOf('    - id'))}`, 13, 'review.releases.1.id', 'only once'],
  ['a day of a limit the calendar does not have', `version: 1\n${LIMIT.replace('06-30', '06-31')}`, 12, 'review.releases.0.expires', 'calendar'],
  ['a key no limit has', `version: 1\n${LIMIT.replace('concerns', 'concern')}`, 6, 'review.releases.0.concern', 'did you mean concerns?'],
  ['a model told to override', `version: 1\nreview:\n  override_holds: true\n`, 3, 'review.override_holds', 'hard floor'],
  ['a limit for production under strict', `version: 1\npreset: strict\n${LIMIT.replace('[dev]', '[dev, live]')}`, 8, 'review.releases.0.environments', 'a limit outside production'],
].map(([name, text, line, path, says]) => ({ name, text, line, path, says }) as Broken) // biome-ignore format: a table

it('has a table of at least thirty broken files', () => {
  expect(BROKEN.length).toBeGreaterThanOrEqual(30)
})

test.each(BROKEN)('$name: the right line, path and words', async ({ text, line, path, says }) => {
  const policy = await checkPolicy(text)
  expect(policy.ok).toBe(false)
  if (policy.ok) return
  const [first] = policy.error
  expect({ line: first.line, path: first.path }).toEqual({ line, path })
  expect(first.problem).toContain(says)
})

describe('a file with several problems', () => {
  it('names all of them, in the order of the lines', async () => {
    const text = 'version: 1\npreset: strikt\nfase: observe\nlimits: { max_changes: -1 }\nownr: x\n'
    const policy = await checkPolicy(text)
    expect(policy.ok ? [] : policy.error.map(({ line }) => line)).toEqual([2, 3, 4, 5])
  })

  it('repeats no value of the file', async () => {
    const policy = await checkPolicy('version: 1\npreset: hunter2\nowner: [hunter2]\n')
    expect(JSON.stringify(policy)).not.toContain('hunter2')
  })
})

describe('a grant', () => {
  it.each([
    'id',
    'operation',
    'environments',
    'addresses',
    'granted_by',
    'justification',
    'rollback',
    'expires',
  ])('without %s is no error of the file', async (key) => {
    const lines = GRANT.split('\n').filter((line) => !line.includes(`${key}:`))
    const text = key === 'id' ? GRANT.replace('id: web\n    ', '') : lines.join('\n')
    const policy = await checkPolicy(`version: 1\n${text}`)
    expect(policy.ok && Object.keys(policy.value.grants[0] ?? {})).not.toContain(key)
  })
})

describe('the review', () => {
  it('without a word of it shows no code, hides no accounts and lets nothing pass', async () => {
    for (const text of ['version: 1\n', 'version: 1\nreview: {}\n']) {
      const policy = await checkPolicy(text)
      expect(policy.ok && policy.value.review).toEqual({
        code: false,
        hideAccounts: false,
        releases: [],
      })
    }
  })

  it('is read as it is written', async () => {
    const policy = await checkPolicy(`version: 1\n${LIMIT}  hide_accounts: true\n`)
    expect(policy.ok && policy.value.review).toEqual({
      code: true,
      hideAccounts: true,
      releases: [
        {
          id: 'web',
          concerns: ['workload-rollout'],
          environments: ['dev'],
          addresses: ['module.web.*'],
          granted_by: 'jane@acme.example',
          justification: 'ten times a day',
          rollback: 'revert',
          expires: '2027-06-30',
        },
      ],
    })
  })

  it.each([
    'id',
    'concerns',
    'environments',
    'addresses',
    'granted_by',
    'justification',
    'rollback',
    'expires',
  ])('with an empty %s of a limit is no error of the file, and the limit lacks it', async (key) => {
    const text = LIMIT.replace(new RegExp(`${key}:.*`), `${key}:`)
    const policy = await checkPolicy(`version: 1\n${text}`)
    const [limit] = policy.ok ? policy.value.review.releases : []
    expect(limit).toBeDefined()
    expect(Object.keys(limit ?? {})).not.toContain(key)
  })

  it('counts in the digest of the policy', async () => {
    const digests = await Promise.all(
      ['', 'review: { code: true }\n', LIMIT].map(async (text) => {
        const policy = await checkPolicy(`version: 1\n${text}`)
        return policy.ok ? policy.value.digest : ''
      }),
    )
    expect(new Set(digests).size).toBe(3)
  })
})

describe('what is valid and probably not meant', () => {
  const AT = Date.parse('2026-11-20T12:00:00Z')
  const warningsOf = async (text: string): Promise<string[]> => {
    const policy = await checkPolicy(`version: 1\nowner: us\n${text}`)
    if (!policy.ok) throw new Error(policy.error[0].problem)
    return policyWarnings(policy.value, AT).map(
      ({ path, text: says }) => `${path.join('.')}: ${says}`,
    )
  }
  const staging = LIMIT.replace('[dev]', '[production]')

  it.each([
    ['a complete limit that can matter', staging, []],
    [
      'a limit without a name behind it',
      staging.replace('jane@acme.example', ''),
      ['review.releases.0: limit web releases nothing: granted_by is missing'],
    ],
    [
      'a limit on nothing, in no place',
      staging.replace('[workload-rollout]', '').replace('[production]', ''),
      [
        'review.releases.0: limit web releases nothing: concerns is missing, environments is missing',
      ],
    ],
    [
      'a limit past its day',
      staging.replace('2027-06-30', '2026-11-19'),
      ['review.releases.0: limit web releases nothing: it expired on 2026-11-19'],
    ],
    [
      'a limit that ends soon',
      staging.replace('2027-06-30', '2026-11-30'),
      ['review.releases.0: limit web ends soon: its last day is 2026-11-30'],
    ],
    [
      'a limit where nothing of the kind waits anyway',
      LIMIT,
      [
        'review.releases.0.concerns.0: limit web: workload-rollout does not wait for a person in dev, so it lets nothing pass that would hold',
      ],
    ],
    [
      'a limit for an environment nobody has',
      LIMIT.replace('[dev]', '[live-eu]'),
      [
        'review.releases.0.environments.0: no entry of environments has this name, so it never applies',
      ],
    ],
  ])('%s', async (_name, text, says) => {
    expect(await warningsOf(text)).toEqual(says)
  })
})

describe('the effective policy', () => {
  it('shows the limits of this environment, and why one is inert', async () => {
    const more = LIMIT.slice(LIMIT.indexOf('    - id'))
    const half = more.replace('id: web', 'id: half').replace('jane@acme.example', '')
    const other = more.replace('id: web', 'id: other').replace('[dev]', '[staging]')
    const policy = await checkPolicy(`version: 1\n${LIMIT}${half}${other}`)
    if (!policy.ok) throw new Error(policy.error[0].problem)
    const run = { workspace: 'web-dev', tags: {}, accounts: [], at: Date.parse('2026-11-20') }
    const { review } = effectivePolicy(policy.value, run)
    expect(review.code).toBe(true)
    expect(review.releases.map(({ id, inert }) => [id, inert])).toEqual([
      ['web', []],
      ['half', ['granted_by is missing']],
    ])
  })
})

describe('the JSON Schema', () => {
  it('describes every key, so that editors can explain it', () => {
    const bare: string[] = []
    walk(policySchema() as JsonValue, '', (path, property) => {
      const inside = isObject(property) ? JSON.stringify(property) : ''
      if (!inside.includes('"description"')) bare.push(path)
    })
    expect(bare.filter((path) => !path.startsWith('.catalogue.items'))).toEqual([])
  })

  it('asks for nothing but the version', () => {
    expect(policySchema().required).toEqual(['version'])
  })
})

function walk(
  schema: JsonValue,
  path: string,
  seen: (path: string, property: JsonValue) => void,
): void {
  if (!isObject(schema)) return
  if (isObject(schema.properties)) {
    for (const [key, property] of Object.entries(schema.properties)) {
      seen(`${path}.${key}`, property)
      walk(property, `${path}.${key}`, seen)
    }
  }
  if (schema.items !== undefined) walk(schema.items, `${path}.items`, seen)
  for (const one of Array.isArray(schema.anyOf) ? (schema.anyOf as JsonValue[]) : []) {
    walk(one, path, seen)
  }
}
