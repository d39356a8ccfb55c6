import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OperationInputs } from '../../catalog/operations.ts'
import { otherAccount, testAccount, testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

type Input = OperationInputs['SimulatePrincipalPolicy']

const a = 'arn:aws:s3:::stack/a'
const b = 'arn:aws:s3:::stack/b'
const arnOf = (kind: string, name: string) => `arn:aws:iam::${testAccount}:${kind}/team/${name}`
const managed = `arn:aws:iam::${testAccount}:policy/team/managed`
const limit = `arn:aws:iam::${testAccount}:policy/team/limit`

const policy = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], Resource = '*', more: object = {}): string =>
  policy({ Effect: 'Allow', Action, Resource, ...more })
const trust = (AWS: string, more: object = {}): string =>
  policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more })

async function iamWithPrincipals() {
  const iam = await testIam(iamOperations)
  const { call } = iam
  const Path = '/team/'
  await call('CreateUser', { UserName: 'ada', Path })
  await call('CreateGroup', { GroupName: 'devs', Path })
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  await call('CreateRole', { RoleName: 'deploy', Path, AssumeRolePolicyDocument })
  const documents = { managed: allow('s3:DeleteObject'), limit: allow(['s3:Get*', 's3:Put*']) }
  for (const [PolicyName, PolicyDocument] of Object.entries(documents)) {
    await call('CreatePolicy', { PolicyName, Path, PolicyDocument })
  }
  const inline = (PolicyName: string, PolicyDocument: string) => ({ PolicyName, PolicyDocument })
  await call('PutUserPolicy', { UserName: 'ada', ...inline('Own', allow('s3:GetObject', a)) })
  await call('PutGroupPolicy', { GroupName: 'devs', ...inline('All', allow('s3:PutObject', b)) })
  await call('PutRolePolicy', { RoleName: 'deploy', ...inline('Read', allow('s3:GetObject')) })
  await call('AttachUserPolicy', { UserName: 'ada', PolicyArn: managed })
  await call('AttachGroupPolicy', { GroupName: 'devs', PolicyArn: managed })
  await call('AddUserToGroup', { UserName: 'ada', GroupName: 'devs' })
  const simulate = async (more: Partial<Input> = {}) => {
    const { EvaluationResults = [] } = await call('SimulatePrincipalPolicy', {
      PolicySourceArn: arnOf('user', 'ada'),
      ActionNames: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      ResourceArns: [a, b],
      ...more,
    })
    return EvaluationResults
  }
  const sources = async (more: Partial<Input> = {}) =>
    (await simulate(more)).map(({ EvalDecision, MatchedStatements = [] }) => [
      EvalDecision,
      ...MatchedStatements.map(({ SourcePolicyId }) => SourcePolicyId),
    ])
  return { ...iam, simulate, sources }
}

test('a user is simulated with its own and its groups’ policies, each managed one once', async () => {
  const { sources } = await iamWithPrincipals()
  const expected = [
    ['implicitDeny', 'user_ada_Own'],
    ['implicitDeny', 'group_devs_All'],
    ['allowed', 'managed'],
  ]
  assert.deepEqual(await sources(), expected)
  const wrongPath = arnOf('user', 'ada').replace('/team/', '/elsewhere/')
  assert.deepEqual(await sources({ PolicySourceArn: wrongPath }), expected)
})

test('groups and roles are simulated too', async () => {
  const { sources } = await iamWithPrincipals()
  assert.deepEqual(await sources({ PolicySourceArn: arnOf('group', 'devs') }), [
    ['implicitDeny'],
    ['implicitDeny', 'group_devs_All'],
    ['allowed', 'managed'],
  ])
  assert.deepEqual(await sources({ PolicySourceArn: arnOf('role', 'deploy') }), [
    ['allowed', 'role_deploy_Read'],
    ['implicitDeny'],
    ['implicitDeny'],
  ])
})

test('documents sent along are added, a boundary sent along replaces the attached one', async () => {
  const { call, sources, simulate } = await iamWithPrincipals()
  const added = await sources({ PolicyInputList: [allow('*')] })
  assert.deepEqual(added[0], ['allowed', 'user_ada_Own', 'PolicyInputList.1'])
  await call('PutUserPermissionsBoundary', { UserName: 'ada', PermissionsBoundary: limit })
  assert.deepEqual(await sources(), [
    ['implicitDeny', 'user_ada_Own'],
    ['implicitDeny', 'group_devs_All'],
    ['implicitDeny'],
  ])
  const [, , deletion] = await simulate()
  assert.deepEqual(deletion?.PermissionsBoundaryDecisionDetail, {
    AllowedByPermissionsBoundary: false,
  })
  const replaced = await sources({ PermissionsBoundaryPolicyInputList: [allow('s3:DeleteObject')] })
  assert.deepEqual(replaced[2], ['allowed', 'managed'])
})

