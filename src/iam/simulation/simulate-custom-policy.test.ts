import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  a,
  allow,
  allowAll,
  at,
  b,
  caller,
  deny,
  first,
  type Input,
  policy,
  simulate,
  statement,
} from './simulate.fixture.ts'

test('without resources an action is tried on *, and no resource details are given', async () => {
  assert.deepEqual(await first([allow]), {
    EvalActionName: 's3:GetObject',
    EvalResourceName: '*',
    EvalDecision: 'allowed',
    MatchedStatements: [at('PolicyInputList.1', 'IAM Policy', 38, 95)],
    MissingContextValues: [],
  })
})

test('several resources: the hardest decision counts, the statements are those of all rows', async () => {
  const result = await first([policy(statement({ Resource: a }))], { ResourceArns: [a, b] })
  const matched = [at('PolicyInputList.1', 'IAM Policy', 38, 114)]
  assert.deepEqual(result, {
    EvalActionName: 's3:GetObject',
    EvalResourceName: 'arn:aws:s3:::${BucketName}/${KeyName}',
    EvalDecision: 'implicitDeny',
    MatchedStatements: matched,
    MissingContextValues: [],
    EvalDecisionDetails: {},
    ResourceSpecificResults: [
      { EvalResourceName: a, EvalResourceDecision: 'allowed', MatchedStatements: matched },
      { EvalResourceName: b, EvalResourceDecision: 'implicitDeny' },
    ],
  })
})

test('an explicit deny names the denying statements only, of boundary and identity', async () => {
  const denied = await first([policy(statement(), statement({ Effect: 'Deny' }))])
  assert.equal(denied.EvalDecision, 'explicitDeny')
  assert.deepEqual(denied.MatchedStatements, [at('PolicyInputList.1', 'IAM Policy', 95, 152)])
  const both = await first([deny], { PermissionsBoundaryPolicyInputList: [deny] })
  assert.deepEqual(
    new Set(both.MatchedStatements?.map(({ SourcePolicyType }) => String(SourcePolicyType))),
    new Set(['IAM Policy', 'Permissions Boundary Policy']),
  )
  assert.deepEqual(both.PermissionsBoundaryDecisionDetail, { AllowedByPermissionsBoundary: false })
})

test('a boundary that does not allow leaves nothing matched', async () => {
  const other = policy(statement({ Action: 's3:PutObject' }))
  const result = await first([allow], {
    PermissionsBoundaryPolicyInputList: [other],
    ResourceArns: [a],
  })
  assert.equal(result.EvalDecision, 'implicitDeny')
  assert.deepEqual(result.MatchedStatements, [])
  assert.deepEqual(result.ResourceSpecificResults, [
    {
      EvalResourceName: a,
      EvalResourceDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    },
  ])
  const within = await first([allow], { PermissionsBoundaryPolicyInputList: [allow] })
  assert.deepEqual(within.PermissionsBoundaryDecisionDetail, { AllowedByPermissionsBoundary: true })
  assert.equal(within.MatchedStatements?.length, 1)
})

for (const [name, statements, missing] of [
  ['the failing key', [statement({ Condition: { StringEquals: { 'x:k': '1' } } })], ['x:k']],
  [
    'of an irrelevant action',
    [statement({ Action: 's3:PutObject', Condition: { Null: { 'x:k': 'true' } } })],
    ['x:k'],
  ],
  [
    'of a Deny',
    [statement({ Effect: 'Deny', Condition: { StringEquals: { 'x:k': '1' } } })],
    ['x:k'],
  ],
  [
    'spellings apart',
    [
      statement({ Condition: { StringEquals: { 'X:k': '1' } } }),
      statement({ Condition: { StringEquals: { 'x:k': '1' } } }),
    ],
    ['X:k', 'x:k'],
  ],
  [
    'variables with a default',
    [statement({ Resource: "arn:aws:s3:::stack/${x:k, 'no'}" })],
    ['x:k'],
  ],
  [
    'keys that AWS fills in',
    [statement({ Condition: { StringEquals: { 'aws:userid': 'someone' } } })],
    ['aws:userid'],
  ],
  [
    'not those supplied',
    [statement({ Condition: { StringEquals: { 'x:present': 'other', 'x:k': '1' } } })],
    ['x:k'],
  ],
] as const) {
  test(`an implicit deny lists what was not supplied: ${name}`, async () => {
    const ContextEntries = [
      { ContextKeyName: 'x:present', ContextKeyType: 'string', ContextKeyValues: ['here'] },
    ] as const
    const result = await first([policy(...statements)], { ResourceArns: [a], ContextEntries })
    assert.equal(result.EvalDecision, 'implicitDeny')
    assert.deepEqual(result.MissingContextValues, missing)
    assert.deepEqual(result.ResourceSpecificResults?.[0]?.MissingContextValues, missing)
  })
}

