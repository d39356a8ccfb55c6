import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePolicy } from '../parse-policy.ts'
import { normalForm } from './anchors.ts'

function anchors(operator: string, value: unknown, version = '2012-10-17'): string | undefined {
  const Condition = { [operator]: { 'x:k': value } }
  const Statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition }
  const policy = parsePolicy(
    JSON.stringify({ Version: version, Statement }),
    'identity',
    'evaluate',
  )
  const found = policy.statements[0]?.conditions[0]?.anchors
  if (found === undefined) return undefined
  const texts = found.anchors.map(({ text, exact }) => (exact ? text : `${text}…`))
  return `${found.optional ? 'optional ' : ''}${texts.join(' ')}`
}

const rows: readonly (readonly [string, unknown, string | undefined])[] = [
  ['StringEquals', 'a', 'a'],
  ['StringEquals', ['a', 'b*'], 'a b*'],
  ['StringEqualsIfExists', 'a', 'optional a'],
  ['ForAnyValue:StringEquals', 'a', 'a'],
  ['ForAnyValue:StringEqualsIfExists', 'a', 'a'],
  ['ForAllValues:StringEquals', 'a', 'optional a'],
  ['StringNotEquals', 'a', undefined],
  ['ForAnyValue:StringNotEquals', 'a', undefined],
  ['StringEquals', '${x:other}', undefined],
  ['StringEquals', ['a', '${x:other}'], undefined],
  ['StringEquals', 'a${*}b', 'a*b'],
  ['StringEqualsIgnoreCase', 'Ab', 'ab'],
  ['StringLike', 'a*b', 'a…'],
  ['StringLike', 'ab?', 'ab…'],
  ['StringLike', ['a*', '*'], undefined],
  ['StringLike', '?a', undefined],
  ['StringLike', 'a${x:other}', undefined],
  ['StringLike', 'a${*}b*', 'a*b…'],
  ['StringNotLike', 'a*', undefined],
  ['NumericEquals', ['1', '01.0'], '1 1 1 1 1 1'],
  ['NumericLessThan', '1', undefined],
  ['NumericNotEquals', '1', undefined],
  ['DateEquals', '1970-01-01', '0'],
  ['DateGreaterThan', '1970-01-01', undefined],
  ['Bool', 'yes', 'false'],
  ['BinaryEquals', 'YQ==', 'YQ=='],
  ['ArnLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::b…'],
  ['ArnEquals', 'arn:*:s3:::b', 'arn:…'],
  ['ArnLike', '*', undefined],
  ['ArnLike', 'not-an-arn', undefined],
  ['ArnLike', ['arn:aws:s3:::b', 'a:b*'], undefined],
  ['ArnNotLike', 'arn:aws:s3:::b*', undefined],
  ['IpAddress', '10.0.0.0/8', undefined],
  ['Null', 'true', undefined],
]
for (const [operator, value, expected] of rows) {
  test(`the index goes by ${operator} ${JSON.stringify(value)}: ${expected}`, () => {
    assert.equal(anchors(operator, value), expected)
  })
}

test('without variables in the language a variable is plain text', () => {
  assert.equal(anchors('StringEquals', '${x:other}', '2008-10-17'), '${x:other}')
})

test('values that are equal have one form', () => {
  assert.equal(normalForm('numeric', '1e1'), normalForm('numeric', '10.0'))
  assert.notEqual(normalForm('numeric', '-1'), normalForm('numeric', '1'))
  assert.equal(normalForm('date', '1970-01-02'), normalForm('date', '86400'))
  assert.equal(normalForm('numeric', 'no'), undefined)
  assert.equal(normalForm('date', 'no'), undefined)
})
