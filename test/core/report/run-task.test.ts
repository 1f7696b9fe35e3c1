// Claim: a run task's status follows verdict and phase alone, and its message alone tells a tired
// engineer what is the matter, who decides, and what the platform does now.
import { describe, expect, it } from 'vitest'
import type { DecidedFinding, Decision } from '../../../src/core/decision.ts'
import {
  prePlanReport,
  type RunTaskRun,
  runTaskFailure,
  runTaskReport,
} from '../../../src/core/report/run-task.ts'
import { DECISIONS } from './decisions.ts'

function decisionOf(verdict: Decision['verdict'], phase: Decision['policy']['phase']): Decision {
  const found = DECISIONS[verdict === 'hold' ? 'hold-database' : 'release-tags']
  if (found === undefined) throw new Error('missing decision')
  return { ...found, policy: { ...found.policy, phase } }
}

const STAGES = ['pre_plan', 'post_plan', 'pre_apply', 'post_apply'] as const
const ENFORCEMENTS = ['advisory', 'mandatory', 'unknown'] as const
const RUNS: readonly RunTaskRun[] = STAGES.flatMap((stage) =>
  ENFORCEMENTS.flatMap((enforcement) =>
    [false, true].map((speculative) => ({ stage, enforcement, speculative })),
  ),
)
const RUN: RunTaskRun = { stage: 'post_plan', enforcement: 'mandatory', speculative: false }

describe('status', () => {
  it.each([
    ['enforce', 'hold', 'failed'],
    ['enforce', 'release', 'passed'],
    ['propose', 'hold', 'failed'],
    ['propose', 'release', 'failed'],
    ['observe', 'hold', 'passed'],
    ['observe', 'release', 'passed'],
  ] as const)('%s, %s: %s, at every stage and level', (phase, verdict, status) => {
    for (const run of RUNS)
      expect(runTaskReport(decisionOf(verdict, phase), run).status).toBe(status)
  })

  it('outcomes do not depend on stage or level', () => {
    const decision = decisionOf('hold', 'enforce')
    const [first, ...others] = RUNS.map((run) => runTaskReport(decision, run).outcomes)
    for (const outcomes of others) expect(outcomes).toEqual(first)
  })
})

describe('message', () => {
  const message = (
    run: Partial<RunTaskRun>,
    phase: Decision['policy']['phase'] = 'enforce',
  ): string => runTaskReport(decisionOf('hold', phase), { ...RUN, ...run }).message

  it('names the address, the consequence, and who decides', () => {
    for (const run of RUNS) {
      const text = runTaskReport(decisionOf('hold', 'enforce'), run).message
      expect(text).toContain('aws_db_instance.main would be replaced; its data is lost')
      expect(text).toContain('Who decides: payments-platform@acme.example')
    }
  })

  it('says whom to ask where the policy names nobody', () => {
    const decision = decisionOf('hold', 'enforce')
    const unnamed = { ...decision, policy: { ...decision.policy, owner: null } }
    for (const run of RUNS) {
      expect(runTaskReport(unnamed, run).message).toContain(
        'Who decides: the owner of this workspace (the policy names nobody)',
      )
    }
  })

  it('a release by grant names the grant and who granted it', () => {
    const decision = DECISIONS['granted-release'] as Decision
    expect(runTaskReport(decision, RUN).message).toContain(
      'Released under grant workers-rollout, granted by ana@acme.example.',
    )
  })

  it('never says rejected, and promises no override', () => {
    for (const run of RUNS) {
      for (const phase of ['observe', 'propose', 'enforce'] as const) {
        expect(message(run, phase)).not.toMatch(/reject|denied|refus|overrid/i)
      }
    }
  })

  it('does not claim that an advisory task stopped the run', () => {
    expect(message({ enforcement: 'advisory' })).toContain('the platform goes on regardless')
    expect(message({ enforcement: 'advisory' })).toContain(
      'Where the workspace applies automatically',
    )
    expect(message({ enforcement: 'advisory' })).not.toMatch(/ends the run|was stopped|blocked/)
  })

  it('says that a mandatory one ends it, and what to do', () => {
    expect(message({ enforcement: 'mandatory' })).toMatch(/platform ends the run.*start a new run/)
    expect(message({ enforcement: 'unknown' })).toContain('If the platform ends the run')
  })

  it('claims no prevention after apply', () => {
    for (const enforcement of ENFORCEMENTS) {
      const text = message({ stage: 'post_apply', enforcement })
      expect(text).toContain('nothing here prevented it')
      expect(text).not.toMatch(/ends the run|stopped/)
    }
  })

  it('observe says what would have happened; propose says that a person decides', () => {
    expect(message({}, 'observe')).toContain('would have waited for a person')
    expect(message({}, 'observe')).toContain('In phase enforce the status would have been failed')
    expect(message({}, 'observe')).toContain('Nothing was stopped: the platform goes on regardless')
    const proposed = runTaskReport(decisionOf('release', 'propose'), RUN).message
    expect(proposed).toContain('The proposal is to release it')
  })
})

