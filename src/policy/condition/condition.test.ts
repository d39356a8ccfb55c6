import assert from 'node:assert/strict'
import { test } from 'node:test'
import { both, holds } from './try-condition.fixture.ts'

const [T, F] = [true, false]

test('a plain operator on a multivalued key never matches when the key is present', () => {
  for (const operator of [
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringEqualsIfExists',
    'StringNotEqualsIfExists',
  ]) {
    assert.equal(holds(operator, 'team', ['team'], 'aws:TagKeys'), F, operator)
    assert.equal(holds(operator, 'other', ['team'], 'aws:TagKeys'), F, operator)
    assert.equal(holds(operator, 'other', 'team', 'idp.example.com:amr'), F, operator)
  }
  assert.equal(holds('StringEquals', 'team', undefined, 'aws:TagKeys'), F)
  assert.equal(holds('StringNotEquals', 'team', undefined, 'aws:TagKeys'), T)
  assert.equal(holds('StringEquals', 'team', [], 'aws:TagKeys'), F)
  assert.equal(holds('StringNotEqualsIfExists', 'team', undefined, 'aws:TagKeys'), T)
})

test('set operators test each value, and an absent key by their own rule', () => {
  const k = 'aws:TagKeys'
  assert.equal(holds('ForAnyValue:StringEquals', ['a', 'b'], ['x', 'b'], k), T)
  assert.equal(holds('ForAnyValue:StringEquals', ['a', 'b'], ['x'], k), F)
  assert.equal(holds('ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], k), T)
  assert.equal(holds('ForAllValues:StringEquals', ['a', 'b'], ['a', 'x'], k), F)
  assert.equal(holds('ForAnyValue:StringNotEquals', ['a'], ['a', 'x'], k), T)
  assert.equal(holds('ForAllValues:StringNotEquals', ['a'], ['a', 'x'], k), F)
  for (const base of ['StringEquals', 'StringNotEquals']) {
    assert.equal(holds(`ForAnyValue:${base}`, 'a', undefined, k), F)
    assert.equal(holds(`ForAllValues:${base}`, 'a', undefined, k), T)
    // Seen not to allow; in doubt it denies.
    assert.deepEqual(both({ [`ForAnyValue:${base}IfExists`]: { [k]: 'a' } }, {}), [F, T])
    assert.equal(holds(`ForAnyValue:${base}IfExists`, 'a', 'a'), base === 'StringEquals')
  }
  assert.equal(holds('ForAllValues:StringEquals', 'capture', ''), F)
  assert.equal(holds('ForAnyValue:StringEquals', 'capture', 'capture'), T)
})

test('a missing key fails positive, passes negated and IfExists', () => {
  for (const [operator, value, present] of [
    ['StringEquals', 'a', F],
    ['StringNotEquals', 'a', T],
    ['StringLike', '*', F],
    ['StringNotLike', '*', T],
    ['NumericEquals', '1', F],
    ['NumericNotEquals', '1', T],
    ['NumericLessThan', '1', F],
    ['DateEquals', '2030-01-01', F],
    ['DateNotEquals', '2030-01-01', T],
    ['Bool', 'false', F],
    ['IpAddress', '0.0.0.0/0', F],
    ['NotIpAddress', '0.0.0.0/0', T],
    ['BinaryEquals', 'YQ==', F],
    ['ArnLike', 'arn:aws:iam::*:user/*', F],
    ['ArnNotEquals', 'arn:aws:iam::*:user/*', T],
  ] as const) {
    assert.equal(holds(operator, value, undefined), present, operator)
    assert.equal(holds(`${operator}IfExists`, value, undefined), T, operator)
  }
})

test('Null tests presence only, and every text but true means present', () => {
  assert.equal(holds('Null', 'true', undefined), T)
  assert.equal(holds('Null', 'TRUE', undefined), T)
  assert.equal(holds('Null', 'true', ''), F)
  assert.equal(holds('Null', 'false', ''), T)
  assert.equal(holds('Null', 'yes', 'x'), T)
  assert.equal(holds('Null', false, undefined), F)
  assert.equal(holds('Null', 'false', ['a'], 'aws:TagKeys'), T)
  assert.equal(holds('Null', 'true', [], 'aws:TagKeys'), T)
})

test('numbers compare as decimals of any precision', () => {
  for (const text of ['1', '01', '+1', '1.0', '1e0', '1.']) {
    assert.equal(holds('NumericEquals', '1', text), T, text)
    assert.equal(holds('NumericEquals', text, '1'), T, text)
    assert.equal(holds('NumericNotEquals', '1', text), F, text)
  }
  for (const text of ['2', 'no-number', '', 'NaN', 'Infinity', ' 1 ', '0x1', '1d']) {
    assert.equal(holds('NumericEquals', '1', text), F, text)
    assert.equal(holds('NumericNotEquals', '1', text), T, text)
  }
  assert.equal(holds('NumericEquals', '9007199254740993', '9007199254740992'), F)
  assert.equal(holds('NumericLessThan', '9007199254740993', '9007199254740992'), T)
  assert.equal(holds('NumericLessThan', '-1', '-2'), T)
  assert.equal(holds('NumericLessThan', '0', '-0.1'), T)
  assert.equal(holds('NumericEquals', '0', '-0.0'), T)
  assert.equal(holds('NumericGreaterThanEquals', 10, '9'), F)
  assert.equal(holds('NumericGreaterThan', '1', '1e9999'), T)
  assert.equal(holds('NumericEquals', ['3', '5'], '5'), T)
  assert.equal(holds('NumericNotEquals', ['3', '5'], '5'), F)
  assert.equal(holds('NumericEquals', 'NaN', '1'), F)
  assert.equal(holds('NumericNotEquals', 'NaN', '1'), T)
})

test('dates compare at milliseconds, in every accepted form', () => {
  const wanted = '2030-01-01T00:00:00Z'
  for (const text of [
    wanted,
    '1893456000',
    '+1893456000',
    '2030-01-01',
    '2030-01-01T00:00:00',
    '2030-01-01T00:00:00.0001Z',
    '2030-01-01T01:00+01:00',
    '2029-12-31T23:00:00-01:00',
    '2030-01',
    '2030-01-01T00:00Z',
  ]) {
    assert.equal(holds('DateEquals', wanted, text), T, text)
    assert.equal(holds('DateNotEquals', wanted, text), F, text)
    assert.equal(holds('DateEquals', text, wanted), T, text)
  }
  for (const text of [
    '2030-01-02',
    'not-a-date',
    '',
    '2030-13-01',
    '2030-02-30',
    '2030-01-01T24:00:00Z',
    '2030-01-01 00:00:00',
  ]) {
    assert.equal(holds('DateEquals', wanted, text), F, text)
    assert.equal(holds('DateNotEquals', wanted, text), T, text)
  }
  assert.equal(holds('DateEquals', '2030-01-01T00:00:00.1231Z', '2030-01-01T00:00:00.1239Z'), T)
  assert.equal(holds('DateLessThan', '2026-09-11T19:58:24.123Z', '2026-09-11T19:58:24Z'), T)
  assert.equal(holds('DateLessThan', '2026-09-11T19:58:24Z', '2026-09-11T19:58:24Z'), F)
  assert.equal(holds('DateGreaterThanEquals', '-292275054-01-01', '1970'), T)
  assert.equal(holds('DateEquals', '0', '1970-01-01'), T)
  assert.equal(holds('DateEquals', '2000-02-29', '951782400'), T)
  assert.equal(holds('DateNotEquals', 'not-a-date', wanted), T)
})

test('Bool: true in any case is true, every other text is false', () => {
  for (const text of ['true', 'True', 'TRUE']) assert.equal(holds('Bool', 'true', text), T, text)
  for (const text of ['false', 'yes', '1', '', ' true ']) {
    assert.equal(holds('Bool', 'true', text), F, text)
    assert.equal(holds('Bool', 'false', text), T, text)
    assert.equal(holds('Bool', text, 'false'), T, text)
  }
  assert.equal(holds('Bool', true, 'TRUE'), T)
})

test('BinaryEquals compares the base64 texts', () => {
  assert.equal(holds('BinaryEquals', 'YQ==', 'YQ=='), T)
  for (const text of ['YQ', 'YR==', ' YQ== ', ''])
    assert.equal(holds('BinaryEquals', 'YQ==', text), F)
})

test('operators and keys are joined by AND, values by OR', () => {
  const condition = { StringEquals: { 'x:a': ['1', '2'], 'x:b': '1' }, Bool: { 'x:c': 'true' } }
  assert.deepEqual(both(condition, { 'x:a': '2', 'x:b': '1', 'x:c': 'true' }), [T, T])
  assert.deepEqual(both(condition, { 'x:a': '2', 'x:b': '1', 'x:c': 'false' }), [F, F])
  assert.deepEqual(both(condition, { 'x:a': '2', 'x:b': '2', 'x:c': 'true' }), [F, F])
})
