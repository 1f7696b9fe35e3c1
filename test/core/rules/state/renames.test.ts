import { describe, expect, it } from 'vitest'
import { renamesIn } from '../../../../src/core/analysis/renames.ts'
import type { Subject } from '../../../../src/core/knowledge/subject.ts'
import { indexShift } from '../../../../src/core/rules/state/index-shift.ts'
import { movedBlock, movedBlocks } from '../../../../src/core/rules/state/moved-block.ts'
import { renameWithoutMoved } from '../../../../src/core/rules/state/rename-without-moved.ts'
import { gone, made, plan, subject } from '../../analysis/resources.ts'

const of = (subjects: readonly Subject[]) => renamesIn(subjects, plan())

function queue(name: string) {
  return { name, delay_seconds: 5, fifo_queue: false, message_retention_seconds: 345600 }
}

describe('the findings', () => {
  const findings = (subjects: readonly Subject[]) =>
    [renameWithoutMoved, indexShift].flatMap((rule) => {
      if (rule.scope !== 'plan') throw new Error('not a rule over plans')
      // The rules read nothing but the renames of the facts.
      const facts = { renames: of(subjects) } as Parameters<typeof rule.check>[0]
      return rule.check(facts).findings ?? []
    })

  it('name the old and the new address, and cover the new one', () => {
    const [found] = findings([
      gone('aws_sqs_queue.a', queue('jobs')),
      made('aws_sqs_queue.b', queue('jobs')),
    ])
    expect(found?.address).toBe('aws_sqs_queue.b')
    expect(found?.alternative).toBe(movedBlock('aws_sqs_queue.a', 'aws_sqs_queue.b'))
    expect(found?.covers).toBe('all')
  })

  it('are one for a module and cover nothing of its members', () => {
    const found = findings([
      gone('module.a.aws_sqs_queue.q', queue('q'), 'delete_because_no_module'),
      gone('module.a.aws_sqs_queue.p', queue('p'), 'delete_because_no_module'),
      made('module.b.aws_sqs_queue.q', queue('q')),
      made('module.b.aws_sqs_queue.p', queue('p')),
    ])
    expect(found.map(({ address, covers }) => [address, covers])).toEqual([['module.b', []]])
    expect(found[0]?.alternative).toBe(movedBlock('module.a', 'module.b'))
  })

  it('are one for a block whose instances were rekeyed, with the first blocks and a count', () => {
    const found = findings(
      Array.from({ length: 9 }, (_, n) => [
        gone(`aws_sqs_queue.q[${n}]`, queue(`q${n}`), 'delete_because_wrong_repetition'),
        made(`aws_sqs_queue.q["q${n}"]`, queue(`q${n}`)),
      ]).flat(),
    ).filter(({ address }) => address !== '')
    expect(found).toHaveLength(1)
    expect(found[0]?.summary).toContain('and 8 more instances')
    expect(found[0]?.alternative).toContain('and 5 more')
    expect(found[0]?.why).toContain('count or for_each was switched')
  })

  it('say which real object goes when a list shifts', () => {
    const [found] = findings([
      subject('aws_instance.n[0]', ['update'], { tags: { Name: 'a' } }, { tags: { Name: 'b' } }),
      gone('aws_instance.n[1]', { tags: { Name: 'b' } }, 'delete_because_count_index'),
    ])
    expect(found?.summary).toContain('item [0] left the list')
    expect(found?.summary).toContain('destroyed is aws_instance.n[1]')
  })
})

describe('the moved block', () => {
  it('stands over four lines', () => {
    expect(movedBlock('aws_a.x', 'module.m.aws_a.y')).toBe(
      'moved {\n  from = aws_a.x\n  to   = module.m.aws_a.y\n}',
    )
  })

  it('is one for a block whose instances keep their keys, and several otherwise', () => {
    const kept = [0, 1, 2].map((n) => ({ from: `aws_a.x[${n}]`, to: `aws_a.y[${n}]` }))
    expect(movedBlocks(kept)).toBe(movedBlock('aws_a.x', 'aws_a.y'))
    const switched = [0, 1, 2, 3, 4, 5].map((n) => ({
      from: `aws_a.x[${n}]`,
      to: `aws_a.x["${n}"]`,
    }))
    const text = movedBlocks(switched)
    expect(text.match(/moved \{/g)).toHaveLength(4)
    expect(text).toContain('and 2 more')
  })
})
