import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testAccount, testIam, testTime } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const iam = () => testIam(iamOperations)

test('a new group is answered with path, id and ARN', async () => {
  const { call } = await iam()
  const { Group } = await call('CreateGroup', { GroupName: 'Devs', Path: '/t/' })
  assert.match(Group.GroupId, /^AGPA[A-Z2-7]{17}$/)
  assert.deepEqual(Group, {
    Path: '/t/',
    GroupName: 'Devs',
    GroupId: Group.GroupId,
    Arn: `arn:aws:iam::${testAccount}:group/t/Devs`,
    CreateDate: Date.parse(testTime),
  })
  assert.deepEqual(await call('GetGroup', { GroupName: 'DEVS' }), {
    Group,
    Users: [],
    IsTruncated: false,
  })
})

test('a group name is taken in every case, also by renaming', async () => {
  const { call } = await iam()
  await call('CreateGroup', { GroupName: 'Devs' })
  await call('CreateGroup', { GroupName: 'ops' })
  const taken = (name: string) => ({
    code: 'EntityAlreadyExists',
    message: `Group with name ${name} already exists.`,
  })
  await assert.rejects(call('CreateGroup', { GroupName: 'devs' }), taken('devs'))
  await assert.rejects(
    call('UpdateGroup', { GroupName: 'ops', NewGroupName: 'DEVS' }),
    taken('DEVS'),
  )
})

test('a group that is not there is named as asked for', async () => {
  const { access, call } = await iam()
  const gone = { code: 'NoSuchEntity', message: 'The group with name Devs cannot be found.' }
  const GroupName = 'Devs'
  await call('CreateUser', { UserName: 'ada' })
  await assert.rejects(call('GetGroup', { GroupName }), gone)
  await assert.rejects(call('UpdateGroup', { GroupName, NewPath: '/x/' }), gone)
  await assert.rejects(call('DeleteGroup', { GroupName }), gone)
  await assert.rejects(call('AddUserToGroup', { GroupName, UserName: 'ada' }), gone)
  assert.deepEqual(await access('GetGroup', { GroupName }), [
    {
      action: 'iam:GetGroup',
      resource: `arn:aws:iam::${testAccount}:group/Devs`,
      shownResource: 'group Devs',
    },
  ])
})

test('members join once, leave without complaint, and page by name', async () => {
  const { call } = await iam()
  await call('CreateGroup', { GroupName: 'g' })
  for (const UserName of ['cy', 'Bob', 'ada']) {
    await call('CreateUser', { UserName, Tags: [{ Key: 'a', Value: 'b' }] })
    await call('AddUserToGroup', { GroupName: 'G', UserName })
    await call('AddUserToGroup', { GroupName: 'g', UserName: UserName.toUpperCase() })
  }
  const first = await call('GetGroup', { GroupName: 'g', MaxItems: 2 })
  const rest = await call('GetGroup', { GroupName: 'g', MaxItems: 2, Marker: first.Marker })
  assert.deepEqual(
    [...first.Users, ...rest.Users].map(({ UserName, Tags }) => [UserName, Tags]),
    [
      ['ada', undefined],
      ['Bob', undefined],
      ['cy', undefined],
    ],
  )
  await call('RemoveUserFromGroup', { GroupName: 'g', UserName: 'ada' })
  await call('RemoveUserFromGroup', { GroupName: 'g', UserName: 'ada' })
  assert.equal((await call('GetGroup', { GroupName: 'g' })).Users.length, 2)
  await assert.rejects(call('RemoveUserFromGroup', { GroupName: 'g', UserName: 'Zoe' }), {
    code: 'NoSuchEntity',
    message: 'The user with name Zoe cannot be found.',
  })
})

test('membership is authorized by the group alone', async () => {
  const { access, call } = await iam()
  await call('CreateGroup', { GroupName: 'g', Path: '/p/' })
  const resource = `arn:aws:iam::${testAccount}:group/p/g`
  const input = { GroupName: 'G', UserName: 'ada' }
  const shownResource = 'group G'
  assert.deepEqual(await access('AddUserToGroup', input), [
    { action: 'iam:AddUserToGroup', resource, shownResource },
  ])
  assert.deepEqual(await access('RemoveUserFromGroup', input), [
    { action: 'iam:RemoveUserFromGroup', resource, shownResource },
  ])
})

