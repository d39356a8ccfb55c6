/**
 * Every operator in every form against every kind of value a request can have.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asked, attach, verdict } from './verdict.fixture.ts'

/** operator, policy value, a request value that is as asked, one that is not */
const operators: readonly (readonly [string, string, string, string])[] = [
  ['StringEquals', 'a', 'a', 'b'],
  ['StringEqualsIgnoreCase', 'a', 'A', 'b'],
  ['StringLike', 'a*', 'ab', 'ba'],
  ['NumericEquals', '10', '10.0', '11'],
  ['NumericLessThan', '10', '9.9', '10'],
  ['NumericLessThanEquals', '10', '10', '10.1'],
  ['NumericGreaterThan', '10', '10.1', '10'],
  ['NumericGreaterThanEquals', '10', '10', '9.9'],
  ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01', '2026-01-02'],
  ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31', '2026-01-01'],
  ['DateLessThanEquals', '2026-01-01T00:00:00Z', '2026-01-01', '2026-01-02'],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', '2026-01-02', '2026-01-01'],
  ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', '2026-01-01', '2025-12-31'],
  ['Bool', 'true', 'true', 'false'],
  ['BinaryEquals', 'YQ==', 'YQ==', 'Yg=='],
  ['IpAddress', '10.0.0.0/8', '10.1.2.3', '11.1.2.3'],
  ['ArnEquals', 'arn:aws:sns:*:*:t', 'arn:aws:sns:r:1:t', 'arn:aws:sns:r:1:u'],
  ['ArnLike', 'arn:aws:sns:*:*:t', 'arn:aws:sns:r:1:t', 'arn:aws:sns:r:1:u'],
]
/** The negation of each, where there is one; its matching values are the other's misses. */
const negations: readonly (readonly [string, string])[] = [
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['NumericNotEquals', 'NumericEquals'],
  ['DateNotEquals', 'DateEquals'],
  ['NotIpAddress', 'IpAddress'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
]

type Values =
  | 'absent'
  | 'empty list'
  | 'match'
  | 'miss'
  | 'match, miss'
  | 'match, match'
  | 'miss, miss'
const situations: readonly Values[] = [
  'absent',
  'empty list',
  'match',
  'miss',
  'match, miss',
  'match, match',
  'miss, miss',
]

/** By form: what holds in the order of `situations`. `n` is for negated operators, if different. */
const forms: readonly (readonly [string, string, string, string?])[] = [
  // set, suffix, single-valued key: absent, [], m, x, mx, mm, xx
  ['', '', 'FFTFFFF', 'TTTFFFF'],
  ['', 'IfExists', 'TTTFFFF'],
  ['ForAnyValue:', '', 'FFTFTTF'],
  ['ForAnyValue:', 'IfExists', 'FFTFTTF'],
  ['ForAllValues:', '', 'TTTFFTF'],
  ['ForAllValues:', 'IfExists', 'TTTFFTF'],
]
/** A key that is documented as multivalued: without a set operator it never matches. */
const multivaluedForms: readonly (readonly [string, string, string, string?])[] = [
  ['', '', 'FFFFFFF', 'TTFFFFF'],
  ['', 'IfExists', 'TTFFFFF'],
  ['ForAnyValue:', '', 'FFTFTTF'],
  ['ForAnyValue:', 'IfExists', 'FFTFTTF'],
  ['ForAllValues:', '', 'TTTFFTF'],
  ['ForAllValues:', 'IfExists', 'TTTFFTF'],
]

function contextOf(key: string, values: Values, match: string, miss: string) {
  if (values === 'absent') return new Map<string, string | string[]>()
  const of = (word: string): string => (word === 'match' ? match : miss)
  if (values === 'empty list') return new Map([[key, []]])
  const list = values.split(', ').map(of)
  const [only] = list
  const plain = list.length === 1 && key !== 'aws:tagkeys'
  return new Map<string, string | string[]>([[key, plain && only !== undefined ? only : list]])
}

function tryAll(name: string, wanted: string, match: string, miss: string, negated: boolean): void {
  for (const [key, table] of [
    ['aws:PrincipalTag/k', forms],
    ['aws:TagKeys', multivaluedForms],
  ] as const) {
    for (const [set, suffix, positive, negative = positive] of table) {
      const operator = `${set}${name}${suffix}`
      for (const [i, values] of situations.entries()) {
        const Condition = { [operator]: { [key]: wanted } }
        const holds = (Effect: string): boolean => {
          const policy = attach('identity', { Effect, Action: '*', Resource: '*', Condition })
          const context = contextOf(key.toLowerCase(), values, match, miss)
          const told = verdict({ ...asked, context }, { identity: [policy] })
          return !told.startsWith('implicit-deny')
        }
        const expected = (negated ? negative : positive)[i] === 'T'
        // In doubt a Deny denies.
        const isAbsent = values === 'absent' || values === 'empty list'
        const inDoubt = isAbsent && set === 'ForAnyValue:' && suffix === 'IfExists'
        const told = `${operator} ${key}: ${values}`
        assert.equal(holds('Allow'), expected, `Allow ${told}`)
        assert.equal(holds('Deny'), expected || inDoubt, `Deny ${told}`)
      }
    }
  }
}

for (const [name, wanted, match, miss] of operators) {
  test(`${name} holds in each of its forms for the values that it should`, () =>
    tryAll(name, wanted, match, miss, false))
}
for (const [name, positive] of negations) {
  test(`${name} holds in each of its forms for the values that it should`, () => {
    const row = operators.find(([operator]) => operator === positive)
    assert.ok(row)
    const [, wanted, match, miss] = row
    tryAll(name, wanted, miss, match, true)
  })
}

test('Null asks for presence alone', () => {
  const rows: readonly (readonly [string, Map<string, string | string[]>, boolean])[] = [
    ['true', new Map(), true],
    ['true', new Map([['x:k', []]]), true],
    ['true', new Map([['x:k', '']]), false],
    ['true', new Map([['x:k', 'v']]), false],
    ['false', new Map(), false],
    ['false', new Map([['x:k', []]]), false],
    ['false', new Map([['x:k', '']]), true],
    ['false', new Map([['x:k', ['a', 'b']]]), true],
    ['TRUE', new Map(), true],
    ['yes', new Map(), false],
    ['yes', new Map([['x:k', 'v']]), true],
  ]
  for (const [wanted, context, expected] of rows) {
    const Condition = { Null: { 'x:k': wanted } }
    const policy = attach('identity', { Effect: 'Allow', Action: '*', Resource: '*', Condition })
    const told = verdict({ ...asked, context }, { identity: [policy] })
    assert.equal(
      told.startsWith('allow'),
      expected,
      `Null ${wanted} ${JSON.stringify([...context])}`,
    )
  }
})
