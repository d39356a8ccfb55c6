import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arnPrefix, callers, ids, wire } from './callers.fixture.ts'
import { account, allow, list, type Parameters, tags } from './wire-service.ts'

/**
 * Every condition key as the service itself fills it: a policy that asks for exactly this value allows the call, and
 * one that asks for the key's absence allows it where there is none.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
async function allowing(who: string, action: string, condition: object): Promise<void> {
  const [kind, name] = who === 'user' ? ['User', 'ada'] : ['Role', 'Worker']
  const answer = await wire.iam(wire.root, `Put${kind}Policy`, {
    [`${kind}Name`]: name,
    PolicyName: 'own',
    PolicyDocument: JSON.stringify(allow(action, '*', { Condition: condition })),
  })
  assert.equal(answer.summary, '200 OK')
}

/** Whether the caller may list users under this condition. */
async function holds(who: string, condition: object): Promise<boolean> {
  await allowing(who, 'iam:ListUsers', condition)
  const as = callers[who]
  assert.ok(as)
  const headers = ['User-Agent', 'wire/1.0', 'Referer', 'https://here.example/']
  const answer = await wire.iam(as, 'ListUsers', {}, { headers, region: 'eu-central-1' })
  assert.match(answer.summary, /^(200 OK$|403 AccessDenied: )/)
  return answer.status === 200
}

type Value = string | (() => string)
const present: readonly (readonly [who: string, key: string, operator: string, value: Value])[] = [
  ['user', 'aws:CurrentTime', 'DateEquals', '2026-03-04T05:06:07Z'],
  ['user', 'aws:EpochTime', 'NumericEquals', String(Date.parse('2026-03-04T05:06:07Z') / 1000)],
  ['user', 'aws:EpochTime', 'DateEquals', '2026-03-04T05:06:07Z'],
  ['user', 'aws:SecureTransport', 'Bool', 'false'],
  ['user', 'aws:RequestedRegion', 'StringEquals', 'eu-central-1'],
  ['user', 'aws:UserAgent', 'StringEquals', 'wire/1.0'],
  ['user', 'aws:Referer', 'StringEquals', 'https://here.example/'],
  ['user', 'aws:ViaAWSService', 'Bool', 'false'],
  ['user', 'aws:PrincipalIsAWSService', 'Bool', 'false'],
  ['user', 'aws:SourceIp', 'IpAddress', '127.0.0.1/32'],
  ['user', 'aws:PrincipalAccount', 'StringEquals', account],
  ['user', 'aws:ResourceAccount', 'StringEquals', account],
  ['user', 'aws:PrincipalType', 'StringEquals', 'User'],
  ['user', 'aws:PrincipalArn', 'ArnEquals', `${arnPrefix}user/team/ada`],
  ['user', 'aws:userid', 'StringEquals', () => ids.ada ?? ''],
  ['user', 'aws:username', 'StringEquals', 'ada'],
  ['user', 'aws:PrincipalTag/team', 'StringEquals', 'red'],
  ['user', 'AWS:principaltag/TEAM', 'StringEquals', 'red'],
  ['session', 'aws:PrincipalType', 'StringEquals', 'AssumedRole'],
  ['session', 'aws:PrincipalArn', 'ArnEquals', `${arnPrefix}role/deep/Worker`],
  ['session', 'aws:userid', 'StringEquals', () => `${ids.worker}:work`],
  ['session', 'aws:TokenIssueTime', 'DateEquals', '2026-03-04T05:06:07Z'],
  ['session', 'aws:TokenIssueTime', 'StringEquals', '2026-03-04T05:06:07Z'],
  ['session', 'aws:MultiFactorAuthPresent', 'Bool', 'false'],
  ['session', 'aws:SourceIdentity', 'StringEquals', 'boss'],
  ['session', 'aws:PrincipalTag/Team', 'StringEquals', 'green'],
  ['session', 'aws:PrincipalTag/Own', 'StringEquals', 'role'],
  ['plain', 'aws:PrincipalTag/Team', 'StringEquals', 'blue'],
]

