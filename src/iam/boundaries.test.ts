import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryOperations } from './boundaries.ts'
import { type TestIam, testAccount, testIam } from './iam.fixture.ts'
import { roleOperations } from './roles/role-operations.ts'
import { userOperations } from './users/user-operations.ts'

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const powerUser = 'arn:aws:iam::aws:policy/PowerUserAccess'
const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'

const start = async (): Promise<TestIam> => {
  const iam = await testIam({ ...boundaryOperations, ...userOperations, ...roleOperations })
  await iam.call('CreateUser', { UserName: 'Ada', Path: '/eng/', PermissionsBoundary: readOnly })
  await iam.call('CreateRole', { RoleName: 'Web', AssumeRolePolicyDocument: trust })
  return iam
}

test('putting a boundary is decided by the boundary asked for, deleting by the one that is there', async () => {
  const { access } = await start()
  const put = { UserName: 'ada', PermissionsBoundary: powerUser }
  const [putting] = await access('PutUserPermissionsBoundary', put)
  assert.equal(putting?.resource, `arn:aws:iam::${testAccount}:user/eng/Ada`)
  assert.deepEqual(putting.context, { 'iam:permissionsboundary': powerUser })
  const [deleting] = await access('DeleteUserPermissionsBoundary', { UserName: 'ada' })
  assert.deepEqual(deleting?.context, { 'iam:permissionsboundary': readOnly })
  const role = { RoleName: 'web', PermissionsBoundary: powerUser }
  const [puttingRole] = await access('PutRolePermissionsBoundary', role)
  assert.deepEqual(puttingRole?.context, { 'iam:permissionsboundary': powerUser })
  const [deletingRole] = await access('DeleteRolePermissionsBoundary', { RoleName: 'web' })
  assert.deepEqual(deletingRole?.context, { 'iam:permissionsboundary': undefined })
  const [missing] = await access('DeleteUserPermissionsBoundary', { UserName: 'bob' })
  assert.equal(missing?.shownResource, 'user bob')
})

test('a boundary is put over the one before, and deleted once', async () => {
  const { call } = await start()
  const shown = async () =>
    (await call('GetUser', { UserName: 'Ada' })).User.PermissionsBoundary?.PermissionsBoundaryArn
  assert.equal(await shown(), readOnly)
  await call('PutUserPermissionsBoundary', { UserName: 'ADA', PermissionsBoundary: powerUser })
  assert.equal(await shown(), powerUser)
  await call('DeleteUserPermissionsBoundary', { UserName: 'ADA' })
  assert.equal(await shown(), undefined)
  await assert.rejects(call('DeleteUserPermissionsBoundary', { UserName: 'Ada' }), {
    code: 'NoSuchEntity',
    message: 'Permissions boundary for user Ada cannot be found.',
  })
})

test('a user that is not there is missed before its boundary is looked at', async () => {
  const { call } = await start()
  const missing = { code: 'NoSuchEntity', message: 'The user with name bob cannot be found.' }
  const put = { UserName: 'bob', PermissionsBoundary: 'arn:aws:iam::aws:policy/none' }
  await assert.rejects(call('PutUserPermissionsBoundary', put), missing)
  await assert.rejects(call('DeleteUserPermissionsBoundary', { UserName: 'bob' }), missing)
})

test('what AWS attaches by itself, and what is no policy, is no boundary', async () => {
  const { call } = await start()
  const put = (PermissionsBoundary: string): Promise<unknown> =>
    call('PutUserPermissionsBoundary', { UserName: 'Ada', PermissionsBoundary })
  for (const reserved of [
    'aws-service-role/AutoScalingServiceRolePolicy',
    'root-task/IAMAuditRootUserCredentials',
  ]) {
    await assert.rejects(put(`arn:aws:iam::aws:policy/${reserved}`), {
      code: 'PolicyNotAttachable',
      message: 'Cannot attach AWS reserved policy to an IAM user.',
    })
  }
  const foreign = 'arn:aws:iam::444455556666:policy/x'
  await assert.rejects(put(foreign), {
    code: 'NoSuchEntity',
    message: `Scope ARN: ${foreign} does not exist or is not attachable.`,
  })
  await assert.rejects(put('arn:aws-cn:iam::aws:policy/ReadOnlyAccess'), {
    code: 'ValidationError',
    message: 'Invalid ARN partition',
  })
  for (const bad of ['this is no arn at all', `arn:aws:iam::${testAccount}:user/eng/Ada`]) {
    await assert.rejects(put(bad), { code: 'InvalidInput', message: `ARN ${bad} is not valid.` })
  }
})
