import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testAccount, testIam, testTime } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const created = Date.parse(testTime)
const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const iam = () => testIam(iamOperations)

test('a new user is answered with path, id, ARN, tags and boundary', async () => {
  const { call } = await iam()
  const { User } = await call('CreateUser', {
    UserName: 'Ada',
    Path: '/team/',
    Tags: [{ Key: 'Cost', Value: '7' }],
    PermissionsBoundary: boundary,
  })
  assert.match(User?.UserId ?? '', /^AIDA[A-Z2-7]{17}$/)
  assert.deepEqual(User, {
    Path: '/team/',
    UserName: 'Ada',
    UserId: User?.UserId,
    Arn: `arn:aws:iam::${testAccount}:user/team/Ada`,
    CreateDate: created,
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: boundary,
    },
    Tags: [{ Key: 'Cost', Value: '7' }],
  })
  assert.deepEqual((await call('GetUser', { UserName: 'ADA' })).User, User)
})

test('a user without tags or boundary shows neither', async () => {
  const { call } = await iam()
  const { User } = await call('CreateUser', { UserName: 'ada' })
  assert.equal(User?.Path, '/')
  assert.equal(User?.Tags, undefined)
  assert.equal(User?.PermissionsBoundary, undefined)
})

test('a name is taken in every case of its letters', async () => {
  const { call } = await iam()
  await call('CreateUser', { UserName: 'Ada' })
  await assert.rejects(call('CreateUser', { UserName: 'aDA', Path: '/other/' }), {
    code: 'EntityAlreadyExists',
    message: 'User with name aDA already exists.',
  })
})

test('tags of a new user are refused before its name is', async () => {
  const { call } = await iam()
  await call('CreateUser', { UserName: 'ada' })
  const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: '' }))
  await assert.rejects(call('CreateUser', { UserName: 'ada', Tags: tags('a', 'A', 'AWS:x') }), {
    code: 'InvalidInput',
    message: 'Tag keys beginning with aws: are reserved for system use.',
  })
  await assert.rejects(call('CreateUser', { UserName: 'ada', Tags: tags('a', 'A') }), {
    code: 'InvalidInput',
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  })
})

test('creating with tags needs iam:TagUser on the new ARN too', async () => {
  const { access } = await iam()
  const Tags = [{ Key: 'k', Value: 'v' }]
  const asked = await access('CreateUser', { UserName: 'ada', Path: '/x/', Tags })
  const resource = `arn:aws:iam::${testAccount}:user/x/ada`
  assert.deepEqual(
    asked.map(({ action, resource, requestTags }) => ({ action, resource, requestTags })),
    [
      { action: 'iam:CreateUser', resource, requestTags: Tags },
      { action: 'iam:TagUser', resource, requestTags: Tags },
    ],
  )
  assert.equal((await access('CreateUser', { UserName: 'ada' })).length, 1)
})

test('the stored ARN with its case and path is authorized, and its tags', async () => {
  const { access, call } = await iam()
  const Tags = [{ Key: 'k', Value: 'v' }]
  await call('CreateUser', { UserName: 'Ada', Path: '/x/', Tags })
  assert.deepEqual(await access('DeleteUser', { UserName: 'ada' }), [
    {
      action: 'iam:DeleteUser',
      resource: `arn:aws:iam::${testAccount}:user/x/Ada`,
      shownResource: 'user ada',
      resourceTags: Tags,
    },
  ])
  assert.deepEqual(await access('DeleteUser', { UserName: 'Bob' }), [
    {
      action: 'iam:DeleteUser',
      resource: `arn:aws:iam::${testAccount}:user/Bob`,
      shownResource: 'user Bob',
      resourceTags: undefined,
    },
  ])
})

test('without a name GetUser shows the caller, and root without name and path', async () => {
  const { access, call } = await iam()
  await call('CreateUser', { UserName: 'ada' })
  assert.equal((await call('GetUser', {}, { user: 'ada' })).User.UserName, 'ada')
  assert.equal(
    (await access('GetUser', {}, { user: 'ada' }))[0]?.resource,
    `arn:aws:iam::${testAccount}:user/ada`,
  )
  assert.deepEqual(await call('GetUser', {}), {
    User: {
      UserId: testAccount,
      Arn: `arn:aws:iam::${testAccount}:root`,
      CreateDate: created,
    },
  })
})

test('a user that is not there cannot be shown, changed, tagged or deleted', async () => {
  const { call } = await iam()
  const gone = { code: 'NoSuchEntity', message: 'The user with name Bob cannot be found.' }
  const UserName = 'Bob'
  await assert.rejects(call('GetUser', { UserName }), gone)
  await assert.rejects(call('UpdateUser', { UserName, NewUserName: 'x' }), gone)
  await assert.rejects(call('DeleteUser', { UserName }), gone)
  await assert.rejects(call('TagUser', { UserName, Tags: [{ Key: 'a', Value: '' }] }), gone)
  await assert.rejects(call('UntagUser', { UserName, TagKeys: ['a'] }), gone)
  await assert.rejects(call('ListUserTags', { UserName }), gone)
})