for (const [who, key, operator, value] of present) {
  test(`${who}: ${key} under ${operator}`, async () => {
    const wanted = typeof value === 'string' ? value : value()
    assert.ok(await holds(who, { [operator]: { [key]: wanted } }))
    assert.ok(await holds(who, { Null: { [key]: 'false' } }))
    assert.ok(!(await holds(who, { Null: { [key]: 'true' } })))
  })
}

const absent: readonly (readonly [who: string, key: string])[] = [
  ['user', 'aws:TokenIssueTime'],
  ['user', 'aws:MultiFactorAuthPresent'],
  ['user', 'aws:MultiFactorAuthAge'],
  ['user', 'aws:SourceIdentity'],
  ['user', 'aws:PrincipalTag/Other'],
  ['user', 'aws:TagKeys'],
  ['user', 'aws:RequestTag/Team'],
  ['user', 'aws:ResourceTag/Team'],
  ['user', 'aws:PrincipalOrgID'],
  ['user', 'aws:PrincipalOrgPaths'],
  ['user', 'aws:SourceVpc'],
  ['user', 'aws:SourceVpce'],
  ['user', 'aws:VpcSourceIp'],
  ['user', 'aws:SourceArn'],
  ['user', 'aws:SourceAccount'],
  ['user', 'aws:CalledVia'],
  ['user', 'aws:FederatedProvider'],
  ['user', 'aws:PrincipalServiceName'],
  ['user', 'sts:ExternalId'],
  ['user', 'nonsense'],
  ['user', '__proto__'],
  ['user', 'constructor'],
  ['session', 'aws:username'],
  ['session', 'aws:MultiFactorAuthAge'],
  ['session', 'sts:RoleSessionName'],
  ['session', 'sts:SourceIdentity'],
  ['plain', 'aws:SourceIdentity'],
  ['plain', 'aws:PrincipalTag/Other'],
]

for (const [who, key] of absent) {
  test(`${who}: there is no ${key}`, async () => {
    assert.ok(await holds(who, { Null: { [key]: 'true' } }))
    assert.ok(!(await holds(who, { StringLike: { [key]: '*' } })))
    assert.ok(await holds(who, { StringNotLike: { [key]: '*' } }))
    assert.ok(await holds(who, { StringEqualsIfExists: { [key]: 'x' } }))
  })
}

