import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'
import { PolicyError } from './policy-error.ts'

const version = '2012-10-17'
const good = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }

function refusal(kind: PolicyKind, document: unknown): string {
  try {
    parsePolicy(typeof document === 'string' ? document : JSON.stringify(document), kind)
  } catch (error) {
    assert.ok(error instanceof PolicyError)
    return error.message
  }
  return 'accepted'
}

const identity = (statement: object | object[]): string =>
  refusal('identity', { Version: version, Statement: statement })
const syntax = 'Syntax errors in policy.'
const legacy = 'The policy failed legacy parsing'

test('identity policies: breaks of the grammar are syntax errors', () => {
  assert.equal(identity(good), 'accepted')
  for (const document of ['', '{', 'null', '[]', '"x"', `{"Version":"${version}"}`]) {
    assert.equal(refusal('identity', document), syntax)
  }
  for (const statement of [
    [],
    { ...good, Effect: 'Perhaps' },
    { Action: 's3:GetObject', Resource: '*' },
    { ...good, Extra: 1 },
    { ...good, NotAction: 's3:GetObject' },
    { ...good, NotResource: '*' },
    { ...good, Action: 1 },
    { ...good, Sid: 1 },
    { ...good, Condition: 'x' },
    { ...good, Condition: { StringSame: { k: 'v' } } },
    { ...good, Condition: { StringEquals: 'x' } },
  ]) {
    assert.equal(identity(statement), syntax, JSON.stringify(statement))
  }
  assert.equal(refusal('identity', { Version: '2013-01-01', Statement: good }), syntax)
  assert.equal(refusal('identity', { Version: version, Statement: good, Foo: 1 }), syntax)
})

test('identity policies need the newer version', () => {
  const text = 'Policy document must be version 2012-10-17 or greater.'
  assert.equal(refusal('identity', { Statement: good }), text)
  assert.equal(refusal('identity', { Version: '2008-10-17', Statement: good }), text)
})

test('identity policies: the older parser looks at effect, literals and short ARNs', () => {
  const withCondition = (operator: string, value: string): string =>
    identity({ ...good, Condition: { [operator]: { k: value } } })
  assert.equal(identity({ ...good, Effect: 'allow' }), legacy)
  assert.equal(identity({ ...good, Resource: 'arn:aws:s3::b' }), legacy)
  for (const [operator, value] of [
    ['NumericEquals', 'NaN'],
    ['NumericEquals', 'no-number'],
    ['DateLessThan', 'not-a-date'],
    ['ArnLike', 'not-an-arn'],
    ['IpAddress', 'not-an-ip'],
    ['IpAddress', '2001:db8::5/64'],
    ['BinaryEquals', 'no-binary'],
  ] as const) {
    assert.equal(withCondition(operator, value), legacy, `${operator} ${value}`)
  }
  for (const [operator, value] of [
    ['NumericEquals', '01'],
    ['Bool', 'TRUE'],
    ['Bool', 'yes'],
    ['Null', 'yes'],
    ['Null', 'TRUE'],
    ['IpAddress', '2001:db8:::1/128'],
    ['IpAddress', '2001:db8::1:/128'],
    ['IpAddress', '::ffff:c000:200/120'],
    ['ArnLike', '${aws:PrincipalTag/arn}'],
  ] as const) {
    assert.equal(withCondition(operator, value), 'accepted', `${operator} ${value}`)
  }
})

test('identity policies: Sids, actions, resources and principals', () => {
  const twice = [
    { ...good, Sid: 'a' },
    { ...good, Sid: 'a' },
  ]
  assert.equal(identity(twice), 'Statement IDs (SID) in a single policy must be unique.')
  assert.match(identity({ ...good, Sid: 'a b' }), /must be alpha-numeric/)
  const noActions = 'Policy statement must contain actions.'
  assert.equal(identity({ Effect: 'Allow', Resource: '*' }), noActions)
  assert.equal(identity({ ...good, Action: [] }), noActions)
  const noResources = 'Policy statement must contain resources.'
  assert.equal(identity({ Effect: 'Allow', Action: 's3:GetObject' }), noResources)
  assert.equal(identity({ ...good, Resource: [] }), noResources)
  const principal = 'Policy document should not specify a principal.'
  assert.equal(identity({ ...good, Principal: '*' }), principal)
  assert.equal(
    identity({ ...good, Action: 'abc' }),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  )
  assert.equal(
    identity({ ...good, Action: 'a:b:c' }),
    'Actions/Condition can contain only one colon.',
  )
  assert.equal(identity({ ...good, Action: 'a_b:c' }), 'Vendor a_b is not valid')
  const wildcards = 'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.'
  for (const action of ['*:Create*', 's3*:GetObject', 's?:GetObject']) {
    assert.equal(identity({ ...good, Action: action }), wildcards)
  }
  assert.equal(identity({ Effect: 'Deny', NotAction: '*:Get*', Resource: '*' }), wildcards)
  for (const action of ['*', '*:*']) {
    assert.equal(identity({ ...good, Action: action }), 'accepted')
  }
})

