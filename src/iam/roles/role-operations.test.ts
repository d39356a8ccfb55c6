import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryOperations } from '../boundaries.ts'
import { type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { instanceProfileOperations } from '../instance-profiles/instance-profile-operations.ts'
import { managedPolicyOperations } from '../managed-policy-operations/managed-policy-operations.ts'
import { encodeDocument } from '../policy-document.ts'
import { roleOperations } from './role-operations.ts'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  },
})
const allowAll =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

const start = (): Promise<TestIam> =>
  testIam({
    ...roleOperations,
    ...boundaryOperations,
    ...managedPolicyOperations,
    ...instanceProfileOperations,
  })

const created = { RoleName: 'Deploy', Path: '/ci/', AssumeRolePolicyDocument: trust }

test('CreateRole answers without description and duration, with tags and boundary', async () => {
  const { call } = await start()
  const { Role } = await call('CreateRole', {
    ...created,
    Description: 'deploys',
    MaxSessionDuration: 7200,
    PermissionsBoundary: readOnly,
    Tags: [{ Key: 'team', Value: 'x' }],
  })
  assert.match(Role.RoleId, /^AROA[A-Z2-7]{17}$/)
  assert.deepEqual(Role, {
    Path: '/ci/',
    RoleName: 'Deploy',
    RoleId: Role.RoleId,
    Arn: `arn:aws:iam::${testAccount}:role/ci/Deploy`,
    CreateDate: Date.parse('2026-01-01T00:00:00Z'),
    AssumeRolePolicyDocument: encodeDocument(trust),
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: readOnly,
    },
    Tags: [{ Key: 'team', Value: 'x' }],
  })
})

test('GetRole shows everything, ListRoles neither tags nor boundary nor last use', async () => {
  const { call, services } = await start()
  const { Role } = await call('CreateRole', {
    ...created,
    Description: 'deploys',
    PermissionsBoundary: readOnly,
    Tags: [{ Key: 'team', Value: 'x' }],
  })
  const got = (await call('GetRole', { RoleName: 'deploy' })).Role
  assert.deepEqual(got, {
    ...Role,
    Description: 'deploys',
    MaxSessionDuration: 3600,
    RoleLastUsed: {},
  })
  services.lastUses.note(testAccount, {
    id: Role.RoleId,
    at: 5000,
    service: 'sts',
    region: 'eu-west-1',
  })
  const used = (await call('GetRole', { RoleName: 'Deploy' })).Role.RoleLastUsed
  assert.deepEqual(used, { LastUsedDate: 5000, Region: 'eu-west-1' })
  const { Roles, IsTruncated } = await call('ListRoles', { PathPrefix: '/c' })
  assert.equal(IsTruncated, false)
  const { PermissionsBoundary, Tags, RoleLastUsed, ...listed } = got
  assert.deepEqual(Roles, [listed])
})

test('names ignore case when a role is made, and the stored ARN is what is authorized', async () => {
  const { call, access } = await start()
  await call('CreateRole', { ...created, Tags: [{ Key: 'team', Value: 'x' }] })
  await assert.rejects(call('CreateRole', { ...created, RoleName: 'DEPLOY' }), {
    code: 'EntityAlreadyExists',
    message: 'Role with name DEPLOY already exists.',
  })
  assert.deepEqual(await access('GetRole', { RoleName: 'dEPLOY' }), [
    {
      action: 'iam:GetRole',
      resource: `arn:aws:iam::${testAccount}:role/ci/Deploy`,
      shownResource: 'role dEPLOY',
      resourceTags: [{ Key: 'team', Value: 'x' }],
      context: { 'iam:permissionsboundary': undefined },
    },
  ])
  const [missing] = await access('DeleteRole', { RoleName: 'bob' })
  assert.equal(missing?.resource, `arn:aws:iam::${testAccount}:role/bob`)
  assert.equal(missing?.shownResource, 'role bob')
})