/** Keys of an operation: whether a user with this condition alone may call it. */
async function may(action: string, parameters: Parameters, condition: object): Promise<boolean> {
  await allowing('user', 'iam:*', condition)
  const as = callers.user
  assert.ok(as)
  const answer = await wire.iam(as, action, parameters)
  assert.match(answer.summary, /^(200 OK$|403 AccessDenied: )/)
  return answer.status === 200
}

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const onAda = { UserName: 'ada' }
const operations: readonly (readonly [
  name: string,
  action: string,
  parameters: Parameters,
  condition: object,
  other: object,
])[] = [
  [
    'aws:RequestTag',
    'TagUser',
    { ...onAda, ...tags({ New: 'x' }) },
    { StringEquals: { 'aws:RequestTag/new': 'x' } },
    { StringEquals: { 'aws:RequestTag/new': 'y' } },
  ],
  [
    'aws:TagKeys of Tag',
    'TagUser',
    { ...onAda, ...tags({ New: 'x', More: 'y' }) },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['New', 'More'] } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['New'] } },
  ],
  [
    'aws:TagKeys of Untag',
    'UntagUser',
    { ...onAda, ...list('TagKeys', ['New', 'More']) },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'More' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'Other' } },
  ],
  [
    'aws:TagKeys and a plain operator',
    'TagUser',
    { ...onAda, ...tags({ New: 'x' }) },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'New' } },
    { StringEquals: { 'aws:TagKeys': 'New' } },
  ],
  [
    'aws:ResourceTag',
    'GetUser',
    onAda,
    { StringEquals: { 'aws:ResourceTag/Team': 'red' } },
    { StringEquals: { 'aws:ResourceTag/Team': 'blue' } },
  ],
  [
    'iam:ResourceTag',
    'GetUser',
    onAda,
    { StringEquals: { 'iam:ResourceTag/team': 'red' } },
    { Null: { 'iam:ResourceTag/team': 'true' } },
  ],
  [
    'aws:ResourceTag of a role',
    'GetRole',
    { RoleName: 'Worker' },
    { StringEquals: { 'aws:ResourceTag/Own': 'role' } },
    { StringEquals: { 'aws:ResourceTag/Own': 'x' } },
  ],
  [
    'aws:ResourceAccount of a policy that AWS manages',
    'GetPolicy',
    { PolicyArn: readOnly },
    { StringEquals: { 'aws:ResourceAccount': '639982225848' } },
    { StringLike: { 'aws:ResourceAccount': [account, 'aws*', ''] } },
  ],
  [
    'aws:ResourceAccount of what such a policy is attached to',
    'AttachUserPolicy',
    { ...onAda, PolicyArn: readOnly },
    { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
    { StringEquals: { 'aws:ResourceAccount': '639982225848' } },
  ],
  [
    'iam:PolicyARN of Attach',
    'AttachUserPolicy',
    { ...onAda, PolicyArn: readOnly },
    { ArnEquals: { 'iam:PolicyARN': readOnly } },
    { ArnEquals: { 'iam:PolicyARN': `${readOnly}2` } },
  ],
  [
    'iam:PolicyARN of Detach',
    'DetachUserPolicy',
    { ...onAda, PolicyArn: readOnly },
    { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/Read*' } },
    { Null: { 'iam:PolicyARN': 'true' } },
  ],
  [
    'iam:PermissionsBoundary of Put',
    'PutUserPermissionsBoundary',
    { UserName: 'boss', PermissionsBoundary: readOnly },
    { StringEquals: { 'iam:PermissionsBoundary': readOnly } },
    { StringEquals: { 'iam:PermissionsBoundary': 'x' } },
  ],
  [
    'iam:PermissionsBoundary of an entity',
    'PutUserPolicy',
    { UserName: 'boss', PolicyName: 'p', PolicyDocument: JSON.stringify(allow('s3:*')) },
    { StringEquals: { 'iam:PermissionsBoundary': readOnly } },
    { Null: { 'iam:PermissionsBoundary': 'true' } },
  ],
  [
    'iam:PermissionsBoundary of Delete',
    'DeleteUserPermissionsBoundary',
    { UserName: 'boss' },
    { StringEquals: { 'iam:PermissionsBoundary': readOnly } },
    { StringEquals: { 'iam:PermissionsBoundary': 'x' } },
  ],
  [
    'iam:AWSServiceName',
    'CreateServiceLinkedRole',
    { AWSServiceName: 'autoscaling.amazonaws.com' },
    { StringEquals: { 'iam:AWSServiceName': 'autoscaling.amazonaws.com' } },
    { StringEquals: { 'iam:AWSServiceName': 'ecs.amazonaws.com' } },
  ],
]

for (const [name, action, parameters, condition, other] of operations) {
  test(`${name}: ${action}`, async () => {
    assert.ok(!(await may(action, parameters, other)))
    assert.ok(await may(action, parameters, condition))
  })
}

test('sts:DurationSeconds is no key of GetFederationToken', async () => {
  const action = 'sts:GetFederationToken'
  await allowing('user', action, { NumericLessThanEquals: { 'sts:DurationSeconds': '900' } })
  const as = callers.user
  assert.ok(as)
  // Not among the keys that AWS documents for this operation, so it is never there.
  const answer = await wire.sts(as, 'GetFederationToken', { Name: 'guest', DurationSeconds: 900 })
  assert.equal(answer.status, 403)
})

test('a name that every object of the language has is no condition key', async () => {
  const keys = ['__proto__', 'constructor', 'tostring', 'hasownproperty', 'valueof']
  for (const [i, key] of keys.entries()) {
    const make = async (condition: object): Promise<string> => {
      await allowing('user', 'iam:CreateUser', condition)
      const as = callers.user
      assert.ok(as)
      return (await wire.iam(as, 'CreateUser', { UserName: `made-${i}` })).summary
    }
    const present = JSON.parse(`{"Null":{"${key}":"false"}}`) as object
    assert.match(await make(present), /^403 AccessDenied: /, key)
    const equal = JSON.parse(`{"ForAnyValue:StringLike":{"${key}":"*"}}`) as object
    assert.match(await make(equal), /^403 AccessDenied: /, key)
    const different = JSON.parse(`{"StringNotEquals":{"${key}":"x"}}`) as object
    assert.equal(await make(different), '200 OK', key)
  }
})