test('an allowed or explicitly denied action lists no missing keys', async () => {
  const conditional = policy(statement({ Condition: { StringEquals: { 'x:k': '1' } } }))
  assert.deepEqual((await first([allow, conditional])).MissingContextValues, [])
  assert.deepEqual((await first([deny, conditional])).MissingContextValues, [])
})

test('service control policies deny without naming statements', async () => {
  const level = (...documents: string[]) => ({ ServiceControlPolicyInputList: documents })
  const under = (...levels: object[]) =>
    first([allow], { OrderedOrganizationPolicyInputList: levels })
  const ok = await under(level(allowAll), level(allowAll))
  assert.equal(ok.EvalDecision, 'allowed')
  assert.deepEqual(ok.OrganizationsDecisionDetail, { AllowedByOrganizations: true })
  const denied = await under(level(deny, allowAll), level(allowAll))
  assert.equal(denied.EvalDecision, 'explicitDeny')
  assert.deepEqual(denied.MatchedStatements, [])
  assert.deepEqual(denied.OrganizationsDecisionDetail, { AllowedByOrganizations: false })
  const none = await under(level(allowAll), level(policy(statement({ Action: 's3:PutObject' }))))
  assert.equal(none.EvalDecision, 'implicitDeny')
  await assert.rejects(under(level()), {
    code: 'InvalidInput',
    message: 'Organization policy at index 1 must contain at least one service control policy',
  })
})

