import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arn,
  boundary,
  empty,
  openAnswers,
  role,
  shownBoundary,
  team,
  trust,
  user,
} from './iam-answers.fixture.ts'
import type { XmlValue } from './read-xml.ts'
import { allow, list, startTime, tags } from './wire-service.ts'

const { wire, answer } = openAnswers()

test('users are answered with what AWS shows of them, member by member', async () => {
  const [plain, full] = [user('plain'), user('full', '/team/')]
  await answer('CreateUser', { UserName: 'plain' }, { User: plain })
  const all = { ...full, PermissionsBoundary: shownBoundary, Tags: team }
  await answer(
    'CreateUser',
    { UserName: 'full', Path: '/team/', PermissionsBoundary: boundary, ...tags({ Team: 'red' }) },
    { User: all },
  )
  await answer('GetUser', { UserName: 'plain' }, { User: plain })
  await answer('GetUser', { UserName: 'full' }, { User: all })
  await answer('ListUsers', {}, { Users: [full, plain], ...empty })
  await answer('ListUsers', { PathPrefix: '/team/' }, { Users: [full], ...empty })
  await answer('ListUsers', { PathPrefix: '/tea' }, { Users: [full], ...empty })
  await answer('ListUsers', { PathPrefix: '/none/' }, { Users: '', ...empty })
  await answer('ListUserTags', { UserName: 'plain' }, { Tags: '', ...empty })
  await answer('ListUserTags', { UserName: 'full' }, { Tags: team, ...empty })
  await answer('TagUser', { UserName: 'full', ...tags({ team: 'blue', A: '' }) }, '')
  await answer(
    'ListUserTags',
    { UserName: 'full' },
    {
      Tags: [
        { Key: 'A', Value: '' },
        { Key: 'team', Value: 'blue' },
      ],
      ...empty,
    },
  )
  await answer('UntagUser', { UserName: 'full', ...list('TagKeys', ['TEAM', 'a']) }, '')
  await answer(
    'GetUser',
    { UserName: 'full' },
    { User: { ...full, PermissionsBoundary: shownBoundary } },
  )
  await answer('DeleteUserPermissionsBoundary', { UserName: 'full' }, '')
  await answer('GetUser', { UserName: 'full' }, { User: full })
  await answer('UpdateUser', { UserName: 'full', NewUserName: 'New', NewPath: '/n/' }, '')
  await answer('GetUser', { UserName: 'new' }, { User: user('New', '/n/') })
  await answer('DeleteUser', { UserName: 'NEW' }, '')
  await answer('ListUsers', {}, { Users: [plain], ...empty })
})

test('the secret of an access key is answered once, and its last use is told', async () => {
  const { iam, root } = wire()
  await iam(root, 'CreateUser', { UserName: 'keyed' })
  const made = await iam(root, 'CreateAccessKey', { UserName: 'keyed' })
  const id = made.text('AccessKey.AccessKeyId')
  assert.match(id, /^AKIA[A-Z2-7]{16}$/)
  assert.match(made.text('AccessKey.SecretAccessKey'), /^[A-Za-z0-9/+]{40}$/)
  const { AccessKey } = made.result as { AccessKey: Record<string, XmlValue> }
  assert.deepEqual(Object.keys(AccessKey).sort(), [
    'AccessKeyId',
    'CreateDate',
    'SecretAccessKey',
    'Status',
    'UserName',
  ])
  const metadata = { UserName: 'keyed', AccessKeyId: id, Status: 'Active', CreateDate: startTime }
  const listed = { AccessKeyMetadata: [metadata], ...empty }
  await answer('ListAccessKeys', { UserName: 'keyed' }, listed)
  const unused = { UserName: 'keyed', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } }
  await answer('GetAccessKeyLastUsed', { AccessKeyId: id }, unused)
  const key = { accessKeyId: id, secretAccessKey: made.text('AccessKey.SecretAccessKey') }
  await iam(key, 'ListUsers', {}, { region: 'us-east-1' })
  const used = { LastUsedDate: startTime, ServiceName: 'iam', Region: 'us-east-1' }
  await answer(
    'GetAccessKeyLastUsed',
    { AccessKeyId: id },
    { UserName: 'keyed', AccessKeyLastUsed: used },
  )
  await wire().sts(key, 'GetCallerIdentity', {}, { region: 'eu-west-1' })
  const again = { LastUsedDate: startTime, ServiceName: 'sts', Region: 'eu-west-1' }
  await answer(
    'GetAccessKeyLastUsed',
    { AccessKeyId: id },
    { UserName: 'keyed', AccessKeyLastUsed: again },
  )
  await answer('UpdateAccessKey', { UserName: 'keyed', AccessKeyId: id, Status: 'Inactive' }, '')
  await answer(
    'ListAccessKeys',
    { UserName: 'keyed' },
    { AccessKeyMetadata: [{ ...metadata, Status: 'Inactive' }], ...empty },
  )
  await answer('UpdateUser', { UserName: 'keyed', NewUserName: 'rekeyed' }, '')
  await answer(
    'ListAccessKeys',
    { UserName: 'rekeyed' },
    { AccessKeyMetadata: [{ ...metadata, UserName: 'rekeyed', Status: 'Inactive' }], ...empty },
  )
  await answer('DeleteAccessKey', { UserName: 'rekeyed', AccessKeyId: id }, '')
  await answer('ListAccessKeys', { UserName: 'rekeyed' }, { AccessKeyMetadata: '', ...empty })
  await answer('DeleteUser', { UserName: 'rekeyed' }, '')
})

