import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const UserName = 'ada'
const document = (resource: string) =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::${resource}"}]}`
const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'

async function iamWithOwners() {
  const iam = await testIam(iamOperations)
  await iam.call('CreateUser', { UserName })
  await iam.call('CreateGroup', { GroupName: 'g' })
  await iam.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust })
  return iam
}

test('a document is kept as sent and answered percent-encoded', async () => {
  const { call } = await iamWithOwners()
  const sent = document("b/a b'(*)!~%3A")
  await call('PutUserPolicy', { UserName, PolicyName: 'P', PolicyDocument: sent })
  const got = await call('GetUserPolicy', { UserName: 'ADA', PolicyName: 'P' })
  assert.equal(decodeURIComponent(got.PolicyDocument), sent)
  assert.match(got.PolicyDocument, /^[A-Za-z0-9%._~-]+$/)
  assert.deepEqual([got.UserName, got.PolicyName], ['ada', 'P'])
})

test('names match in every case: Put replaces, Get echoes, List keeps the first', async () => {
  const { call } = await iamWithOwners()
  await call('PutRolePolicy', { RoleName: 'r', PolicyName: 'Mixed', PolicyDocument: document('1') })
  await call('PutRolePolicy', { RoleName: 'R', PolicyName: 'mixed', PolicyDocument: document('2') })
  const got = await call('GetRolePolicy', { RoleName: 'r', PolicyName: 'MIXED' })
  assert.equal(got.PolicyName, 'MIXED')
  assert.equal(decodeURIComponent(got.PolicyDocument), document('2'))
  assert.deepEqual((await call('ListRolePolicies', { RoleName: 'r' })).PolicyNames, ['Mixed'])
  await call('DeleteRolePolicy', { RoleName: 'r', PolicyName: 'mIXED' })
  assert.deepEqual((await call('ListRolePolicies', { RoleName: 'r' })).PolicyNames, [])
})

test('a policy that is not there is named by the kind of its owner', async () => {
  const { call } = await iamWithOwners()
  const gone = (kind: string) => ({
    code: 'NoSuchEntity',
    message: `The ${kind} policy with name P cannot be found.`,
  })
  const PolicyName = 'P'
  await assert.rejects(call('GetUserPolicy', { UserName, PolicyName }), gone('user'))
  await assert.rejects(call('DeleteUserPolicy', { UserName, PolicyName }), gone('user'))
  await assert.rejects(call('GetGroupPolicy', { GroupName: 'g', PolicyName }), gone('group'))
  await assert.rejects(call('DeleteGroupPolicy', { GroupName: 'g', PolicyName }), gone('group'))
  await assert.rejects(call('GetRolePolicy', { RoleName: 'r', PolicyName }), gone('role'))
  await assert.rejects(call('DeleteRolePolicy', { RoleName: 'r', PolicyName }), gone('role'))
})

test('a missing owner is told before a malformed document', async () => {
  const { call } = await iamWithOwners()
  const policy = { PolicyName: 'P', PolicyDocument: '{' }
  await assert.rejects(call('PutUserPolicy', { UserName: 'bob', ...policy }), {
    code: 'NoSuchEntity',
    message: 'The user with name bob cannot be found.',
  })
  await assert.rejects(call('PutUserPolicy', { UserName, ...policy }), {
    code: 'MalformedPolicyDocument',
    message: 'Syntax errors in policy.',
  })
  assert.deepEqual((await call('ListUserPolicies', { UserName })).PolicyNames, [])
})

test('all inline policies together stay within the size of their owner, space not counted', async () => {
  const { call } = await iamWithOwners()
  const fill = (size: number) => document('x'.repeat(size - document('').length))
  const spaced = (text: string) => text.replaceAll('":', '" :\n\t ')
  const put = (PolicyName: string, PolicyDocument: string) =>
    call('PutUserPolicy', { UserName, PolicyName, PolicyDocument })
  const exceeded = {
    code: 'LimitExceeded',
    message: 'Maximum policy size of 2048 bytes exceeded for user ada',
  }
  await put('a', spaced(fill(1000)))
  await assert.rejects(put('b', fill(1049)), exceeded)
  await put('b', fill(1048))
  await assert.rejects(put('A', fill(1001)), exceeded)
  await put('A', fill(999))
})

test('groups may hold 5120 and roles 10240 characters', async () => {
  const { call } = await iamWithOwners()
  const fill = (size: number) => document('x'.repeat(size - document('').length))
  const group = { GroupName: 'g', PolicyName: 'p' }
  await call('PutGroupPolicy', { ...group, PolicyDocument: fill(5120) })
  await assert.rejects(call('PutGroupPolicy', { ...group, PolicyDocument: fill(5121) }), {
    code: 'LimitExceeded',
    message: 'Maximum policy size of 5120 bytes exceeded for group g',
  })
  const role = { RoleName: 'r', PolicyName: 'p' }
  await call('PutRolePolicy', { ...role, PolicyDocument: fill(10_240) })
  await assert.rejects(call('PutRolePolicy', { ...role, PolicyDocument: fill(10_241) }), {
    code: 'LimitExceeded',
    message: 'Maximum policy size of 10240 bytes exceeded for role r',
  })
})

test('a role that only AWS may change takes and gives up no policy', async () => {
  const { call } = await iamWithOwners()
  const { Role } = await call('CreateServiceLinkedRole', {
    AWSServiceName: 'autoscaling.amazonaws.com',
  })
  const RoleName = Role?.RoleName ?? ''
  const protectedRole = {
    code: 'UnmodifiableEntity',
    message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
  }
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  await assert.rejects(
    call('PutRolePolicy', { RoleName, PolicyName: 'p', PolicyDocument: document('x') }),
    protectedRole,
  )
  await assert.rejects(call('DeleteRolePolicy', { RoleName, PolicyName: 'p' }), protectedRole)
  await assert.rejects(call('AttachRolePolicy', { RoleName, PolicyArn }), protectedRole)
  await assert.rejects(call('DetachRolePolicy', { RoleName, PolicyArn }), protectedRole)
})

test('changing inline policies tells authorization the boundary', async () => {
  const { access, call } = await iamWithOwners()
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  await call('PutUserPermissionsBoundary', { UserName, PermissionsBoundary })
  const PolicyName = 'p'
  const [put] = await access('PutUserPolicy', { UserName, PolicyName, PolicyDocument: '{}' })
  const [remove] = await access('DeleteUserPolicy', { UserName, PolicyName })
  assert.deepEqual(put?.context, { 'iam:permissionsboundary': PermissionsBoundary })
  assert.deepEqual(remove?.context, put?.context)
})

test('inline policies page by name', async () => {
  const { call } = await iamWithOwners()
  for (const PolicyName of ['b', 'C', 'a']) {
    await call('PutUserPolicy', { UserName, PolicyName, PolicyDocument: document(PolicyName) })
  }
  const first = await call('ListUserPolicies', { UserName, MaxItems: 2 })
  const rest = await call('ListUserPolicies', { UserName, MaxItems: 1, Marker: first.Marker })
  assert.deepEqual([first.PolicyNames, rest.PolicyNames], [['a', 'b'], ['C']])
})