test('policies can be left out by type, by ARN without path and by inline name', async () => {
  const { call, sources } = await iamWithPrincipals()
  await call('PutUserPermissionsBoundary', { UserName: 'ada', PermissionsBoundary: limit })
  const without = async (...PolicyExclusionList: NonNullable<Input['PolicyExclusionList']>) =>
    (await sources({ PolicyExclusionList })).map(([, ...ids]) => ids.join())
  const all = ['user_ada_Own', 'group_devs_All', '']
  assert.deepEqual(await without({ PolicyType: 'inline' }), ['', '', ''])
  assert.deepEqual(await without({ PolicyType: 'permission-boundary' }), [
    ...all.slice(0, 2),
    'managed',
  ])
  const noLimit = { PolicyType: 'permission-boundary' } as const
  assert.deepEqual(await without(noLimit, { PolicyType: 'user-managed' }), all)
  assert.deepEqual(await without(noLimit, { PolicyType: 'aws-managed' }), [
    ...all.slice(0, 2),
    'managed',
  ])
  const pathless = managed.replace('/team/', '/')
  assert.deepEqual(await without(noLimit, { PolicyArn: pathless }), all)
  assert.deepEqual((await without(noLimit, { PolicyArn: managed }))[2], 'managed')
  const own = { PolicyName: 'Own', AttachmentType: 'user', AttachmentName: 'a*' } as const
  assert.deepEqual(await without({ InlinePolicyIdentifier: own }), ['', 'group_devs_All', ''])
  const other = { ...own, AttachmentType: 'group' } as const
  assert.deepEqual(await without({ InlinePolicyIdentifier: other }), all)
  await assert.rejects(without({}), { code: 'InvalidInput' })
})

test('the owner of a policy left out is a pattern of stars and question marks, however many', async () => {
  const { call, simulate } = await iamWithPrincipals()
  const UserName = 'a'.repeat(64)
  await call('CreateUser', { UserName, Path: '/team/' })
  const document = { PolicyName: 'Own', PolicyDocument: allow('s3:GetObject') }
  await call('PutUserPolicy', { UserName, ...document })
  const decisionWithout = async (AttachmentName: string) => {
    const own = { PolicyName: 'Own', AttachmentType: 'user', AttachmentName } as const
    const [result] = await simulate({
      PolicySourceArn: arnOf('user', UserName),
      PolicyExclusionList: [{ InlinePolicyIdentifier: own }],
    })
    return result?.EvalDecision
  }
  const before = performance.now()
  assert.equal(await decisionWithout(`${'*a'.repeat(24)}*b`), 'allowed')
  assert.ok(performance.now() - before < 500)
  assert.equal(await decisionWithout(`${'*A'.repeat(24)}*`), 'implicitDeny')
  assert.equal(await decisionWithout('?'.repeat(64)), 'implicitDeny')
  assert.equal(await decisionWithout('?'.repeat(63)), 'allowed')
  assert.equal(await decisionWithout(`.${'?'.repeat(63)}`), 'allowed')
})

for (const [name, PolicySourceArn, expected] of [
  [
    'a missing user',
    arnOf('user', 'bob'),
    { code: 'NoSuchEntity', message: 'Unable to retrieve specified IAM entity.' },
  ],
  [
    'root',
    `arn:aws:iam::${testAccount}:root`,
    {
      code: 'InvalidInput',
      message: `Invalid ARN provided in the request: arn:aws:iam::${testAccount}:root`,
    },
  ],
  [
    'another account',
    `arn:aws:iam::${otherAccount}:user/ada`,
    {
      code: 'InvalidInput',
      message: `Invalid Policy Source Arn: caller's account ${testAccount} does not have access to policies in account ${otherAccount}.`,
    },
  ],
] as const) {
  test(`${name} as the source is refused, by both operations`, async () => {
    const { call, simulate } = await iamWithPrincipals()
    await assert.rejects(simulate({ PolicySourceArn }), expected)
    await assert.rejects(call('GetContextKeysForPrincipalPolicy', { PolicySourceArn }), expected)
  })
}

test('permission is asked for the stored ARN, whatever path was sent', async () => {
  const { access } = await iamWithPrincipals()
  const PolicySourceArn = arnOf('user', 'ADA').replace('/team/', '/')
  const [permission] = await access('SimulatePrincipalPolicy', {
    PolicySourceArn,
    ActionNames: ['s3:GetObject'],
  })
  assert.equal(permission?.action, 'iam:SimulatePrincipalPolicy')
  assert.equal(permission.resource, arnOf('user', 'ada'))
})