test('creating with tags needs iam:TagRole on the new role as well', async () => {
  const { access } = await start()
  const plain = await access('CreateRole', { ...created, PermissionsBoundary: readOnly })
  assert.deepEqual(
    plain.map(({ action, context }) => [action, context]),
    [['iam:CreateRole', { 'iam:permissionsboundary': readOnly }]],
  )
  const tags = [{ Key: 'team', Value: 'x' }]
  const tagged = await access('CreateRole', { ...created, Tags: tags })
  assert.deepEqual(
    tagged.map(({ action, resource, requestTags }) => ({ action, resource, requestTags })),
    ['iam:CreateRole', 'iam:TagRole'].map((action) => ({
      action,
      resource: `arn:aws:iam::${testAccount}:role/ci/Deploy`,
      requestTags: tags,
    })),
  )
})

test('UpdateRole keeps what it is not told, and takes an empty description', async () => {
  const { call } = await start()
  await call('CreateRole', { ...created, Description: 'a', MaxSessionDuration: 7200 })
  const get = async () => (await call('GetRole', { RoleName: 'Deploy' })).Role
  assert.deepEqual(await call('UpdateRole', { RoleName: 'Deploy' }), {})
  assert.deepEqual([(await get()).Description, (await get()).MaxSessionDuration], ['a', 7200])
  await call('UpdateRole', { RoleName: 'Deploy', MaxSessionDuration: 3600 })
  assert.deepEqual([(await get()).Description, (await get()).MaxSessionDuration], ['a', 3600])
  await call('UpdateRole', { RoleName: 'Deploy', Description: '' })
  assert.deepEqual([(await get()).Description, (await get()).MaxSessionDuration], ['', 3600])
})

test('UpdateRoleDescription answers the description, not duration, tags or boundary', async () => {
  const { call } = await start()
  await call('CreateRole', {
    ...created,
    PermissionsBoundary: readOnly,
    Tags: [{ Key: 'a', Value: '' }],
  })
  const { Role } = await call('UpdateRoleDescription', { RoleName: 'Deploy', Description: 'new' })
  assert.deepEqual(Object.keys(Role ?? {}).toSorted(), [
    'Arn',
    'AssumeRolePolicyDocument',
    'CreateDate',
    'Description',
    'Path',
    'RoleId',
    'RoleName',
  ])
  assert.equal(Role?.Description, 'new')
})

test('a role goes when profile, attached and inline policies are gone; a boundary does not keep it', async () => {
  const { call, services } = await start()
  await call('CreateRole', { ...created, PermissionsBoundary: readOnly })
  await call('CreateInstanceProfile', { InstanceProfileName: 'p' })
  await call('AddRoleToInstanceProfile', { InstanceProfileName: 'p', RoleName: 'deploy' })
  await assert.rejects(call('DeleteRole', { RoleName: 'Deploy' }), {
    code: 'DeleteConflict',
    message: 'Cannot delete entity, must remove roles from instance profile first.',
  })
  await call('RemoveRoleFromInstanceProfile', { InstanceProfileName: 'P', RoleName: 'DEPLOY' })
  const account = await services.directory.account(testAccount)
  const { roles } = await import('../../directory/records/role.ts')
  const change = (more: object): Promise<void> | undefined =>
    account?.write((tx) => {
      const role = tx.get(roles, 'deploy')
      if (role) tx.put(roles, { ...role, ...more })
    })
  await change({
    attachedPolicies: [readOnly],
    inlinePolicies: [{ name: 'i', document: allowAll }],
  })
  await assert.rejects(call('DeleteRole', { RoleName: 'Deploy' }), {
    code: 'DeleteConflict',
    message: 'Cannot delete entity, must detach all policies first.',
  })
  await change({ attachedPolicies: [] })
  await assert.rejects(call('DeleteRole', { RoleName: 'Deploy' }), {
    code: 'DeleteConflict',
    message: 'Cannot delete entity, must delete policies first.',
  })
  await change({ inlinePolicies: [] })
  await call('DeleteRole', { RoleName: 'Deploy' })
  await assert.rejects(call('GetRole', { RoleName: 'Deploy' }), {
    code: 'NoSuchEntity',
    message: 'The role with name Deploy cannot be found.',
  })
})

test('paths of AWS’s own roles are refused, and a path beside them is not', async () => {
  const { call } = await start()
  for (const Path of ['/aws-service-role/x.amazonaws.com/', '/aws-reserved/sso.amazonaws.com/']) {
    await assert.rejects(call('CreateRole', { ...created, Path }), { code: 'InvalidInput' })
  }
  await call('CreateRole', { ...created, Path: '/service-role/' })
})

