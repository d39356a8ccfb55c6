import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../decide.ts'
import type { PolicyStrictness } from '../parse-policy.ts'
import { parsePolicy } from '../parse-policy.ts'
import type { Principal } from '../request.ts'

const principal: Principal = {
  type: 'user',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/alice',
  id: 'AIDAALICEALICEALICE01',
}
const all = { Effect: 'Allow', Action: '*', Resource: '*' }

type Values = Record<string, string | string[]>

/** Does an Allow with this condition allow, and does a Deny with it deny? */
function both(condition: object, values: Values, version = '2012-10-17'): [boolean, boolean] {
  const strictness: PolicyStrictness = 'evaluate'
  const context = new Map(Object.entries(values))
  const request = { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context }
  const effectOf = (Statement: object): string => {
    const text = JSON.stringify({ Version: version, Statement })
    return decide(request, {
      identity: [{ name: 'p', policy: parsePolicy(text, 'identity', strictness) }],
    }).effect
  }
  return [
    effectOf({ ...all, Condition: condition }) === 'allow',
    effectOf([all, { ...all, Effect: 'Deny', Condition: condition }] as object) === 'explicit-deny',
  ]
}

function holds(
  operator: string,
  wanted: unknown,
  actual: string | string[] | undefined,
  key = 'x:k',
): boolean {
  const values: Values = actual === undefined ? {} : { [key.toLowerCase()]: actual }
  const [allows, denies] = both({ [operator]: { [key]: wanted } }, values)
  assert.equal(allows, denies, `${operator} allows and denies alike`)
  return allows
}

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
    assert.equal(holds(`ForAnyValue:${base}IfExists`, 'a', undefined, k), T)
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

test('IPv4 networks ignore host bits and read zeros as decimal', () => {
  for (const network of [
    '192.0.2.0/24',
    '192.0.2.5/24',
    '192.000.002.0/024',
    '192.0.2.0/+24',
    '0.0.0.0/0',
    '192.0.2.1',
  ]) {
    assert.equal(holds('IpAddress', network, '192.0.2.1'), T, network)
    assert.equal(holds('NotIpAddress', network, '192.0.2.1'), F, network)
  }
  for (const address of ['::ffff:192.0.2.1', '::FFFF:c000:201', '192.000.002.1']) {
    assert.equal(holds('IpAddress', '192.0.2.0/24', address), T, address)
    assert.equal(holds('IpAddress', '::/0', address), F, address)
    assert.equal(holds('IpAddress', '::ffff:c000:200/120', address), F, address)
  }
  for (const address of [
    '192.0.513',
    '3221225985',
    '192.0.2.1/32',
    '',
    'not-an-ip',
    '192.0.2.256',
    '::192.0.2.1',
    '2001:db8::192.0.2.1',
    'fe80::1%eth0',
  ]) {
    assert.equal(holds('IpAddress', '0.0.0.0/0', address), F, address)
    assert.equal(holds('NotIpAddress', '0.0.0.0/0', address), F, address)
  }
  for (const network of ['not-an-ip', '192.0.2.0/33', '::ffff:192.0.2.0/120', '2001:db8::/129']) {
    assert.equal(holds('IpAddress', network, '192.0.2.1'), F, network)
    assert.equal(holds('NotIpAddress', network, '192.0.2.1'), T, network)
    assert.equal(holds('NotIpAddress', network, 'x'), F, network)
  }
  assert.equal(holds('IpAddress', ['bad', '192.0.2.0/24'], '192.0.2.1'), T)
})