test('a user is in ten groups at most', async () => {
  const { call } = await iam()
  await call('CreateUser', { UserName: 'ada' })
  for (let n = 0; n < 11; n++) await call('CreateGroup', { GroupName: `g${n}` })
  for (let n = 0; n < 10; n++) {
    await call('AddUserToGroup', { GroupName: `g${n}`, UserName: 'ada' })
  }
  await assert.rejects(call('AddUserToGroup', { GroupName: 'g10', UserName: 'ada' }), {
    code: 'LimitExceeded',
    message: 'The maximum number of groups per user is exceeded for user: ada.',
  })
  await call('AddUserToGroup', { GroupName: 'g9', UserName: 'ada' })
  const first = await call('ListGroupsForUser', { UserName: 'ADA', MaxItems: 9 })
  const rest = await call('ListGroupsForUser', { UserName: 'ada', Marker: first.Marker })
  assert.equal(first.Groups.length, 9)
  assert.deepEqual(
    rest.Groups.map(({ GroupName }) => GroupName),
    ['g9'],
  )
})

test('a renamed group keeps id and members, and needs permission on both ARNs', async () => {
  const { access, call } = await iam()
  const { Group } = await call('CreateGroup', { GroupName: 'old' })
  await call('CreateUser', { UserName: 'ada' })
  await call('AddUserToGroup', { GroupName: 'old', UserName: 'ada' })
  const input = { GroupName: 'OLD', NewGroupName: 'New', NewPath: '/n/' }
  assert.deepEqual(
    (await access('UpdateGroup', input)).map(({ resource }) => resource),
    [`arn:aws:iam::${testAccount}:group/old`, `arn:aws:iam::${testAccount}:group/n/New`],
  )
  await call('UpdateGroup', input)
  const after = await call('GetGroup', { GroupName: 'new' })
  assert.equal(after.Group.GroupId, Group.GroupId)
  assert.equal(after.Group.Arn, `arn:aws:iam::${testAccount}:group/n/New`)
  assert.equal(after.Users[0]?.UserName, 'ada')
  const { Groups } = await call('ListGroupsForUser', { UserName: 'ada' })
  assert.equal(Groups[0]?.GroupName, 'New')
})

test('members, attached and inline policies keep a group, in this order', async () => {
  const { call } = await iam()
  const GroupName = 'g'
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  const PolicyDocument =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
  await call('CreateGroup', { GroupName })
  await call('CreateUser', { UserName: 'ada' })
  await call('AddUserToGroup', { GroupName, UserName: 'ada' })
  await call('PutGroupPolicy', { GroupName, PolicyName: 'p', PolicyDocument })
  await call('AttachGroupPolicy', { GroupName, PolicyArn })
  const conflict = (must: string) =>
    assert.rejects(call('DeleteGroup', { GroupName }), {
      code: 'DeleteConflict',
      message: `Cannot delete entity, must ${must} first.`,
    })
  await conflict('remove users from group')
  await call('RemoveUserFromGroup', { GroupName, UserName: 'ada' })
  await conflict('detach all policies')
  await call('DetachGroupPolicy', { GroupName, PolicyArn })
  await conflict('delete policies')
  await call('DeleteGroupPolicy', { GroupName, PolicyName: 'p' })
  await call('DeleteGroup', { GroupName })
  assert.deepEqual(await call('ListGroups', {}), { Groups: [], IsTruncated: false })
})

test('an account holds three hundred groups', async () => {
  const { call } = await iam()
  for (let n = 0; n < 300; n++) await call('CreateGroup', { GroupName: `g${n}` })
  await assert.rejects(call('CreateGroup', { GroupName: 'more' }), {
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for GroupsPerAccount: 300',
  })
  assert.equal((await call('ListGroups', {})).Groups.length, 100)
  assert.equal((await call('ListGroups', { MaxItems: 1000 })).Groups.length, 300)
  assert.equal((await call('ListGroups', { PathPrefix: '/x/' })).Groups.length, 0)
})
