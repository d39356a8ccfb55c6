import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { XmlValue } from './read-xml.ts'
import {
  account,
  allow,
  list,
  openWire,
  type Parameters,
  startTime,
  tags,
  trusting,
  type Wire,
} from './wire-service.ts'

/**
 * The members of every answer, those left out included, on entities made with all there is and with nothing.
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/iam (recorded 2026-02)
 */
let wire: Wire
before(async () => {
  wire = await openWire()
})
after(() => wire[Symbol.asyncDispose]())

const arn = (resource: string): string => `arn:aws:iam::${account}:${resource}`
const document = JSON.stringify(allow('s3:ListBucket'))
const trust = JSON.stringify(trusting('*'))
const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const shownBoundary = { PermissionsBoundaryArn: boundary, PermissionsBoundaryType: 'Policy' }
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[*'()!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
const team = [{ Key: 'Team', Value: 'red' }]
const empty = { IsTruncated: 'false' }

/** Unique ids by their prefix: everything else must be exactly so. */
const masked = (value: XmlValue): XmlValue =>
  JSON.parse(JSON.stringify(value).replace(/"(A[A-Z]{3})[A-Z2-7]{17}"/g, '"<$1>"')) as XmlValue

async function answer(action: string, parameters: Parameters, expected: XmlValue): Promise<void> {
  const got = await wire.iam(wire.root, action, parameters)
  assert.equal(got.summary, '200 OK', action)
  assert.deepEqual(masked(got.result), expected, action)
}

const user = (name: string, path = '/') => ({
  Path: path,
  UserName: name,
  UserId: '<AIDA>',
  Arn: arn(`user${path}${name}`),
  CreateDate: startTime,
})

test('users', async () => {
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

test('access keys', async () => {
  const { iam, root } = wire
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
  await wire.sts(key, 'GetCallerIdentity', {}, { region: 'eu-west-1' })
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

test('groups', async () => {
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

const role = (name: string, path = '/') => ({
  Path: path,
  RoleName: name,
  RoleId: '<AROA>',
  Arn: arn(`role${path}${name}`),
  CreateDate: startTime,
  AssumeRolePolicyDocument: encoded(trust),
})

test('roles', async () => {
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
  const ada = await wire.newUser('assumer', { policy: allow('sts:*') })
  const session = await wire.session(ada, 'AssumeRole', {
    RoleArn: arn('role/plain'),
    RoleSessionName: 'work',
  })
  await wire.sts(session, 'GetCallerIdentity', {}, { region: 'eu-west-1' })
  const got = await wire.iam(wire.root, 'GetRole', { RoleName: 'plain' })
  assert.equal(got.text('Role.RoleLastUsed.LastUsedDate'), startTime)
  assert.equal(got.text('Role.RoleLastUsed.Region'), 'eu-west-1')
})

test('inline policies', async () => {
  for (const [kind, name] of [
    ['User', 'plain'],
    ['Role', 'plain'],
  ] as const) {
    const of = { [`${kind}Name`]: name }
    await answer(`List${kind}Policies`, of, { PolicyNames: '', ...empty })
    await answer(`Put${kind}Policy`, { ...of, PolicyName: 'B', PolicyDocument: document }, '')
    await answer(`Put${kind}Policy`, { ...of, PolicyName: 'a', PolicyDocument: document }, '')
    await answer(
      `Get${kind}Policy`,
      { ...of, PolicyName: 'B' },
      { ...of, PolicyName: 'B', PolicyDocument: encoded(document) },
    )
    await answer(`List${kind}Policies`, of, { PolicyNames: ['a', 'B'], ...empty })
    await answer(`Delete${kind}Policy`, { ...of, PolicyName: 'A' }, '')
    await answer(`Delete${kind}Policy`, { ...of, PolicyName: 'b' }, '')
  }
})

test('managed policies and their versions', async () => {
  const shown = {
    PolicyName: 'Shelf',
    PolicyId: '<ANPA>',
    Arn: arn('policy/p/Shelf'),
    Path: '/p/',
    DefaultVersionId: 'v1',
    AttachmentCount: '0',
    PermissionsBoundaryUsageCount: '0',
    IsAttachable: 'true',
    CreateDate: startTime,
    UpdateDate: startTime,
  }
  const of = { PolicyArn: shown.Arn }
  await answer(
    'CreatePolicy',
    { PolicyName: 'Shelf', Path: '/p/', PolicyDocument: document, Description: 'books' },
    { Policy: shown },
  )
  await answer('GetPolicy', of, { Policy: { ...shown, Description: 'books', Tags: '' } })
  await answer('ListPolicies', { Scope: 'Local' }, { Policies: [shown], ...empty })
  const version = { VersionId: 'v1', IsDefaultVersion: 'true', CreateDate: startTime }
  await answer(
    'GetPolicyVersion',
    { ...of, VersionId: 'v1' },
    { PolicyVersion: { ...version, Document: encoded(document) } },
  )
  await answer('ListPolicyVersions', of, { Versions: [version], ...empty })
  const second = { VersionId: 'v2', IsDefaultVersion: 'false', CreateDate: startTime }
  await answer(
    'CreatePolicyVersion',
    { ...of, PolicyDocument: document },
    { PolicyVersion: second },
  )
  await answer('ListPolicyVersions', of, { Versions: [second, version], ...empty })
  await answer('SetDefaultPolicyVersion', { ...of, VersionId: 'v2' }, '')
  await answer('ListPolicyVersions', of, {
    Versions: [
      { ...second, IsDefaultVersion: 'true' },
      { ...version, IsDefaultVersion: 'false' },
    ],
    ...empty,
  })
  await answer('DeletePolicyVersion', { ...of, VersionId: 'v1' }, '')
  await answer(
    'CreatePolicyVersion',
    { ...of, PolicyDocument: document, SetAsDefault: true },
    { PolicyVersion: { VersionId: 'v3', IsDefaultVersion: 'true', CreateDate: startTime } },
  )
  await answer('TagPolicy', { ...of, ...tags({ a: 'lower', A: 'upper' }) }, '')
  await answer('ListPolicyTags', of, {
    Tags: [
      { Key: 'A', Value: 'upper' },
      { Key: 'a', Value: 'lower' },
    ],
    ...empty,
  })
  await answer('UntagPolicy', { ...of, ...list('TagKeys', ['a']) }, '')
  await answer('ListPolicyTags', of, { Tags: [{ Key: 'A', Value: 'upper' }], ...empty })
  await answer('AttachUserPolicy', { UserName: 'plain', ...of }, '')
  await answer('AttachUserPolicy', { UserName: 'plain', ...of }, '')
  await answer('AttachRolePolicy', { RoleName: 'plain', ...of }, '')
  await answer(
    'PutRolePermissionsBoundary',
    { RoleName: 'plain', PermissionsBoundary: of.PolicyArn },
    '',
  )
  await answer(
    'ListAttachedUserPolicies',
    { UserName: 'plain' },
    { AttachedPolicies: [{ PolicyName: 'Shelf', PolicyArn: of.PolicyArn }], ...empty },
  )
  const ids = {
    PolicyGroups: '',
    PolicyUsers: [{ UserName: 'plain', UserId: '<AIDA>' }],
    PolicyRoles: [{ RoleName: 'plain', RoleId: '<AROA>' }],
  }
  await answer('ListEntitiesForPolicy', of, { ...ids, ...empty })
  await answer(
    'ListEntitiesForPolicy',
    { ...of, EntityFilter: 'User' },
    { ...ids, PolicyRoles: '', ...empty },
  )
  await answer(
    'ListEntitiesForPolicy',
    { ...of, PolicyUsageFilter: 'PermissionsBoundary' },
    { ...ids, PolicyUsers: '', ...empty },
  )
  await answer(
    'ListEntitiesForPolicy',
    { ...of, EntityFilter: 'LocalManagedPolicy' },
    { PolicyGroups: '', PolicyUsers: '', PolicyRoles: '', ...empty },
  )
  const used = {
    ...shown,
    DefaultVersionId: 'v3',
    AttachmentCount: '2',
    PermissionsBoundaryUsageCount: '1',
  }
  await answer(
    'ListPolicies',
    { Scope: 'Local', OnlyAttached: true },
    { Policies: [used], ...empty },
  )
  await answer('DeleteRolePermissionsBoundary', { RoleName: 'plain' }, '')
  await answer('DetachRolePolicy', { RoleName: 'plain', ...of }, '')
  await answer('DetachUserPolicy', { UserName: 'plain', ...of }, '')
  await answer('DeletePolicyVersion', { ...of, VersionId: 'v2' }, '')
  await answer('DeletePolicy', of, '')
})

test('a policy of AWS', async () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  const got = await wire.iam(wire.root, 'GetPolicy', { PolicyArn })
  const { Policy } = got.result as { Policy: Record<string, XmlValue> }
  assert.deepEqual(Object.keys(Policy).sort(), [
    'Arn',
    'AttachmentCount',
    'CreateDate',
    'DefaultVersionId',
    'Description',
    'IsAttachable',
    'Path',
    'PermissionsBoundaryUsageCount',
    'PolicyId',
    'PolicyName',
    'Tags',
    'UpdateDate',
  ])
  assert.match(got.text('Policy.PolicyId'), /^ANPA[A-Z0-9]{17}$/)
  const VersionId = got.text('Policy.DefaultVersionId')
  const version = await wire.iam(wire.root, 'GetPolicyVersion', { PolicyArn, VersionId })
  assert.match(decodeURIComponent(version.text('PolicyVersion.Document')), /"Action"\s*:\s*"\*"/)
  await answer('ListPolicyTags', { PolicyArn }, { Tags: '', ...empty })
})

test('instance profiles', async () => {
  const shown = {
    Path: '/i/',
    InstanceProfileName: 'Host',
    InstanceProfileId: '<AIPA>',
    Arn: arn('instance-profile/i/Host'),
    CreateDate: startTime,
    Roles: '',
  }
  const of = { InstanceProfileName: 'Host' }
  await answer('CreateInstanceProfile', { ...of, Path: '/i/' }, { InstanceProfile: shown })
  await answer('GetInstanceProfile', of, { InstanceProfile: { ...shown, Tags: '' } })
  await answer('AddRoleToInstanceProfile', { ...of, RoleName: 'plain' }, '')
  const held = { ...shown, Roles: [role('plain')] }
  await answer('GetInstanceProfile', of, { InstanceProfile: { ...held, Tags: '' } })
  await answer('ListInstanceProfiles', {}, { InstanceProfiles: [held], ...empty })
  await answer(
    'ListInstanceProfilesForRole',
    { RoleName: 'plain' },
    { InstanceProfiles: [held], ...empty },
  )
  await answer('TagInstanceProfile', { ...of, ...tags({ Team: 'red' }) }, '')
  await answer('GetInstanceProfile', of, { InstanceProfile: { ...held, Tags: team } })
  await answer('ListInstanceProfileTags', of, { Tags: team, ...empty })
  await answer('UntagInstanceProfile', { ...of, ...list('TagKeys', ['TEAM']) }, '')
  await answer('ListInstanceProfileTags', of, { Tags: team, ...empty })
  await answer('RemoveRoleFromInstanceProfile', { ...of, RoleName: 'PLAIN' }, '')
  await answer('DeleteInstanceProfile', of, '')
  await answer(
    'ListInstanceProfilesForRole',
    { RoleName: 'plain' },
    { InstanceProfiles: '', ...empty },
  )
})

test('the account', async () => {
  await answer('ListAccountAliases', {}, { AccountAliases: '', ...empty })
  await answer('CreateAccountAlias', { AccountAlias: 'our-alias' }, '')
  await answer('ListAccountAliases', {}, { AccountAliases: ['our-alias'], ...empty })
  await answer('DeleteAccountAlias', { AccountAlias: 'our-alias' }, '')
  await answer('ListAccountAliases', {}, { AccountAliases: '', ...empty })
  const summary = await wire.iam(wire.root, 'GetAccountSummary')
  assert.match(summary.body, /<entry><key>Users<\/key><value>2<\/value><\/entry>/)
  assert.match(summary.body, /<entry><key>Roles<\/key><value>1<\/value><\/entry>/)
})