test("IPv6 is read laxly, and a network with host bits is nobody's", () => {
  for (const address of [
    '2001:db8::1',
    '2001:DB8::0001',
    '2001:db8:::1',
    '2001:db8::1:',
    '2001:db8:0:0:0:0:0:1',
  ]) {
    assert.equal(holds('IpAddress', '2001:db8::/064', address), T, address)
    assert.equal(holds('IpAddress', '2001:db8::1', address), T, address)
    assert.equal(holds('IpAddress', '0.0.0.0/0', address), F, address)
    assert.equal(holds('NotIpAddress', '0.0.0.0/0', address), T, address)
  }
  assert.equal(holds('IpAddress', '0:2001:db8::1', ':2001:db8::1'), T)
  assert.equal(holds('IpAddress', '::', ':::'), T)
  assert.equal(holds('IpAddress', '::4/127', '::5'), T)
  for (const address of ['2001:db8::::1', '2001::db8::1', '1:2:3', '12345::']) {
    assert.equal(holds('NotIpAddress', '::/0', address), F, address)
  }
  for (const network of ['2001:db8::5/64', '::5/127', '2001:db8::1/0']) {
    assert.equal(holds('IpAddress', network, '2001:db8::5'), F, network)
    assert.equal(holds('NotIpAddress', network, '2001:db8::5'), T, network)
  }
})

const arn = 'arn:aws:iam::111122223333:user/team/alice'

test('ARNs compare part by part', () => {
  for (const operator of ['ArnLike', 'ArnEquals']) {
    const negated = operator.replace('Arn', 'ArnNot')
    for (const pattern of [
      arn,
      'arn:aws:iam::*:user/*',
      'arn:*:iam::1111????3333:*',
      '*:aws:iam::*:*',
      '*',
    ]) {
      assert.equal(holds(operator, pattern, arn), T, pattern)
      assert.equal(holds(negated, pattern, arn), F, pattern)
    }
    for (const pattern of [
      'arn:aws:*:user/team/alice:*:*',
      'arn:aws:iam::*:role/*',
      'arn:aws:i*:*:user:x',
    ]) {
      assert.equal(holds(operator, pattern, arn), F, pattern)
    }
    for (const value of ['', 'not-an-arn', 'arn:aws:iam::1']) {
      assert.equal(holds(operator, 'arn:*:*:*:*:*', value), F, value)
      assert.equal(holds(negated, 'arn:aws:iam::*:role/*', value), F, value)
    }
  }
  assert.equal(holds('ArnLike', 'arn:aws:logs:*:*:*:b:*', 'arn:aws:logs:eu:1:a:b:c'), T)
})

test('an ARN operand that is none grants nothing and denies, unless a match came before it', () => {
  const user = 'arn:aws:iam::*:user/*'
  const role = 'arn:aws:iam::*:role/*'
  const of = (operator: string, ...values: string[]): [boolean, boolean] =>
    both({ [operator]: { 'x:k': values } }, { 'x:k': arn })
  assert.deepEqual(of('ArnLike', 'not-an-arn'), [F, T])
  assert.deepEqual(of('ArnNotLike', 'not-an-arn'), [F, T])
  assert.deepEqual(of('ArnLike', user, 'bad'), [T, T])
  assert.deepEqual(of('ArnLike', 'bad', user), [F, T])
  assert.deepEqual(of('ArnNotLike', user, 'bad'), [F, F])
  assert.deepEqual(of('ArnNotLike', 'bad', user), [F, T])
  assert.deepEqual(of('ArnNotLike', role, 'bad'), [F, T])
  assert.deepEqual(of('ArnNotLike', 'bad', role), [F, T])
  const malformed = { 'x:k': 'nothing' }
  assert.deepEqual(both({ ArnLike: { 'x:k': 'bad' } }, malformed), [F, F])
  const variable = { ArnLike: { 'x:k': '${x:v}' } }
  assert.deepEqual(both(variable, { 'x:k': arn, 'x:v': 'bad' }), [F, T])
  assert.deepEqual(both(variable, { 'x:k': arn, 'x:v': arn }), [T, T])
  assert.deepEqual(both(variable, { 'x:k': arn }), [F, F])
})