describe('outcomes', () => {
  const [first] = decisionOf('hold', 'enforce').findings
  const minor = Array.from({ length: 40 }, (_, at) => ({
    ...(first as DecidedFinding),
    severity: at % 2 === 0 ? ('low' as const) : ('info' as const),
    holds: false,
    rule: `minor-${at}`,
    address: `aws_sns_topic.t${at}`,
    summary: `aws_sns_topic.t${at} gets another name`,
  }))

  it('what decides nothing is one row that names or counts all of it', () => {
    const decision = decisionOf('hold', 'enforce')
    const { outcomes } = runTaskReport(
      { ...decision, findings: [...decision.findings, ...minor] },
      RUN,
    )
    const row = outcomes.find(({ id }) => id === 'harmless')
    expect(outcomes.map(({ id }) => id)).toEqual([
      'stateful-replace-1',
      'workload-rollout-2',
      'harmless',
      'decided-from',
    ])
    expect(row?.description).toContain('40 minor findings')
    for (const { address } of minor) expect(row?.body).toContain(address)
  })

  it('a minor finding that holds has a row of its own', () => {
    const decision = decisionOf('hold', 'enforce')
    const held = minor.slice(0, 3).map((finding) => ({ ...finding, holds: true }))
    const { outcomes } = runTaskReport({ ...decision, findings: held }, RUN)
    expect(outcomes.filter(({ id }) => id.startsWith('minor-'))).toHaveLength(3)
  })

  it('the last row tells policy, plan and rules', () => {
    const decision = decisionOf('hold', 'enforce')
    const { body } = runTaskReport(decision, RUN).outcomes.at(-1) ?? { body: '' }
    for (const said of [decision.policy.digest, decision.plan.digest, 'stateful-replace']) {
      expect(body).toContain(said)
    }
  })
})

describe('reports without a decision', () => {
  it('a failure is never a pass, at any stage or level', () => {
    for (const run of RUNS) {
      const report = runTaskFailure(
        { reason: 'reading the plan: it ends early', reference: 'r-1' },
        run,
      )
      expect(report.status).toBe('failed')
      expect(report.message).toContain('could not be assessed')
      expect(report.message).toContain('reading the plan: it ends early.')
      expect(report.message).toContain('r-1')
    }
  })

  it('a long or hostile reason stays within the limits', () => {
    const report = runTaskFailure(
      { reason: '\u001b[2J😀'.repeat(2000), reference: 'x'.repeat(900) },
      RUN,
    )
    expect(report.message.length).toBeLessThanOrEqual(1000)
    expect(report.message).not.toMatch(/\p{Cc}|\p{Cs}/u)
  })

  it('before the plan, a freeze holds and its absence says only that', () => {
    expect(prePlanReport({ stops: [] }, RUN)).toMatchObject({ status: 'passed' })
    expect(prePlanReport({ stops: [] }, RUN).message).toContain('The plan was not looked at')
    const held = prePlanReport({ stops: ['freeze quarter-end is in force', 'kill switch'] }, RUN)
    expect(held.status).toBe('failed')
    expect(held.message).toContain('freeze quarter-end is in force. And 1 more reason.')
  })
})
