import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Value } from '../../../src/core/change/model.ts'
import type { JsonValue } from '../../../src/core/json.ts'
import { type Answer, holdsWhen, isOpposite } from '../../../src/core/rules/when.ts'

const ABSENT: Value = { kind: 'absent' }
const UNKNOWN: Value = { kind: 'unknown' }
const SENSITIVE: Value = { kind: 'sensitive' }
const known = (value: JsonValue): Value => ({ kind: 'known', value })

it.each<[string, Value, Value, Answer]>([
  ['any', ABSENT, UNKNOWN, 'yes'],
  ['true>false', known(true), known(false), 'yes'],
  ['true>false', known('true'), known('false'), 'yes'],
  ['true>false', known('Enabled'), known('Suspended'), 'yes'],
  ['true>false', known(true), ABSENT, 'yes'],
  ['true>false', known(false), known(true), 'no'],
  ['true>false', known(true), UNKNOWN, 'unsure'],
  ['true>false', ABSENT, UNKNOWN, 'no'],
  ['false>true', ABSENT, known(true), 'yes'],
  ['false>true', known(false), known(true), 'yes'],
  ['false>true', known(true), known(true), 'no'],
  ['inc', known(1), known(2), 'yes'],
  ['inc', known('9'), known('10'), 'yes'],
  ['dec', known('10'), known('9'), 'yes'],
  ['dec', known(2), ABSENT, 'unsure'],
  ['dec', known('many'), known('few'), 'unsure'],
  ['shorter', known(30), known(7), 'yes'],
  ['shorter', known(0), known(30), 'yes'],
  ['shorter', known(30), known(0), 'no'],
  ['shorter', known('30'), known('0'), 'no'],
  ['shorter', known(30), ABSENT, 'unsure'],
  ['longer', known(30), known(0), 'yes'],
  ['longer', known(0), known(30), 'no'],
  ['to:0', known(7), known(0), 'yes'],
  ['to:0', known(7), known('0'), 'yes'],
  ['to:0', known(7), known(1), 'no'],
  ['to:*', known('a'), known('*'), 'yes'],
  ['to:allUsers', ABSENT, known('allUsers'), 'yes'],
  ['from:SecureString', known('SecureString'), known('String'), 'yes'],
  ['set>unset', known('x'), known(''), 'yes'],
  ['set>unset', known(''), ABSENT, 'no'],
  ['set>unset', ABSENT, UNKNOWN, 'no'],
  ['unset>set', known([]), known(['x']), 'yes'],
  ['set/unset', known('x'), ABSENT, 'yes'],
  ['set/dec', ABSENT, known(10), 'yes'],
  ['set/dec', known(10), known(5), 'yes'],
  ['set/dec', known(5), known(10), 'no'],
  ['grow', known(['a']), known(['a', 'b']), 'yes'],
  ['grow', known(['a', 'b']), known(['b']), 'no'],
  ['shrink', known(['a', 'b']), known(['b', 'c']), 'yes'],
  ['shrink', known({ a: 1 }), known({ a: 1, b: 2 }), 'no'],
  ['major_up', known('13.14'), known('15.6'), 'yes'],
  ['major_up', known('13.9'), known('13.10'), 'no'],
  ['minor_up', known('13.9'), known('13.10'), 'yes'],
  ['down', known('7.0'), known('6.2'), 'yes'],
  ['up', known('1.9'), known('1.10'), 'yes'],
  ['up', known('latest'), known('newest'), 'unsure'],
  ['widen', known('10.0.0.0/16'), known('10.0.0.0/8'), 'unsure'],
  ['LRS<>ZRS', known('Standard_LRS'), known('Standard_ZRS'), 'yes'],
  ['LRS<>ZRS', known('ZRS'), known('LRS'), 'yes'],
  ['EC2>ELB', known('EC2'), known('ELB'), 'yes'],
  ['EC2>ELB', known('ELB'), known('EC2'), 'no'],
  ['a word nobody defined', known(1), known(2), 'unsure'],
])('%s: %j → %j is %s', (when, before, after, expected) => {
  expect(holdsWhen(when, before, after)).toBe(expected)
})

it('never says no to a hidden value that may be the worry', () => {
  const whens = [
    'inc',
    'dec',
    'shorter',
    'up',
    'down',
    'to:0',
    'from:x',
    'to:x',
    'set/unset',
    'widen',
  ]
  for (const when of whens) {
    for (const hidden of [UNKNOWN, SENSITIVE]) {
      expect(holdsWhen(when, known(1), hidden), when).toBe('unsure')
    }
  }
})

it('never calls a direction and its opposite both true', () => {
  const value = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()))
  const whens = fc.constantFrom(
    'true>false',
    'false>true',
    'inc',
    'dec',
    'longer',
    'shorter',
    'grow',
    'shrink',
    'set>unset',
    'unset>set',
  )
  fc.assert(
    fc.property(whens, value, value, (when, b, a) => {
      const [before, after] = [b, a].map((one) => (one === null ? ABSENT : known(one)))
      if (before === undefined || after === undefined) return
      // A list can gain and lose at once; then neither direction is the safe one.
      if (when === 'grow' || when === 'shrink') return
      expect(holdsWhen(when, before, after) === 'yes' && isOpposite(when, before, after)).toBe(
        false,
      )
    }),
    { seed: 5 },
  )
})

it('takes no opposite from a swap', () => {
  expect(isOpposite('set>unset', known('a'), known('b'))).toBe(false)
  expect(isOpposite('set>unset', ABSENT, known('b'))).toBe(true)
  expect(isOpposite('dec', known(1), known(1))).toBe(false)
})

it('takes an older version for no way to safety', () => {
  expect(isOpposite('up', known('1.33'), known('1.32'))).toBe(false)
  expect(isOpposite('major_up', known('17'), known('16'))).toBe(false)
})

it('does not count across zero: below it stands "no limit"', () => {
  expect(holdsWhen('dec', known(-1), known(1))).toBe('unsure')
  expect(isOpposite('inc', known(5), known(-1))).toBe(false)
})