test('a renamed and moved user keeps id, keys, groups and policies', async () => {
  const { call } = await iam()
  const { User } = await call('CreateUser', { UserName: 'ada' })
  const { AccessKey } = await call('CreateAccessKey', { UserName: 'ada' })
  await call('CreateGroup', { GroupName: 'g' })
  await call('AddUserToGroup', { GroupName: 'g', UserName: 'ada' })
  await call('AttachUserPolicy', { UserName: 'ada', PolicyArn: boundary })
  await call('UpdateUser', { UserName: 'ADA', NewUserName: 'Bob', NewPath: '/b/' })

  const after = (await call('GetUser', { UserName: 'bob' })).User
  assert.equal(after.UserId, User?.UserId)
  assert.equal(after.Arn, `arn:aws:iam::${testAccount}:user/b/Bob`)
  const { AccessKeyMetadata } = await call('ListAccessKeys', { UserName: 'bob' })
  assert.deepEqual(
    AccessKeyMetadata.map(({ UserName, AccessKeyId }) => [UserName, AccessKeyId]),
    [['Bob', AccessKey.AccessKeyId]],
  )
  assert.equal((await call('GetGroup', { GroupName: 'g' })).Users[0]?.UserName, 'Bob')
  assert.equal(
    (await call('ListAttachedUserPolicies', { UserName: 'bob' })).AttachedPolicies?.length,
    1,
  )
  await assert.rejects(call('GetUser', { UserName: 'ada' }), { code: 'NoSuchEntity' })
})

test('renaming needs permission on the old and the new ARN', async () => {
  const { access, call } = await iam()
  await call('CreateUser', { UserName: 'ada', Path: '/a/' })
  const resources = async (input: { NewUserName?: string; NewPath?: string }) =>
    (await access('UpdateUser', { UserName: 'ADA', ...input })).map(({ resource }) => resource)
  const arn = (name: string) => `arn:aws:iam::${testAccount}:user/${name}`
  assert.deepEqual(await resources({}), [arn('a/ada')])
  assert.deepEqual(await resources({ NewPath: '/a/' }), [arn('a/ada')])
  assert.deepEqual(await resources({ NewUserName: 'bob' }), [arn('a/ada'), arn('a/bob')])
  assert.deepEqual(await resources({ NewPath: '/' }), [arn('a/ada'), arn('ada')])
})

test('renaming takes no name of another user, but may change the case of its own', async () => {
  const { call } = await iam()
  await call('CreateUser', { UserName: 'ada' })
  await call('CreateUser', { UserName: 'bob' })
  await assert.rejects(call('UpdateUser', { UserName: 'ada', NewUserName: 'BOB' }), {
    code: 'EntityAlreadyExists',
    message: 'User with name BOB already exists.',
  })
  await call('UpdateUser', { UserName: 'ada', NewUserName: 'ADA' })
  assert.deepEqual(
    (await call('ListUsers', {})).Users.map(({ UserName }) => UserName),
    ['ADA', 'bob'],
  )
})

test('what belongs to a user must go before it, in the order AWS names it', async () => {
  const { call } = await iam()
  const UserName = 'ada'
  const document =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
  await call('CreateUser', { UserName, PermissionsBoundary: boundary })
  await call('CreateGroup', { GroupName: 'g' })
  await call('AddUserToGroup', { GroupName: 'g', UserName })
  const { AccessKey } = await call('CreateAccessKey', { UserName })
  await call('PutUserPolicy', { UserName, PolicyName: 'p', PolicyDocument: document })
  await call('AttachUserPolicy', { UserName, PolicyArn: boundary })

  const conflict = async (must: string) =>
    assert.rejects(call('DeleteUser', { UserName }), {
      code: 'DeleteConflict',
      message: `Cannot delete entity, must ${must} first.`,
    })
  await conflict('detach all policies')
  await call('DetachUserPolicy', { UserName, PolicyArn: boundary })
  await conflict('delete policies')
  await call('DeleteUserPolicy', { UserName, PolicyName: 'p' })
  await conflict('delete access keys')
  await call('DeleteAccessKey', { UserName, AccessKeyId: AccessKey.AccessKeyId })
  await conflict('remove users from group')
  await call('RemoveUserFromGroup', { GroupName: 'g', UserName })
  await call('DeleteUser', { UserName })
  await assert.rejects(call('GetUser', { UserName }), { code: 'NoSuchEntity' })
})

test('ListUsers goes by name whatever the case, below a path, page by page', async () => {
  const { call } = await iam()
  for (const name of ['bob', 'Ada', 'cy', 'Dan']) {
    await call('CreateUser', { UserName: name, Path: name === 'cy' ? '/' : '/t/x/' })
  }
  const first = await call('ListUsers', { PathPrefix: '/t/', MaxItems: 2 })
  assert.deepEqual(
    first.Users.map(({ UserName }) => UserName),
    ['Ada', 'bob'],
  )
  assert.equal(first.IsTruncated, true)
  const rest = await call('ListUsers', { PathPrefix: '/t/', Marker: first.Marker })
  assert.deepEqual(
    rest.Users.map(({ UserName }) => UserName),
    ['Dan'],
  )
  assert.equal(rest.IsTruncated, false)
  assert.equal('Marker' in rest, false)
  await assert.rejects(call('ListUsers', { Marker: first.Marker }), {
    code: 'ValidationError',
    message: 'Invalid Marker.',
  })
})

test('ListUsers shows neither tags nor boundary', async () => {
  const { call } = await iam()
  await call('CreateUser', {
    UserName: 'ada',
    Tags: [{ Key: 'a', Value: 'b' }],
    PermissionsBoundary: boundary,
  })
  const [user] = (await call('ListUsers', {})).Users
  assert.deepEqual(Object.keys(user ?? {}), ['Path', 'UserName', 'UserId', 'Arn', 'CreateDate'])
})

test('an account holds five thousand users', async () => {
  const { call } = await iam()
  await Promise.all(
    Array.from({ length: 5000 }, (_, n) => call('CreateUser', { UserName: `u${n}` })),
  )
  await assert.rejects(call('CreateUser', { UserName: 'more' }), {
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for UsersPerAccount: 5000',
  })
})