test('groups and their members are answered as AWS shows them', async () => {
  const shown = (name: string, path = '/') => ({
    Path: path,
    GroupName: name,
    GroupId: '<AGPA>',
    Arn: arn(`group${path}${name}`),
    CreateDate: startTime,
  })
  await answer('CreateGroup', { GroupName: 'Staff', Path: '/g/' }, { Group: shown('Staff', '/g/') })
  await answer(
    'GetGroup',
    { GroupName: 'staff' },
    { Group: shown('Staff', '/g/'), Users: '', ...empty },
  )
  await answer('AddUserToGroup', { GroupName: 'Staff', UserName: 'plain' }, '')
  await answer('AddUserToGroup', { GroupName: 'Staff', UserName: 'plain' }, '')
  await answer(
    'GetGroup',
    { GroupName: 'Staff' },
    { Group: shown('Staff', '/g/'), Users: [user('plain')], ...empty },
  )
  await answer(
    'ListGroupsForUser',
    { UserName: 'plain' },
    { Groups: [shown('Staff', '/g/')], ...empty },
  )
  await answer('ListGroups', {}, { Groups: [shown('Staff', '/g/')], ...empty })
  await answer('UpdateGroup', { GroupName: 'Staff', NewGroupName: 'Crew', NewPath: '/' }, '')
  await answer('ListGroupsForUser', { UserName: 'plain' }, { Groups: [shown('Crew')], ...empty })
  await answer('RemoveUserFromGroup', { GroupName: 'Crew', UserName: 'plain' }, '')
  await answer('RemoveUserFromGroup', { GroupName: 'Crew', UserName: 'plain' }, '')
  await answer('ListGroupsForUser', { UserName: 'plain' }, { Groups: '', ...empty })
  await answer('DeleteGroup', { GroupName: 'crew' }, '')
})

test('each operation on roles shows the part of a role that AWS shows there', async () => {
  const [plain, full] = [role('plain'), role('Full', '/r/')]
  await answer(
    'CreateRole',
    { RoleName: 'plain', AssumeRolePolicyDocument: trust },
    { Role: plain },
  )
  const own = { PermissionsBoundary: shownBoundary, Tags: team }
  await answer(
    'CreateRole',
    {
      ...{ RoleName: 'Full', Path: '/r/', AssumeRolePolicyDocument: trust, Description: 'all' },
      ...{ MaxSessionDuration: 7200, PermissionsBoundary: boundary, ...tags({ Team: 'red' }) },
    },
    { Role: { ...full, ...own } },
  )
  const got = { ...full, Description: 'all', MaxSessionDuration: '7200', ...own, RoleLastUsed: '' }
  await answer('GetRole', { RoleName: 'full' }, { Role: got })
  await answer(
    'GetRole',
    { RoleName: 'plain' },
    { Role: { ...plain, MaxSessionDuration: '3600', RoleLastUsed: '' } },
  )
  const listed = [
    { ...full, Description: 'all', MaxSessionDuration: '7200' },
    { ...plain, MaxSessionDuration: '3600' },
  ]
  await answer('ListRoles', {}, { Roles: listed, ...empty })
  await answer(
    'UpdateRoleDescription',
    { RoleName: 'Full', Description: 'less' },
    { Role: { ...full, Description: 'less' } },
  )
  await answer('UpdateRole', { RoleName: 'Full' }, '')
  await answer('GetRole', { RoleName: 'Full' }, { Role: { ...got, Description: 'less' } })
  await answer('UpdateRole', { RoleName: 'Full', MaxSessionDuration: 3600 }, '')
  await answer(
    'GetRole',
    { RoleName: 'Full' },
    { Role: { ...got, Description: 'less', MaxSessionDuration: '3600' } },
  )
  await answer('UpdateAssumeRolePolicy', { RoleName: 'Full', PolicyDocument: trust }, '')
  await answer('ListRoleTags', { RoleName: 'Full' }, { Tags: team, ...empty })
  await answer('DeleteRolePermissionsBoundary', { RoleName: 'Full' }, '')
  await answer('UntagRole', { RoleName: 'Full', ...list('TagKeys', ['team']) }, '')
  await answer('DeleteRole', { RoleName: 'FULL' }, '')
})

test('the last use of a role is seen once it was used', async () => {
  const ada = await wire().newUser('assumer', { policy: allow('sts:*') })
  const session = await wire().session(ada, 'AssumeRole', {
    RoleArn: arn('role/plain'),
    RoleSessionName: 'work',
  })
  await wire().sts(session, 'GetCallerIdentity', {}, { region: 'eu-west-1' })
  const got = await wire().iam(wire().root, 'GetRole', { RoleName: 'plain' })
  assert.equal(got.text('Role.RoleLastUsed.LastUsedDate'), startTime)
  assert.equal(got.text('Role.RoleLastUsed.Region'), 'eu-west-1')
})
