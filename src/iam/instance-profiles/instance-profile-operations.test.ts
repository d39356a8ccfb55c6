import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { roleOperations } from '../roles/role-operations.ts'
import { serviceLinkedRoleOperations } from '../service-linked-roles/service-linked-role-operations.ts'
import { instanceProfileOperations } from './instance-profile-operations.ts'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  },
})

const start = async (): Promise<TestIam> => {
  const iam = await testIam({
    ...instanceProfileOperations,
    ...roleOperations,
    ...serviceLinkedRoleOperations,
  })
  for (const RoleName of ['Web', 'Db']) {
    await iam.call('CreateRole', { RoleName, AssumeRolePolicyDocument: trust, Description: 'd' })
  }
  return iam
}

test('a profile shows tags at creation when it has some, in Get always, in lists never', async () => {
  const { call } = await start()
  const plain = await call('CreateInstanceProfile', { InstanceProfileName: 'P', Path: '/x/' })
  assert.match(plain.InstanceProfile.InstanceProfileId, /^AIPA[A-Z2-7]{17}$/)
  assert.deepEqual(plain.InstanceProfile, {
    Path: '/x/',
    InstanceProfileName: 'P',
    InstanceProfileId: plain.InstanceProfile.InstanceProfileId,
    Arn: `arn:aws:iam::${testAccount}:instance-profile/x/P`,
    CreateDate: Date.parse('2026-01-01T00:00:00Z'),
    Roles: [],
  })
  const Tags = [
    { Key: 'Team', Value: 'one' },
    { Key: 'team', Value: 'two' },
  ]
  const tagged = await call('CreateInstanceProfile', { InstanceProfileName: 'T', Tags })
  assert.deepEqual(tagged.InstanceProfile.Tags, Tags)
  const get = async (name: string) =>
    (await call('GetInstanceProfile', { InstanceProfileName: name })).InstanceProfile
  assert.deepEqual((await get('p')).Tags, [])
  assert.deepEqual((await get('t')).Tags, Tags)
  const { InstanceProfiles } = await call('ListInstanceProfiles', {})
  assert.deepEqual(
    InstanceProfiles.map((profile) => [profile.InstanceProfileName, profile.Tags]),
    [
      ['P', undefined],
      ['T', undefined],
    ],
  )
  await assert.rejects(call('CreateInstanceProfile', { InstanceProfileName: 'p' }), {
    code: 'EntityAlreadyExists',
    message: 'Instance Profile p already exists.',
  })
})

test('a profile takes one role, and not even the same one again', async () => {
  const { call } = await start()
  await call('CreateInstanceProfile', { InstanceProfileName: 'P' })
  const add = (RoleName: string) =>
    call('AddRoleToInstanceProfile', { InstanceProfileName: 'P', RoleName })
  await add('web')
  for (const again of ['Web', 'Db']) {
    await assert.rejects(add(again), {
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    })
  }
  const { InstanceProfile } = await call('GetInstanceProfile', { InstanceProfileName: 'P' })
  const [role] = InstanceProfile.Roles
  assert.equal(role?.RoleName, 'Web')
  assert.deepEqual([role?.MaxSessionDuration, role?.Description], [undefined, undefined])
  await assert.rejects(call('DeleteInstanceProfile', { InstanceProfileName: 'P' }), {
    code: 'DeleteConflict',
    message: 'Cannot delete entity, must remove roles from instance profile first.',
  })
  const { InstanceProfiles } = await call('ListInstanceProfilesForRole', { RoleName: 'Web' })
  assert.deepEqual(
    InstanceProfiles.map(({ InstanceProfileName }) => InstanceProfileName),
    ['P'],
  )
  assert.deepEqual(
    (await call('ListInstanceProfilesForRole', { RoleName: 'Db' })).InstanceProfiles,
    [],
  )
})

test('a role that is not in the profile cannot be taken out', async () => {
  const { call } = await start()
  await call('CreateInstanceProfile', { InstanceProfileName: 'P' })
  const remove = (InstanceProfileName: string, RoleName: string) =>
    call('RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName })
  const absent = {
    code: 'NoSuchEntity',
    message: 'Role Db in Instance Profile P cannot be found.',
  }
  await assert.rejects(remove('P', 'Db'), absent)
  await call('AddRoleToInstanceProfile', { InstanceProfileName: 'P', RoleName: 'Web' })
  await assert.rejects(remove('P', 'Db'), absent)
  await assert.rejects(remove('none', 'Web'), {
    code: 'NoSuchEntity',
    message: 'Instance Profile none cannot be found.',
  })
  await assert.rejects(remove('P', 'none'), {
    code: 'NoSuchEntity',
    message: 'The role with name none cannot be found.',
  })
  await remove('p', 'WEB')
  await call('DeleteInstanceProfile', { InstanceProfileName: 'P' })
})

test('putting a role into a profile needs iam:PassRole on the role', async () => {
  const { call, access } = await start()
  await call('CreateInstanceProfile', { InstanceProfileName: 'P', Path: '/x/' })
  const input = { InstanceProfileName: 'p', RoleName: 'web' }
  const needed = await access('AddRoleToInstanceProfile', input)
  assert.deepEqual(
    needed.map(({ action, resource, context }) => [action, resource, context]),
    [
      [
        'iam:AddRoleToInstanceProfile',
        `arn:aws:iam::${testAccount}:instance-profile/x/P`,
        undefined,
      ],
      [
        'iam:PassRole',
        `arn:aws:iam::${testAccount}:role/Web`,
        { 'iam:passedtoservice': 'ec2.amazonaws.com' },
      ],
    ],
  )
  const removal = await access('RemoveRoleFromInstanceProfile', input)
  assert.deepEqual(
    removal.map(({ action }) => action),
    ['iam:RemoveRoleFromInstanceProfile'],
  )
})

test('a service-linked role goes into no profile', async () => {
  const { call } = await start()
  await call('CreateServiceLinkedRole', { AWSServiceName: 'autoscaling.amazonaws.com' })
  await call('CreateInstanceProfile', { InstanceProfileName: 'P' })
  const input = { InstanceProfileName: 'P', RoleName: 'AWSServiceRoleForAutoScaling' }
  const message =
    "Cannot perform the operation on the protected role 'AWSServiceRoleForAutoScaling' - this role is only modifiable by AWS"
  const refusal = { code: 'UnmodifiableEntity', message }
  await assert.rejects(call('AddRoleToInstanceProfile', input), refusal)
  await assert.rejects(call('RemoveRoleFromInstanceProfile', input), refusal)
})

test('tag keys of a profile keep their case apart', async () => {
  const { call } = await start()
  const InstanceProfileName = 'P'
  await call('CreateInstanceProfile', { InstanceProfileName, Tags: [{ Key: 'a', Value: '1' }] })
  await call('TagInstanceProfile', { InstanceProfileName, Tags: [{ Key: 'A', Value: '2' }] })
  await call('UntagInstanceProfile', { InstanceProfileName, TagKeys: ['a'] })
  const { Tags } = await call('ListInstanceProfileTags', { InstanceProfileName })
  assert.deepEqual(Tags, [{ Key: 'A', Value: '2' }])
})