test('the boundary of a role must be a managed policy that may be attached', async () => {
  const { call } = await start()
  await call('CreateRole', created)
  const put = (PermissionsBoundary: string): Promise<unknown> =>
    call('PutRolePermissionsBoundary', { RoleName: 'Deploy', PermissionsBoundary })
  const own = `arn:aws:iam::${testAccount}:policy/limit`
  const bad = `arn:aws:iam::${testAccount}:not_a_policy/invalid`
  await assert.rejects(put(bad), { code: 'InvalidInput', message: `ARN ${bad} is not valid.` })
  await assert.rejects(put(own), {
    code: 'NoSuchEntity',
    message: `Scope ARN: ${own} does not exist or is not attachable.`,
  })
  await assert.rejects(
    put('arn:aws:iam::aws:policy/aws-service-role/AmazonTimestreamInfluxDBServiceRolePolicy'),
    { code: 'PolicyNotAttachable', message: 'Cannot attach AWS reserved policy to an IAM role.' },
  )
  await assert.rejects(
    call('CreateRole', { ...created, RoleName: 'b', PermissionsBoundary: own }),
    {
      code: 'NoSuchEntity',
    },
  )
  await call('CreatePolicy', { PolicyName: 'limit', PolicyDocument: allowAll })
  await put(own)
  await put('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')
  await call('DeleteRolePermissionsBoundary', { RoleName: 'Deploy' })
  assert.equal((await call('GetRole', { RoleName: 'Deploy' })).Role.PermissionsBoundary, undefined)
  await assert.rejects(call('DeleteRolePermissionsBoundary', { RoleName: 'Deploy' }), {
    code: 'NoSuchEntity',
  })
  await assert.rejects(
    call('PutRolePermissionsBoundary', { RoleName: 'none', PermissionsBoundary: own }),
    { code: 'NoSuchEntity', message: 'The role with name none cannot be found.' },
  )
})

test('tags of a role ignore case; reserved keys are reported before repeated ones', async () => {
  const { call } = await start()
  await call('CreateRole', { ...created, Tags: [{ Key: 'Team', Value: 'a' }] })
  await call('TagRole', { RoleName: 'Deploy', Tags: [{ Key: 'team', Value: 'b' }] })
  const list = async () => (await call('ListRoleTags', { RoleName: 'Deploy' })).Tags
  assert.deepEqual(await list(), [{ Key: 'team', Value: 'b' }])
  const twice = ['aws:x', 'AWS:X'].map((Key) => ({ Key, Value: '' }))
  await assert.rejects(call('TagRole', { RoleName: 'Deploy', Tags: twice }), {
    code: 'InvalidInput',
    message: 'Tag keys beginning with aws: are reserved for system use.',
  })
  const repeated = ['x', 'X'].map((Key) => ({ Key, Value: '' }))
  await assert.rejects(call('CreateRole', { ...created, RoleName: 'b', Tags: repeated }), {
    code: 'InvalidInput',
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  })
  await call('UntagRole', { RoleName: 'Deploy', TagKeys: ['TEAM', 'aws:none'] })
  assert.deepEqual(await list(), [])
})

test('ListRoles pages by name ignoring case, and the page size may change', async () => {
  const { call } = await start()
  for (const RoleName of ['b', 'A', 'c', 'D']) await call('CreateRole', { ...created, RoleName })
  const first = await call('ListRoles', { MaxItems: 1 })
  assert.deepEqual(
    first.Roles.map(({ RoleName }) => RoleName),
    ['A'],
  )
  assert.equal(first.IsTruncated, true)
  const second = await call('ListRoles', { MaxItems: 2, Marker: first.Marker })
  assert.deepEqual(
    second.Roles.map(({ RoleName }) => RoleName),
    ['b', 'c'],
  )
  const third = await call('ListRoles', { Marker: second.Marker })
  assert.deepEqual(
    third.Roles.map(({ RoleName }) => RoleName),
    ['D'],
  )
  assert.equal(third.IsTruncated, false)
  await assert.rejects(call('ListRoles', { PathPrefix: '/x/', Marker: first.Marker }), {
    code: 'ValidationError',
    message: 'Invalid Marker.',
  })
})