test('a role that does not trust the caller cannot be assumed, and the answer says which side', async () => {
  const { call, simulate } = await iamWithPrincipals()
  const role = `arn:aws:iam::${testAccount}:role/r`
  const assume = async (document: string, more: Partial<Input> = {}) => {
    await call('UpdateAssumeRolePolicy', { RoleName: 'r', PolicyDocument: document })
    const [result] = await simulate({
      ActionNames: ['sts:AssumeRole'],
      ResourceArns: [role],
      PolicyInputList: [allow('sts:AssumeRole')],
      ...more,
    })
    return result
  }
  const ada = arnOf('user', 'ada')
  await call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust(ada) })
  const foreign = await assume(trust(otherAccount))
  assert.equal(foreign?.EvalDecision, 'implicitDeny')
  assert.deepEqual(foreign.EvalDecisionDetails, {
    'IAM Policy': 'allowed',
    'Resource Policy': 'implicitDeny',
  })
  const trusted = await assume(trust(ada), { PolicyInputList: [] })
  assert.equal(trusted?.EvalDecision, 'allowed')
  assert.deepEqual(
    trusted.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [
      SourcePolicyId,
      SourcePolicyType,
    ]),
    [['TrustPolicy_r', 'Resource Policy']],
  )
  // Named by its account only, the caller needs a permission of its own.
  assert.equal((await assume(trust(testAccount)))?.EvalDecision, 'allowed')
  const delegated = await assume(trust(testAccount), { PolicyInputList: [] })
  assert.equal(delegated?.EvalDecision, 'implicitDeny')
  const Condition = { StringEquals: { 'sts:ExternalId': '42' } }
  const conditional = await assume(trust(ada, { Condition }))
  assert.deepEqual(conditional?.MissingContextValues, ['sts:ExternalId'])
  const ContextEntries = [
    { ContextKeyName: 'sts:ExternalId', ContextKeyType: 'string', ContextKeyValues: ['42'] },
  ] as const
  const met = await assume(trust(ada, { Condition }), { ContextEntries })
  assert.equal(met?.EvalDecision, 'allowed')
})

test('an entity recreated under a trusted name is a stranger', async () => {
  const { call, simulate } = await iamWithPrincipals()
  const AssumeRolePolicyDocument = trust(`arn:aws:iam::${testAccount}:user/eve`)
  await call('CreateUser', { UserName: 'eve' })
  await call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument })
  const assume = async () =>
    (
      await simulate({
        PolicySourceArn: `arn:aws:iam::${testAccount}:user/eve`,
        ActionNames: ['sts:AssumeRole'],
        ResourceArns: [`arn:aws:iam::${testAccount}:role/r`],
      })
    )[0]?.EvalDecision
  assert.equal(await assume(), 'allowed')
  await call('DeleteUser', { UserName: 'eve' })
  await call('CreateUser', { UserName: 'eve' })
  assert.equal(await assume(), 'implicitDeny')
})

test('context keys of a user are those of all its policies and its boundary', async () => {
  const { call } = await iamWithPrincipals()
  const when = (key: string) =>
    allow('s3:GetObject', '*', { Condition: { StringEquals: { [key]: '1' } } })
  const put = { PolicyName: 'Keys', UserName: 'ada' }
  await call('PutUserPolicy', { ...put, PolicyDocument: when('x:own') })
  await call('CreatePolicy', { PolicyName: 'bound', PolicyDocument: when('x:bound') })
  const PermissionsBoundary = `arn:aws:iam::${testAccount}:policy/bound`
  await call('PutUserPermissionsBoundary', { UserName: 'ada', PermissionsBoundary })
  const PolicySourceArn = arnOf('user', 'ada')
  const { ContextKeyNames } = await call('GetContextKeysForPrincipalPolicy', {
    PolicySourceArn,
    PolicyInputList: [when('x:own')],
  })
  assert.deepEqual(ContextKeyNames, ['x:own', 'x:bound', 'x:own'])
})

test('context keys of documents: one entry a document, a lax grammar, but not any', async () => {
  const { call } = await testIam(iamOperations)
  const keys = async (...PolicyInputList: string[]) =>
    (await call('GetContextKeysForCustomPolicy', { PolicyInputList })).ContextKeyNames
  const both = policy({
    Effect: 'Allow',
    Condition: { StringEquals: { 'x:a': '${x:b}', 'X:a': '1' } },
  })
  assert.deepEqual(await keys(both, both), ['x:a', 'x:b', 'X:a', 'x:a', 'x:b', 'X:a'])
  assert.deepEqual(await keys('{"Version":"2012-10-17"}'), [])
  for (const broken of ['{', '{"Foo":1}', policy({ Action: '*' })]) {
    await assert.rejects(keys(both, broken), {
      code: 'InvalidInput',
      message: 'Policy input list item 2 has invalid content',
    })
  }
})
