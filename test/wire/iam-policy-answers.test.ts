import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arn,
  document,
  empty,
  encoded,
  openAnswers,
  role,
  team,
  trust,
} from './iam-answers.fixture.ts'
import type { XmlValue } from './read-xml.ts'
import { list, startTime, tags } from './wire-service.ts'

const { wire, answer } = openAnswers(async (wire) => {
  await wire.iam(wire.root, 'CreateUser', { UserName: 'plain' })
  await wire.newRole('plain', trust)
})

test('inline policies keep the case of their names and are found in any', async () => {
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

test('a managed policy and its versions are answered from making to deleting as AWS shows them', async () => {
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

test('a policy of AWS is shown in full, with the document that is in force', async () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  const got = await wire().iam(wire().root, 'GetPolicy', { PolicyArn })
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
  const version = await wire().iam(wire().root, 'GetPolicyVersion', { PolicyArn, VersionId })
  assert.match(decodeURIComponent(version.text('PolicyVersion.Document')), /"Action"\s*:\s*"\*"/)
  await answer('ListPolicyTags', { PolicyArn }, { Tags: '', ...empty })
})

test('tags of a managed policy are listed by the length of their keys, then by key', async () => {
  const of = { PolicyArn: arn('policy/Tagged') }
  const first = tags({ abc: '1', b: '2', z: '3', a: '4' })
  await wire().iam(wire().root, 'CreatePolicy', {
    PolicyName: 'Tagged',
    PolicyDocument: document,
    ...first,
  })
  const [abc, b, z, a] = [
    { Key: 'abc', Value: '1' },
    { Key: 'b', Value: '2' },
    { Key: 'z', Value: '3' },
    { Key: 'a', Value: '4' },
  ]
  await answer('ListPolicyTags', of, { Tags: [a, b, z, abc], ...empty })
})

test('a policy that only AWS attaches is shown as attachable all the same', async () => {
  const path = 'aws-service-role/AWSEC2SpotServiceRolePolicy'
  const of = { PolicyArn: `arn:aws:iam::aws:policy/${path}` }
  const got = await wire().iam(wire().root, 'GetPolicy', of)
  assert.equal(got.text('Policy.IsAttachable'), 'true')
})

test('an instance profile shows its role, and its tags only where AWS shows them', async () => {
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

test('an account has one alias at a time, and its summary counts what it holds', async () => {
  await answer('ListAccountAliases', {}, { AccountAliases: '', ...empty })
  await answer('CreateAccountAlias', { AccountAlias: 'our-alias' }, '')
  await answer('ListAccountAliases', {}, { AccountAliases: ['our-alias'], ...empty })
  await answer('DeleteAccountAlias', { AccountAlias: 'our-alias' }, '')
  await answer('ListAccountAliases', {}, { AccountAliases: '', ...empty })
  const summary = await wire().iam(wire().root, 'GetAccountSummary')
  assert.match(summary.body, /<entry><key>Users<\/key><value>1<\/value><\/entry>/)
  assert.match(summary.body, /<entry><key>Roles<\/key><value>1<\/value><\/entry>/)
})
