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
  assert.match(of('arn:aws:iam::111122223333:x'), /^IAM resource path must either be "\*" or start/)
  for (const resource of [
    '*',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::*:*',
    'arn:aws-cn:s3:::b',
    'arn:*:s3:::b',
    '${aws:PrincipalTag/arn}',
    'arn:${aws:PrincipalTag/p}:s3:::b',
    'arn:aws:${aws:PrincipalTag/s}:::b',
    'arn:aws:iam:${aws:PrincipalTag/r}:1:user/a',
  ]) {
    assert.equal(of(resource), 'accepted', resource)
  }
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

const trusted = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
const trust = (change: object): string =>
  refusal('trust', { Version: version, Statement: { ...trusted, ...change } })

test('trust policies are refused in their own words', () => {
  assert.equal(trust({}), 'accepted')
  assert.equal(refusal('trust', '{'), 'This policy contains invalid Json')
  assert.equal(trust({ Foo: 1 }), 'Unknown field Foo')
  assert.equal(
    refusal('trust', { Statement: [] }),
    'Could not parse the policy: Statement is empty!',
  )
  assert.equal(
    refusal('trust', { Version: 'x', Statement: trusted }),
    'The policy must contain a valid version string',
  )
  const twins = [
    { ...trusted, Sid: 'a' },
    { ...trusted, Sid: 'a' },
  ]
  assert.equal(
    refusal('trust', { Statement: twins }),
    'The Statement Ids in the policy are not unique',
  )
  assert.equal(trust({ Effect: undefined }), 'Missing required field Effect')
  assert.equal(trust({ Effect: 'Maybe' }), 'Invalid effect: Maybe')
  assert.equal(trust({ Principal: undefined }), 'Missing required field Principal')
  assert.equal(trust({ Principal: {} }), 'Missing required field Principal cannot be empty!')
  assert.equal(trust({ Principal: [] }), 'Principal must be a JSON object.')
  assert.equal(
    trust({ Principal: '*' }),
    'AssumeRolepolicy contained an invalid principal: "STAR":"*".',
  )
  assert.equal(
    trust({ Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } }),
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:group/g"',
  )
  assert.equal(
    trust({ Principal: { Service: 'nothing' } }),
    'Invalid principal in policy: "SERVICE":"nothing"',
  )
  assert.equal(
    trust({ Principal: { Federated: 'x' } }),
    'Federated principals must be valid domain names or SAML metadata ARNs',
  )
  const notPrincipal = { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }
  assert.equal(trust(notPrincipal), 'Allow with NotPrincipal is not allowed.')
  assert.equal(trust({ Action: undefined }), 'Missing required field Action')
  const action = 'AssumeRole policy may only specify STS AssumeRole actions.'
  assert.equal(trust({ Action: 's3:GetObject' }), action)
  assert.equal(trust({ Action: '*' }), action)
  assert.equal(trust({ Action: 'sts:AssumeRole*' }), 'accepted')
  assert.equal(trust({ Resource: '*' }), 'Has prohibited field Resource')
  assert.equal(trust({ NotResource: '*' }), 'AssumeRole policy must not contain resources.')
})

test('trust in a shared issuer needs a condition on whose token it is', () => {
  const host = 'token.actions.githubusercontent.com'
  const github = (Condition?: object): string =>
    trust({
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    })
  const onSub = (operator: string, value: string): string =>
    github({ [operator]: { [`${host}:sub`]: value } })
  assert.notEqual(github(), 'accepted')
  assert.equal(onSub('StringEquals', 'repo:a/b:ref:refs/heads/main'), 'accepted')
  assert.equal(onSub('ForAnyValue:StringLike', 'repo:a/*'), 'accepted')
  for (const operator of ['StringNotEquals', 'StringEqualsIfExists', 'Null']) {
    assert.notEqual(onSub(operator, 'repo:a/b'), 'accepted')
  }
  assert.notEqual(onSub('StringLike', '*'), 'accepted')
  assert.notEqual(onSub('StringLike', '*/b'), 'accepted')
})

test('resource control policies may only deny, and name everyone', () => {
  const rcp = (change: object): string =>
    refusal('rcp', {
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', ...change },
    })
  assert.equal(rcp({}), 'accepted')
  assert.equal(rcp({ Principal: { AWS: '*' } }), 'accepted')
  assert.equal(rcp({ Effect: 'Allow', Action: '*' }), 'accepted')
  for (const change of [
    { Principal: { AWS: ['*'] } },
    { Principal: { AWS: '111122223333' } },
    { Action: '*' },
    { Action: undefined, NotAction: 's3:*' },
    { Effect: 'Allow' },
  ]) {
    assert.notEqual(rcp(change), 'accepted', JSON.stringify(change))
  }
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
