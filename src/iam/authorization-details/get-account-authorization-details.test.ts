import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testAccount, testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const document = (action: string) =>
  `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"${action}","Resource":"*"}}`
const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const billing = 'arn:aws:iam::aws:policy/job-function/Billing'

async function iamWithAll() {
  const iam = await testIam(iamOperations)
  const { call } = iam
  await call('CreateUser', {
    UserName: 'ada',
    Tags: [{ Key: 'a', Value: 'b' }],
    PermissionsBoundary: billing,
  })
  await call('CreateUser', { UserName: 'bob' })
  await call('CreateGroup', { GroupName: 'g' })
  await call('AddUserToGroup', { GroupName: 'g', UserName: 'ada' })
  await call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust, Description: 'd' })
  await call('CreateInstanceProfile', { InstanceProfileName: 'i' })
  await call('AddRoleToInstanceProfile', { InstanceProfileName: 'i', RoleName: 'r' })
  const { Policy } = await call('CreatePolicy', {
    PolicyName: 'own',
    PolicyDocument: document('s3:*'),
    Description: 'd',
  })
  const PolicyArn = Policy?.Arn ?? ''
  await call('CreatePolicyVersion', { PolicyArn, PolicyDocument: document('sts:*') })
  await call('AttachUserPolicy', { UserName: 'ada', PolicyArn })
  await call('AttachRolePolicy', { RoleName: 'r', PolicyArn: readOnly })
  await call('PutUserPolicy', {
    UserName: 'ada',
    PolicyName: 'in',
    PolicyDocument: document('iam:*'),
  })
  return iam
}

test('everything is there, each kind in its own shape', async () => {
  const { call } = await iamWithAll()
  const all = await call('GetAccountAuthorizationDetails', {})
  assert.equal(all.IsTruncated, false)
  const [ada, bob] = all.UserDetailList ?? []
  assert.deepEqual(ada?.GroupList, ['g'])
  assert.deepEqual(ada?.Tags, [{ Key: 'a', Value: 'b' }])
  assert.equal(ada?.PermissionsBoundary?.PermissionsBoundaryArn, billing)
  assert.deepEqual(ada?.UserPolicyList, [
    {
      PolicyName: 'in',
      PolicyDocument: encodeURIComponent(document('iam:*')).replace('*', '%2A').replace('*', '%2A'),
    },
  ])
  assert.equal(bob?.UserPolicyList, undefined)
  assert.deepEqual([bob?.GroupList, bob?.AttachedManagedPolicies], [[], []])

  assert.deepEqual(all.GroupDetailList?.[0]?.GroupPolicyList, [])
  const role = all.RoleDetailList?.[0]
  assert.deepEqual(role?.RolePolicyList, [])
  assert.deepEqual(role?.AttachedManagedPolicies, [
    { PolicyName: 'ReadOnlyAccess', PolicyArn: readOnly },
  ])
  assert.equal(role?.InstanceProfileList?.[0]?.Roles[0]?.RoleName, 'r')
  assert.equal(role && 'Description' in role, false)

  assert.deepEqual(
    all.Policies?.map(({ Arn, AttachmentCount, PermissionsBoundaryUsageCount }) => [
      Arn,
      AttachmentCount,
      PermissionsBoundaryUsageCount,
    ]),
    [
      [`arn:aws:iam::${testAccount}:policy/own`, 1, 0],
      [billing, 0, 1],
      [readOnly, 1, 0],
    ],
  )
  assert.deepEqual(
    all.Policies?.[0]?.PolicyVersionList?.map((version) => [
      version.VersionId,
      version.IsDefaultVersion,
    ]),
    [
      ['v2', false],
      ['v1', true],
    ],
  )
  assert.equal('Description' in (all.Policies?.[0] ?? {}), false)
})

test('a filter of several kinds shows these and no others', async () => {
  const { call } = await iamWithAll()
  const names = async (
    Filter: ('User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy')[],
  ) => {
    const found = await call('GetAccountAuthorizationDetails', { Filter })
    return [
      found.UserDetailList?.length,
      found.RoleDetailList?.length,
      found.GroupDetailList?.length,
      found.Policies?.length,
    ]
  }
  assert.deepEqual(await names(['User']), [2, 0, 0, 0])
  assert.deepEqual(await names(['Group', 'Role']), [0, 1, 1, 0])
  assert.deepEqual(await names(['LocalManagedPolicy']), [0, 0, 0, 1])
  assert.deepEqual(await names(['AWSManagedPolicy']), [0, 0, 0, 2])
  assert.deepEqual(await names([]), [2, 1, 1, 3])
})

test('pages of one go through users, roles, groups and policies, nothing lost or twice', async () => {
  const { call } = await iamWithAll()
  const seen: string[] = []
  let Marker: string | undefined
  do {
    const page = await call('GetAccountAuthorizationDetails', { MaxItems: 1, Marker })
    for (const { UserName } of page.UserDetailList ?? []) seen.push(UserName ?? '')
    for (const { RoleName } of page.RoleDetailList ?? []) seen.push(RoleName ?? '')
    for (const { GroupName } of page.GroupDetailList ?? []) seen.push(GroupName ?? '')
    for (const { PolicyName } of page.Policies ?? []) seen.push(PolicyName ?? '')
    assert.equal(page.IsTruncated, page.Marker !== undefined)
    Marker = page.Marker
  } while (Marker !== undefined)
  assert.deepEqual(seen, ['ada', 'bob', 'r', 'g', 'own', 'Billing', 'ReadOnlyAccess'])
})

test('a marker holds for its own filter only', async () => {
  const { call } = await iamWithAll()
  const { Marker } = await call('GetAccountAuthorizationDetails', { MaxItems: 1, Filter: ['User'] })
  const mismatch = { code: 'ValidationError', message: 'Marker and Filter do not match' }
  await assert.rejects(
    call('GetAccountAuthorizationDetails', { Marker, Filter: ['Role'] }),
    mismatch,
  )
  await assert.rejects(call('GetAccountAuthorizationDetails', { Marker: 'garbage' }), mismatch)
  const rest = await call('GetAccountAuthorizationDetails', { Marker, Filter: ['User', 'User'] })
  assert.equal(rest.UserDetailList?.length, 1)
})