test('identity policies: resources AWS refuses, in its words', () => {
  const of = (Resource: string): string => identity({ ...good, Resource })
  assert.equal(of('bucket'), 'Resource bucket must be in ARN format or "*".')
  assert.equal(
    of('arn:other:s3:::b'),
    'Partition "other" is not valid for resource "arn:other:s3:::b".',
  )
  const vendor = 'Resource vendor must be fully qualified and cannot contain regexes.'
  assert.equal(of('arn:aws'), vendor)
  assert.equal(of('arn:aws:s*:::b'), vendor)
  const iam = 'arn:aws:iam:eu-west-1:111122223333:user/a'
  assert.equal(of(iam), `IAM resource ${iam} cannot contain region information.`)
  const s3 = 'arn:aws:s3:eu-west-1::b'
  assert.equal(of(s3), `Resource ${s3} can not contain region information.`)
  assert.match(
    of('arn:aws:iam::111122223333:x'),
    /^IAM resource path must either be "\*", root, or start/,
  )
  for (const resource of [
    '*',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::*:*',
    'arn:aws-cn:s3:::b',
    'arn:*:s3:::b',
    '${aws:PrincipalTag/arn}',
    'arn:${aws:PrincipalTag/p}:s3:::b',
    'arn:aws:${aws:PrincipalTag/s}:::b',
    'arn:aws:iam::aws:policy/${aws:username}',
    'arn:aws:sns:*:*:${aws:PrincipalAccount}:x',
    'arn:aws:sns:${aws:PrincipalTag/region}:${aws:PrincipalAccount}:x',
    'arn:aws:iam::${aws:PrincipalAccount}:role/r',
    'arn:aws:cloudfront::cloudfront:x',
  ]) {
    assert.equal(of(resource), 'accepted', resource)
  }
})

test('identity policies: the account of a resource may be a variable, and no placeholder left in', () => {
  const from = (element: 'Resource' | 'NotResource', arn: string): string =>
    identity({ Effect: 'Allow', Action: 's3:GetObject', [element]: arn })
  for (const account of ['${account}', '<ACCOUNT_ID>', '{account}', 'ACCOUNT_ID']) {
    assert.equal(from('Resource', `arn:aws:iam::${account}:role/r`), legacy, account)
    assert.equal(from('NotResource', `arn:aws:sqs:*:${account}:q`), legacy, account)
  }
  assert.equal(from('Resource', 'arn:aws:states:${AWS::Region}:${AWS::AccountId}:x'), legacy)
})

test('identity policies: of several faults the one AWS looks for first is told', () => {
  const resources = 'Policy statement must contain resources.'
  assert.equal(identity({ Effect: 'Allow', Action: 'invalid' }), resources)
  assert.match(identity({ ...good, Action: 's:3:x', Resource: 'x' }), /^Resource x must be in ARN/)
  assert.equal(identity({ Effect: 'Allow', Resource: 'arn:aws:s3::b' }), legacy)
  assert.equal(identity({ ...good, Effect: 'denY', Resource: 'x' }), legacy)
  const twins = [
    { ...good, Sid: 's' },
    { Sid: 's', Effect: 'Allow' },
  ]
  assert.equal(identity(twins), 'Statement IDs (SID) in a single policy must be unique.')
  assert.match(refusal('identity', { Statement: twins }), /^Policy document must be version/)
  const trustLike = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }
  assert.equal(identity(trustLike), 'Policy document should not specify a principal.')
})

test('identity policies: dates as lax as the older parser', () => {
  const dated = (value: string): string =>
    identity({ ...good, Condition: { DateLessThan: { k: value } } })
  for (const value of ['01T', '-292275054', '2016-12-13t2:00:00.593194+23', '2026', '']) {
    assert.equal(dated(value), value === '' ? legacy : 'accepted', value)
  }
  for (const value of ['234-13', '2016-12-13t2:00:00+1', '9223372036854775808']) {
    assert.equal(dated(value), legacy, value)
  }
  assert.equal(dated('2016-12-13t2:00:00.1999999999Z'), legacy)
})

test('identity policies: what looks odd and is accepted', () => {
  for (const change of [
    { Action: 'iam: any thing ' },
    { Action: 's3.s:ListBucket' },
    { Resource: 'arn:aws:unknown-service' },
    { Condition: {} },
    { Condition: { DateGreaterThan: {} } },
    { Condition: { DateGreaterThan: { k: [] } } },
    { Condition: { Unknown: {} } },
  ]) {
    assert.equal(identity({ ...good, ...change }), 'accepted', JSON.stringify(change))
  }
  assert.equal(refusal('identity', { Version: version, Id: 'x', Statement: good }), 'accepted')
})

test('session policies keep literals that IAM refuses, but not base64', () => {
  const session = (Condition: object, more: object = {}): string =>
    refusal('session', { Statement: { ...good, Condition }, ...more })
  for (const [operator, value] of [
    ['NumericEquals', 'NaN'],
    ['DateEquals', 'not-a-date'],
    ['IpAddress', '192.0.2.0/33'],
    ['ArnNotLike', 'not-an-arn'],
  ] as const) {
    assert.equal(session({ [operator]: { k: value } }), 'accepted', operator)
  }
  assert.notEqual(session({ BinaryEquals: { k: 'no-binary' } }), 'accepted')
  assert.equal(refusal('session', '{'), 'The policy is not in the valid JSON format.')
  assert.equal(refusal('session', '{}'), syntax)
})

test('a refusal says where', () => {
  const text =
    '{"Version":"2012-10-17",\n "Statement": {"Effect":"Allow","Action":["s3:A","b"],\n"Resource":"*"}}'
  assert.throws(() => parsePolicy(text, 'identity'), {
    fault: 'action',
    line: 2,
    column: 50,
    path: 'Statement.Action[1]',
  })
})
