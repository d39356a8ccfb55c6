import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextKeysOf } from './context-keys.ts'
import { decide } from './decide.ts'
import { denialMessage } from './denial-message.ts'
import { explain } from './explain.ts'
import { parsePolicy } from './parse-policy.ts'
import type { AccessRequest, AttachedPolicy, PolicySources } from './request.ts'

const alice = {
  type: 'user',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/alice',
  id: 'AIDAALICEALICEALICE01',
} as const
const asked: AccessRequest = {
  principal: alice,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
  context: new Map([['aws:username', 'alice']]),
}
const all = { Effect: 'Allow', Action: '*', Resource: '*' }

function policy(...Statement: object[]): AttachedPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement })
  return { name: 'mine', sourceType: 'user', policy: parsePolicy(text, 'identity') }
}

test('every statement says what kept it out', () => {
  const identity = [
    policy(
      { ...all, Action: 'sqs:*' },
      { ...all, Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' },
      { ...all, Condition: { StringEquals: { 'aws:UserName': 'bob' } } },
      { ...all, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } },
      { ...all, Sid: 'Last', Condition: { StringEquals: { 'aws:UserName': '${aws:username}' } } },
    ),
  ]
  const explained = explain(asked, { identity })
  const statements = explained.layers[0]?.policies[0]?.statements ?? []
  assert.deepEqual(
    statements.map(({ failed }) => failed.join()),
    ['action', 'resource', 'condition', 'condition', ''],
  )
  assert.deepEqual(statements[4]?.conditions, [
    {
      operator: 'StringEquals',
      key: 'aws:UserName',
      wanted: ['alice'],
      actual: 'alice',
      holds: true,
    },
  ])
  assert.deepEqual(explained.missingContextKeys, ['aws:PrincipalTag/team', 'aws:SourceVpc'])
  assert.equal(explained.effect, 'allow')
  assert.equal(explained.decidedBy?.sid, 'Last')
  assert.equal(explained.decidedBy?.policy, 'mine')
  assert.equal(explained.decidedBy?.sourceType, 'user')
})

test('keys that operators do not need are not missing', () => {
  const identity = [
    policy(
      { ...all, Condition: { StringNotEquals: { 'x:a': '1' } } },
      { ...all, Condition: { 'ForAllValues:StringEquals': { 'x:b': '1' } } },
    ),
  ]
  assert.deepEqual(explain(asked, { identity }).missingContextKeys, [])
})

const text = (request: Partial<AccessRequest>, sources: Partial<PolicySources> = {}): string => {
  const whole = { ...asked, ...request }
  return denialMessage(whole, decide(whole, { identity: [], ...sources }))
}
const base =
  'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k'

test('denials speak as AWS does', () => {
  const because = `${base} because no identity-based policy allows the s3:GetObject action`
  assert.equal(text({}), because)
  const identity = [policy({ ...all, Effect: 'Deny' })]
  assert.equal(text({}, { identity }), `${base} with an explicit deny in an identity-based policy`)
  const scp = parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: { ...all, Effect: 'Deny' } }),
    'scp',
  )
  assert.equal(
    text({}, { scps: [[{ name: 's', policy: scp }]] }),
    `${base} with an explicit deny in a service control policy`,
  )
  assert.equal(
    text({ action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/r' }),
    'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r',
  )
  assert.equal(
    text({ action: 'sts:AssumeRoleWithSAML' }),
    'Not authorized to perform sts:AssumeRoleWithSAML',
  )
  assert.equal(
    text({ action: 'sts:GetAccessKeyInfo', resource: '*' }),
    'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action',
  )
  assert.match(text({ principal: { type: 'anonymous' } }), /^User: anonymous is not authorized/)
})

const keys = (document: unknown): string[] => contextKeysOf(JSON.stringify(document))

test('context keys are those of conditions and variables, as written', () => {
  const Statement = {
    Effect: 'Allow',
    Action: 's3:${not:this}',
    Resource: ['arn:aws:s3:::${aws:username}/${*}', "${x:y, 'd'}"],
    Condition: {
      NumericLessThan: { 'x:N': '${a:b}', 'x:n': '1' },
      StringLike: { '${v:k}': '${$}', 'x:N': '2' },
    },
  }
  assert.deepEqual(keys({ Version: '2012-10-17', Statement }), [
    'aws:username',
    '*',
    'x:y',
    'x:N',
    'a:b',
    'x:n',
    '${v:k}',
    '$',
  ])
  assert.deepEqual(keys({ Version: '2008-10-17', Statement }), ['x:N', 'x:n', '${v:k}'])
})

test('context keys are read laxly', () => {
  for (const document of [
    {},
    { Statement: [] },
    { Statement: { Effect: 'Allow' } },
    { Statement: { Effect: 'Allow', Action: 'abc', Resource: 'bad', Principal: '*' } },
    { Statement: { Effect: 'Allow', Action: [], Resource: [] } },
  ]) {
    assert.deepEqual(keys(document), [])
  }
  for (const document of [
    { Statement: {} },
    { Foo: 1 },
    { Statement: { Effect: 'Allow', Condition: { Same: { a: 'b' } } } },
  ]) {
    assert.throws(() => keys(document), { name: 'PolicyError' })
  }
})