test('ignoring case lowers without folding', () => {
  for (const [a, b] of [
    ['\u212a', 'K'],
    ['ẞ', 'ß'],
    ['É', 'é'],
    ['ΟΣ', 'ος'],
    ['ΟΣΑ', 'οσα'],
    ['Σ', 'σ'],
    ['AΣ𐐀', 'aσ𐐀'],
    ['𐐀Σ', '𐐀ς'],
    ['İ', 'i\u0307'],
    ['𐐀', '𐐀'],
    ['İ𐐀A', 'i\u0307𐐀a'],
  ] as const) {
    assert.equal(holds('StringEqualsIgnoreCase', a, b), T, `${a} ${b}`)
    assert.equal(holds('StringNotEqualsIgnoreCase', a, b), F, `${a} ${b}`)
  }
  for (const [a, b] of [
    ['ſ', 's'],
    ['ı', 'I'],
    ['İ', 'i'],
    ['ß', 'SS'],
    ['ΟΣ', 'οσ'],
    ['Σ', 'ς'],
    ['𐐀', '𐐨'],
  ] as const) {
    assert.equal(holds('StringEqualsIgnoreCase', a, b), F, `${a} ${b}`)
  }
})

test('wildcards stand for UTF-16 units, and only in Like', () => {
  for (const [pattern, text, matches] of [
    ['?', '𐐀', F],
    ['??', '𐐀', T],
    ['a?b', 'a𐐀b', F],
    ['a??b', 'a𐐀b', T],
    ['a*?b', 'a𐐀b', T],
    ['a?*b', 'a𐐀b', T],
    ['a[b]', 'ab', F],
    ['a[b]', 'a[b]', T],
    ['*', '', T],
    ['', '', T],
    ['a*c', 'a/b:c', T],
    ['a*', 'a\nb', T],
    ['a\\*', 'a*', F],
  ] as const) {
    assert.equal(holds('StringLike', pattern, text), matches, `${pattern} ${text}`)
  }
  assert.equal(holds('StringEquals', 'a*', 'ab'), F)
  assert.equal(holds('StringEquals', 'a*', 'a*'), T)
  assert.equal(holds('StringEquals', '', ''), T)
  assert.equal(holds('StringEquals', '', undefined), F)
})

test('variables expand to literal text, in 2012 documents only', () => {
  const like = (wanted: string, values: Values, version?: string): boolean =>
    both({ StringLike: { 'x:k': wanted } }, values, version)[0]
  assert.equal(like('home/${aws:UserName}/*', { 'x:k': 'home/ann/a', 'aws:username': 'ann' }), T)
  assert.equal(like('${x:v}', { 'x:k': 'anything', 'x:v': '*' }), F)
  assert.equal(like('${x:v}', { 'x:k': '*', 'x:v': '*' }), T)
  assert.equal(like('a${*}b${?}c${$}', { 'x:k': 'a*b?c$' }), T)
  assert.equal(like('a${*}', { 'x:k': 'ab' }), F)
  assert.equal(like("${x:v, 'none'}", { 'x:k': 'none' }), T)
  assert.equal(like("${x:v, 'none'}", { 'x:k': 'some', 'x:v': 'some' }), T)
  assert.equal(like('${x:v}', { 'x:k': 'a' }), F)
  assert.equal(like('${x:v}', { 'x:k': '${x:v}' }, '2008-10-17'), T)
  assert.equal(like('${x:v', { 'x:k': '${x:v' }), T)
  const unequal = { StringNotEquals: { 'x:k': "${aws:TagKeys, 'a'}" } }
  assert.deepEqual(both(unequal, { 'x:k': 'a', 'aws:tagkeys': ['a'] }), [T, T])
  const equal = { StringEquals: { 'x:k': "${aws:TagKeys, 'a'}" } }
  assert.deepEqual(both(equal, { 'x:k': 'a', 'aws:tagkeys': ['a'] }), [F, F])
  assert.deepEqual(both({ Bool: { 'x:k': '${x:v}' } }, { 'x:k': 'true', 'x:v': 'true' }), [F, F])
})

test('operators and keys are joined by AND, values by OR', () => {
  const condition = { StringEquals: { 'x:a': ['1', '2'], 'x:b': '1' }, Bool: { 'x:c': 'true' } }
  assert.deepEqual(both(condition, { 'x:a': '2', 'x:b': '1', 'x:c': 'true' }), [T, T])
  assert.deepEqual(both(condition, { 'x:a': '2', 'x:b': '1', 'x:c': 'false' }), [F, F])
  assert.deepEqual(both(condition, { 'x:a': '2', 'x:b': '2', 'x:c': 'true' }), [F, F])
})
