import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryOperations } from '../boundaries.ts'
import { type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { roleOperations } from '../roles/role-operations.ts'
import { serviceLinkedRoleOperations } from './service-linked-role-operations.ts'

const start = (): Promise<TestIam> =>
  testIam({ ...serviceLinkedRoleOperations, ...roleOperations, ...boundaryOperations })

const AWSServiceName = 'autoscaling.amazonaws.com'
const name = 'AWSServiceRoleForAutoScaling_probe'
const protectedRole = {
  code: 'UnmodifiableEntity',
  message: `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
}

test('the role has the service’s name, path, policy and trust: arrays at creation, scalars after', async () => {
  const { call, access } = await start()
  const input = { AWSServiceName, CustomSuffix: 'probe', Description: 'd' }
  const [permission] = await access('CreateServiceLinkedRole', input)
  const arn = `arn:aws:iam::${testAccount}:role/aws-service-role/${AWSServiceName}/${name}`
  assert.deepEqual(permission, {
    action: 'iam:CreateServiceLinkedRole',
    resource: arn,
    context: { 'iam:awsservicename': AWSServiceName },
  })
  const { Role } = await call('CreateServiceLinkedRole', input)
  assert.equal(Role?.Arn, arn)
  assert.equal(Role.Description, undefined)
  const document = (text: string | undefined) => JSON.parse(decodeURIComponent(text ?? ''))
  assert.deepEqual(document(Role.AssumeRolePolicyDocument).Statement, [
    { Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [AWSServiceName] } },
  ])
  const got = (await call('GetRole', { RoleName: name })).Role
  assert.deepEqual(document(got.AssumeRolePolicyDocument).Statement, [
    { Effect: 'Allow', Principal: { Service: AWSServiceName }, Action: 'sts:AssumeRole' },
  ])
  assert.deepEqual([got.Description, got.MaxSessionDuration], ['d', 3600])
})

test('a suffix is for services that take one, and a name is taken once', async () => {
  const { call } = await start()
  for (const service of ['ecs', 'elasticloadbalancing', 'rds']) {
    const input = { AWSServiceName: `${service}.amazonaws.com`, CustomSuffix: 'x' }
    await assert.rejects(call('CreateServiceLinkedRole', input), {
      code: 'InvalidInput',
      message: `Custom suffix is not allowed for ${service}.amazonaws.com`,
    })
  }
  for (const CustomSuffix of [undefined, 'a', 'b']) {
    await call('CreateServiceLinkedRole', { AWSServiceName, CustomSuffix })
  }
  await assert.rejects(call('CreateServiceLinkedRole', { AWSServiceName, CustomSuffix: 'A' }), {
    code: 'InvalidInput',
    message:
      'Service role name AWSServiceRoleForAutoScaling_A has been taken in this account, please try a different suffix.',
  })
  const unknown = { AWSServiceName: 'nothing.example.com' }
  await assert.rejects(call('CreateServiceLinkedRole', unknown), {
    code: 'AccessDenied',
    message: 'Cannot find Service Linked Role template for nothing.example.com',
  })
})

test('only description and tags of a service-linked role may change', async () => {
  const { call } = await start()
  await call('CreateServiceLinkedRole', { AWSServiceName, CustomSuffix: 'probe' })
  await call('UpdateRole', { RoleName: name, Description: 'x' })
  await call('UpdateRoleDescription', { RoleName: name, Description: 'y' })
  await call('TagRole', { RoleName: name, Tags: [{ Key: 'a', Value: '' }] })
  await assert.rejects(call('UpdateRole', { RoleName: name, MaxSessionDuration: 7200 }), {
    code: 'UnmodifiableEntity',
    message: `${name} is an AWS service linked role, max session duration cannot be changed.`,
  })
  const RoleName = name
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  const refused = [
    call('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: '{}' }),
    call('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary }),
    call('DeleteRolePermissionsBoundary', { RoleName }),
    call('DeleteRole', { RoleName }),
  ]
  for (const call of refused) await assert.rejects(call, protectedRole)
})

test('deleting twice names the same task, which has succeeded', async () => {
  const { call } = await start()
  await call('CreateServiceLinkedRole', { AWSServiceName, CustomSuffix: 'probe' })
  const { DeletionTaskId } = await call('DeleteServiceLinkedRole', { RoleName: name })
  assert.match(
    DeletionTaskId,
    new RegExp(`^task/aws-service-role/${AWSServiceName}/${name}/[0-9a-f-]{36}$`),
  )
  const again = await call('DeleteServiceLinkedRole', { RoleName: name })
  assert.equal(again.DeletionTaskId, DeletionTaskId)
  const status = await call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId })
  assert.deepEqual(status, { Status: 'SUCCEEDED' })
  await assert.rejects(call('GetRole', { RoleName: name }), { code: 'NoSuchEntity' })
  const other = `${DeletionTaskId.slice(0, -36)}00000000-0000-4000-8000-000000000000`
  await assert.rejects(call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: other }), {
    code: 'NoSuchEntity',
    message: 'Cannot find deletion status for given id.',
  })
  await assert.rejects(call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: 'x' }), {
    code: 'InvalidInput',
    message: 'Invalid task id',
  })
})

test('an ordinary role is no service role, and a missing one is missing', async () => {
  const { call } = await start()
  const trust =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'
  await call('CreateRole', { RoleName: 'Plain', AssumeRolePolicyDocument: trust })
  await assert.rejects(call('DeleteServiceLinkedRole', { RoleName: 'Plain' }), {
    code: 'NoSuchEntity',
    message: 'Plain exists but is not a service role.',
  })
  await assert.rejects(call('DeleteServiceLinkedRole', { RoleName: 'none' }), {
    code: 'NoSuchEntity',
    message: 'The role with name none cannot be found.',
  })
})