test('a caller brings its keys, and supplied entries replace them', async () => {
  const when = (key: string, value: string) =>
    policy(statement({ Condition: { StringEquals: { [key]: value } } }))
  const decide = async (key: string, value: string, more: Partial<Input>) =>
    (await first([when(key, value)], more)).EvalDecision
  const named = { CallerArn: caller }
  assert.equal(await decide('aws:username', 'ada', named), 'allowed')
  assert.equal(await decide('aws:PrincipalArn', caller, named), 'allowed')
  assert.equal(await decide('aws:userid', caller, named), 'allowed')
  assert.equal(await decide('aws:PrincipalAccount', '111122223333', named), 'allowed')
  const entry = { ContextKeyName: 'aws:username', ContextKeyType: 'string' } as const
  const ContextEntries = [{ ...entry, ContextKeyValues: ['override'] }]
  assert.equal(await decide('aws:username', 'override', { ...named, ContextEntries }), 'allowed')
  const role = { CallerArn: 'arn:aws:iam::111122223333:role/team/r' }
  assert.equal(await decide('aws:username', 'r', role), 'implicitDeny')
  assert.equal(await decide('aws:userid', 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR', {}), 'allowed')
  assert.equal(await decide('aws:PrincipalAccount', '111122223333', {}), 'allowed')
})

test('a resource policy of the same account allows by itself, also by naming the account', async () => {
  const PermissionsBoundaryPolicyInputList = [policy(statement({ Action: 's3:PutObject' }))]
  for (const AWS of [caller, '*', 'arn:aws:iam::111122223333:root']) {
    const ResourcePolicy = policy(
      statement({ Resource: 'arn:aws:s3:::stack/*', Principal: { AWS } }),
    )
    const more = { CallerArn: caller, ResourcePolicy, ResourceArns: [a] }
    const alone = await first([], more)
    assert.equal(alone.EvalDecision, 'allowed', AWS)
    assert.deepEqual(
      alone.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [
        SourcePolicyId,
        SourcePolicyType,
      ]),
      [['ResourcePolicy', 'Resource Policy']],
    )
    assert.deepEqual(alone.EvalDecisionDetails, {})
    const bounded = await first([allow], { ...more, PermissionsBoundaryPolicyInputList })
    assert.equal(bounded.EvalDecision, 'allowed')
    assert.equal(bounded.MatchedStatements?.length, 2)
  }
})

test('across accounts every kind of policy must allow, and each is reported', async () => {
  const ResourcePolicy = policy(
    statement({ Resource: 'arn:aws:s3:::stack/*', Principal: { AWS: caller } }),
  )
  const more = {
    CallerArn: caller,
    ResourcePolicy,
    ResourceOwner: 'arn:aws:iam::999999999999:root',
    ResourceArns: [a],
  }
  const without = await first([], more)
  assert.equal(without.EvalDecision, 'implicitDeny')
  const details = { 'IAM Policy': 'implicitDeny', 'Resource Policy': 'allowed' }
  assert.deepEqual(without.EvalDecisionDetails, details)
  assert.deepEqual(without.ResourceSpecificResults?.[0]?.EvalDecisionDetails, details)
  assert.equal((await first([allow], more)).EvalDecision, 'allowed')
  const bounded = await first([allow], { ...more, PermissionsBoundaryPolicyInputList: [deny] })
  assert.equal(bounded.EvalDecision, 'explicitDeny')
  assert.deepEqual(bounded.EvalDecisionDetails, {
    'IAM Policy': 'allowed',
    'Resource Policy': 'allowed',
    'Permissions Boundary Policy': 'explicitDeny',
  })
})

test('a resource of another service is never allowed', async () => {
  const mismatched = await first([allowAll], { ResourceArns: [caller] })
  assert.equal(mismatched.EvalDecision, 'implicitDeny')
  const getUser = await first([allowAll], { ActionNames: ['iam:GetUser'], ResourceArns: [a, b] })
  assert.equal(getUser.EvalDecision, 'implicitDeny')
  assert.equal(getUser.EvalResourceName, 'arn:aws:iam::${Account}:${ResourceType}/${ResourceName}')
})

test('actions are taken literally and ignoring case; unknown ones can be allowed', async () => {
  for (const [ActionName, identity, decision] of [
    ['S3:gEtObJeCt', allow, 'allowed'],
    ['s3:*', allow, 'implicitDeny'],
    ['madeup:Action', allowAll, 'allowed'],
    ['s3:', allowAll, 'allowed'],
    ['s3:Get Object', allowAll, 'allowed'],
  ] as const) {
    const result = await first([identity], { ActionNames: [ActionName] })
    assert.deepEqual([result.EvalActionName, result.EvalDecision], [ActionName, decision])
  }
})

test('pages count actions; a marker only says how many were shown', async () => {
  const ActionNames = ['s3:PutObject', 'iam:GetUser', 's3:GetObject']
  const shown = ({ EvaluationResults = [] }: Awaited<ReturnType<typeof simulate>>) =>
    EvaluationResults.map(({ EvalActionName }) => EvalActionName)
  const page = await simulate([allowAll], { ActionNames, MaxItems: 1 })
  assert.deepEqual([shown(page), page.IsTruncated], [['s3:PutObject'], true])
  const rest = await simulate([deny], { ActionNames, MaxItems: 2, Marker: page.Marker })
  assert.deepEqual([shown(rest), rest.IsTruncated], [['iam:GetUser', 's3:GetObject'], false])
  const fewer = await simulate([deny], { Marker: page.Marker })
  assert.deepEqual([shown(fewer), fewer.IsTruncated], [[], false])
  await assert.rejects(simulate([allow], { Marker: 'not-a-marker' }), {
    code: 'InvalidInput',
    message: 'Invalid marker for pagination.',
  })
})
