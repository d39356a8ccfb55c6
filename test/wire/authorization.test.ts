import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  account,
  allow,
  type Credentials,
  deny,
  list,
  openWire,
  type Parameters,
  tags,
  trusting,
  type Wire,
} from './wire-service.ts'

/**
 * What each operation asks permission for, told by its refusal: the action, and the resource with its stored path.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
let wire: Wire
let nobody: Credentials
let key: string

const arn = (resource: string): string => `arn:aws:iam::${account}:${resource}`
const nobodyArn = arn('user/nobody')
const document = JSON.stringify(allow('s3:*'))
const trust = JSON.stringify(trusting(account))
const policyArn = arn('policy/p/Shelf')
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

before(async () => {
  wire = await openWire()
  const { iam, root } = wire
  nobody = await wire.newUser('nobody')
  key = (await wire.newUser('Ada', { path: '/u/' })).accessKeyId
  await iam(root, 'CreateGroup', { GroupName: 'Staff', Path: '/g/' })
  await wire.newRole('Worker', trusting(account), { path: '/r/' })
  await iam(root, 'CreatePolicy', { PolicyName: 'Shelf', Path: '/p/', PolicyDocument: document })
  await iam(root, 'CreateInstanceProfile', { InstanceProfileName: 'Host', Path: '/i/' })
})
after(() => wire[Symbol.asyncDispose]())

const user = { UserName: 'ada' }
const group = { GroupName: 'STAFF' }
const role = { RoleName: 'worker' }
const policy = { PolicyArn: policyArn }
const profile = { InstanceProfileName: 'host' }
const userArn = arn('user/u/Ada')
const roleArn = arn('role/r/Worker')
const shownPolicy = `policy ${policyArn}`
const named = { PolicyName: 'any' }
const put = { ...named, PolicyDocument: document }
const tagged = tags({ a: 'b' })
const untagged = list('TagKeys', ['a'])

const rows: readonly (readonly [action: string, parameters: Parameters, resource: string])[] = [
  ['CreateUser', { UserName: 'new', Path: '/x/' }, arn('user/x/new')],
  ['GetUser', user, 'user ada'],
  ['GetUser', {}, 'user nobody'],
  ['UpdateUser', { ...user, NewPath: '/y/' }, 'user ada'],
  ['DeleteUser', user, 'user ada'],
  ['ListUsers', {}, `arn:aws:iam::${account}:user/`],
  ['ListUsers', { PathPrefix: '/a/' }, `arn:aws:iam::${account}:user/a/`],
  ['TagUser', { ...user, ...tagged }, 'user ada'],
  ['UntagUser', { ...user, ...untagged }, 'user ada'],
  ['ListUserTags', user, 'user ada'],
  ['PutUserPolicy', { ...user, ...put }, 'user ada'],
  ['GetUserPolicy', { ...user, ...named }, 'user ada'],
  ['DeleteUserPolicy', { ...user, ...named }, 'user ada'],
  ['ListUserPolicies', user, 'user ada'],
  ['AttachUserPolicy', { ...user, PolicyArn: readOnly }, 'user ada'],
  ['DetachUserPolicy', { ...user, PolicyArn: readOnly }, 'user ada'],
  ['ListAttachedUserPolicies', user, 'user ada'],
  ['PutUserPermissionsBoundary', { ...user, PermissionsBoundary: readOnly }, 'user ada'],
  ['DeleteUserPermissionsBoundary', user, 'user ada'],
  ['CreateAccessKey', user, 'user ada'],
  ['CreateAccessKey', {}, 'user nobody'],
  ['ListAccessKeys', user, 'user ada'],
  [
    'UpdateAccessKey',
    { ...user, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Inactive' },
    'user ada',
  ],
  ['DeleteAccessKey', { ...user, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'user ada'],
  ['ListGroupsForUser', user, 'user ada'],
  ['GetLoginProfile', user, 'user ada'],
  ['ListMFADevices', user, 'user ada'],
  ['ListSSHPublicKeys', user, 'user ada'],
  ['ListSigningCertificates', user, 'user ada'],
  ['ListServiceSpecificCredentials', user, 'user ada'],
  ['CreateGroup', { GroupName: 'new', Path: '/x/' }, arn('group/x/new')],
  ['GetGroup', group, 'group STAFF'],
  ['UpdateGroup', { ...group, NewPath: '/y/' }, 'group STAFF'],
  ['DeleteGroup', group, 'group STAFF'],
  ['ListGroups', {}, `arn:aws:iam::${account}:group/`],
  ['ListGroups', { PathPrefix: '/a/' }, `arn:aws:iam::${account}:group/a/`],
  ['AddUserToGroup', { ...group, ...user }, 'group STAFF'],
  ['RemoveUserFromGroup', { ...group, ...user }, 'group STAFF'],
  ['PutGroupPolicy', { ...group, ...put }, 'group STAFF'],
  ['GetGroupPolicy', { ...group, ...named }, 'group STAFF'],
  ['DeleteGroupPolicy', { ...group, ...named }, 'group STAFF'],
  ['ListGroupPolicies', group, 'group STAFF'],
  ['AttachGroupPolicy', { ...group, PolicyArn: readOnly }, 'group STAFF'],
  ['DetachGroupPolicy', { ...group, PolicyArn: readOnly }, 'group STAFF'],
  ['ListAttachedGroupPolicies', group, 'group STAFF'],
  [
    'CreateRole',
    { RoleName: 'new', Path: '/x/', AssumeRolePolicyDocument: trust },
    arn('role/x/new'),
  ],
  ['GetRole', role, 'role worker'],
  ['UpdateRole', role, 'role worker'],
  ['UpdateRoleDescription', { ...role, Description: '' }, 'role worker'],
  ['UpdateAssumeRolePolicy', { ...role, PolicyDocument: trust }, 'role worker'],
  ['DeleteRole', role, 'role worker'],
  ['ListRoles', {}, `arn:aws:iam::${account}:role/`],
  ['ListRoles', { PathPrefix: '/a/' }, `arn:aws:iam::${account}:role/a/`],
  ['TagRole', { ...role, ...tagged }, 'role worker'],
  ['UntagRole', { ...role, ...untagged }, 'role worker'],
  ['ListRoleTags', role, 'role worker'],
  ['PutRolePolicy', { ...role, ...put }, 'role worker'],
  ['GetRolePolicy', { ...role, ...named }, 'role worker'],
  ['DeleteRolePolicy', { ...role, ...named }, 'role worker'],
  ['ListRolePolicies', role, 'role worker'],
  ['AttachRolePolicy', { ...role, PolicyArn: readOnly }, 'role worker'],
  ['DetachRolePolicy', { ...role, PolicyArn: readOnly }, 'role worker'],
  ['ListAttachedRolePolicies', role, 'role worker'],
  ['PutRolePermissionsBoundary', { ...role, PermissionsBoundary: readOnly }, 'role worker'],
  ['DeleteRolePermissionsBoundary', role, 'role worker'],
  ['ListInstanceProfilesForRole', role, 'role worker'],
  [
    'CreateServiceLinkedRole',
    { AWSServiceName: 'ecs.amazonaws.com' },
    arn('role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'),
  ],
  ['CreatePolicy', { PolicyName: 'new', Path: '/x/', PolicyDocument: document }, 'policy new'],
  ['GetPolicy', policy, shownPolicy],
  ['GetPolicy', { PolicyArn: readOnly }, `policy ${readOnly}`],
  ['DeletePolicy', policy, shownPolicy],
  ['ListPolicies', {}, 'policy path /'],
  ['ListPolicies', { PathPrefix: '/a/' }, 'policy path /a/'],
  ['CreatePolicyVersion', { ...policy, PolicyDocument: document }, shownPolicy],
  ['GetPolicyVersion', { ...policy, VersionId: 'v1' }, shownPolicy],
  ['DeletePolicyVersion', { ...policy, VersionId: 'v1' }, shownPolicy],
  ['ListPolicyVersions', policy, shownPolicy],
  ['SetDefaultPolicyVersion', { ...policy, VersionId: 'v1' }, shownPolicy],
  ['ListEntitiesForPolicy', policy, shownPolicy],
  ['TagPolicy', { ...policy, ...tagged }, shownPolicy],
  ['UntagPolicy', { ...policy, ...untagged }, shownPolicy],
  ['ListPolicyTags', policy, shownPolicy],
  [
    'CreateInstanceProfile',
    { InstanceProfileName: 'new', Path: '/x/' },
    arn('instance-profile/x/new'),
  ],
  ['GetInstanceProfile', profile, 'instance profile host'],
  ['DeleteInstanceProfile', profile, 'instance profile host'],
  ['ListInstanceProfiles', {}, `arn:aws:iam::${account}:instance-profile/`],
  ['ListInstanceProfiles', { PathPrefix: '/a/' }, `arn:aws:iam::${account}:instance-profile/a/`],
  ['AddRoleToInstanceProfile', { ...profile, ...role }, 'instance profile host'],
  ['RemoveRoleFromInstanceProfile', { ...profile, ...role }, 'instance profile host'],
  ['TagInstanceProfile', { ...profile, ...tagged }, 'instance profile host'],
  ['UntagInstanceProfile', { ...profile, ...untagged }, 'instance profile host'],
  ['ListInstanceProfileTags', profile, 'instance profile host'],
  ['CreateAccountAlias', { AccountAlias: 'new-alias' }, '*'],
  ['DeleteAccountAlias', { AccountAlias: 'new-alias' }, '*'],
  ['ListAccountAliases', {}, '*'],
  ['GetAccountSummary', {}, '*'],
  ['GetAccountAuthorizationDetails', {}, '*'],
  ['GetAccountPasswordPolicy', {}, '*'],
  ['ListOpenIDConnectProviders', {}, '*'],
  ['ListSAMLProviders', {}, '*'],
  ['ListServerCertificates', {}, '*'],
  ['ListVirtualMFADevices', {}, '*'],
  ['SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'v2Token' }, '*'],
]

const base = (action: string, resource: string): string =>
  `403 AccessDenied: User: ${nobodyArn} is not authorized to perform: iam:${action} on resource: ${resource}`

for (const [action, parameters, resource] of rows) {
  test(`${action} ${JSON.stringify(parameters).slice(0, 80)} needs iam:${action} on ${resource}`, async () => {
    const implicit = `${base(action, resource)} because no identity-based policy allows the iam:${action} action`
    assert.equal((await wire.iam(nobody, action, parameters)).summary, implicit)
  })
}

test('the last use of a key is its owner’s', async () => {
  const answer = await wire.iam(nobody, 'GetAccessKeyLastUsed', { AccessKeyId: key })
  assert.equal(
    answer.summary,
    `${base('GetAccessKeyLastUsed', userArn)} because no identity-based policy allows the iam:GetAccessKeyLastUsed action`,
  )
})

/** Gives the user `nobody` this document for the length of a call. */
async function with_(policyOfNobody: object, action: string, parameters: Parameters = {}) {
  const { iam, root } = wire
  const of = { UserName: 'nobody', PolicyName: 'own' }
  const PolicyDocument = JSON.stringify(policyOfNobody)
  assert.equal((await iam(root, 'PutUserPolicy', { ...of, PolicyDocument })).summary, '200 OK')
  const answer = await iam(nobody, action, parameters)
  await iam(root, 'DeleteUserPolicy', of)
  return answer.summary
}

test('a refusal says which kind of policy denied', async () => {
  assert.equal(
    await with_(deny('*'), 'ListUsers'),
    `${base('ListUsers', `arn:aws:iam::${account}:user/`)} with an explicit deny in an identity-based policy`,
  )
  await wire.iam(wire.root, 'PutUserPermissionsBoundary', {
    UserName: 'nobody',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
  })
  assert.equal(
    await with_(allow('*'), 'ListUsers'),
    `${base('ListUsers', `arn:aws:iam::${account}:user/`)} because no permissions boundary allows the iam:ListUsers action`,
  )
  await wire.iam(wire.root, 'PutUserPermissionsBoundary', {
    UserName: 'nobody',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/AWSDenyAll',
  })
  assert.equal(
    await with_(allow('*'), 'ListUsers'),
    `${base('ListUsers', `arn:aws:iam::${account}:user/`)} with an explicit deny in a permissions boundary`,
  )
  await wire.iam(wire.root, 'DeleteUserPermissionsBoundary', { UserName: 'nobody' })
})

test('a grant names the stored ARN; one on the old path is dead', async () => {
  assert.equal(await with_(allow('iam:GetUser', userArn), 'GetUser', { UserName: 'ADA' }), '200 OK')
  assert.match(await with_(allow('iam:GetUser', arn('user/Ada')), 'GetUser', user), /^403/)
  assert.match(await with_(allow('iam:GetUser', arn('user/u/ada')), 'GetUser', user), /^403/)
  assert.equal(await with_(allow('iam:GetUser', arn('user/u/*')), 'GetUser', user), '200 OK')
  assert.match(await with_(allow('iam:ListUsers', userArn), 'ListUsers'), /^403/)
  assert.equal(await with_(allow('iam:GetUser', arn('user/${aws:username}')), 'GetUser'), '200 OK')
})

test('creating with tags needs the Tag permission on what is to be', async () => {
  const input = { UserName: 'tagged', ...tags({ a: 'b' }) }
  assert.equal(
    await with_(allow('iam:CreateUser'), 'CreateUser', input),
    `${base('TagUser', arn('user/tagged'))} because no identity-based policy allows the iam:TagUser action`,
  )
  assert.equal(await with_(allow(['iam:CreateUser', 'iam:TagUser']), 'CreateUser', input), '200 OK')
})

test('giving a role to an instance profile needs iam:PassRole on the role', async () => {
  const action = 'AddRoleToInstanceProfile'
  const input = { ...profile, ...role }
  assert.equal(
    await with_(allow(`iam:${action}`), action, input),
    `${base('PassRole', roleArn)} because no identity-based policy allows the iam:PassRole action`,
  )
})

test('input that is malformed is told to anyone, what the operation itself refuses to nobody else', async () => {
  const ask = async (action: string, parameters: Parameters): Promise<string> =>
    (await wire.iam(nobody, action, parameters)).summary
  const value = "Value at 'maxItems' failed to satisfy constraint: Member must have value"
  assert.equal(
    await ask('ListUsers', { MaxItems: 0 }),
    `400 ValidationError: 1 validation error detected: ${value} greater than or equal to 1`,
  )
  assert.match(await ask('ListUsers', { MaxItems: 'x' }), /^400 MalformedInput: /)
  assert.match(await ask('CreateUser', { UserName: 'a/b' }), /^400 ValidationError: The specified/)
  assert.match(await ask('TagUser', { ...user, ...tags({ a: '', A: '' }) }), /^403 AccessDenied/)
  assert.match(await ask('TagUser', { ...user, ...tags({ 'aws:a': '' }) }), /^403 AccessDenied/)
  assert.match(await ask('TagUser', { ...user, Tags: '' }), /^403 AccessDenied/)
  assert.match(await ask('CreateUser', { UserName: 'ada' }), /^403 AccessDenied/)
  assert.match(await ask('ListUsers', { Marker: 'x' }), /^403 AccessDenied/)
  assert.match(await ask('PutUserPolicy', { ...user, ...named, PolicyDocument: '{' }), /^403/)
  assert.match(await ask('CreateRole', { RoleName: 'x', AssumeRolePolicyDocument: '{' }), /^403/)
  assert.match(await ask('GetUser', { UserName: 'ghost' }), /^403 AccessDenied/)
  assert.match(
    await ask('GetPolicy', { PolicyArn: 'arn:aws:iam::123456789012:policy/ghost' }),
    /^403/,
  )
})

test('of a tag sent twice the last value is what authorization sees', async () => {
  const twice = {
    ...user,
    'Tags.member.1.Key': 'team',
    'Tags.member.1.Value': 'bad',
    'Tags.member.2.Key': 'team',
    'Tags.member.2.Value': 'good',
  }
  const only = (value: string): object =>
    allow('iam:TagUser', '*', { Condition: { StringEquals: { 'aws:RequestTag/team': value } } })
  assert.match(await with_(only('good'), 'TagUser', twice), /^400 InvalidInput: Duplicate/)
  assert.match(await with_(only('bad'), 'TagUser', twice), /^403 AccessDenied/)
})

test('an entity that is not there is named by its kind', async () => {
  const answer = await wire.iam(nobody, 'GetUser', { UserName: 'ghost' })
  assert.equal(
    answer.summary,
    `${base('GetUser', 'user ghost')} because no identity-based policy allows the iam:GetUser action`,
  )
})

test('a role session that names no user must name one', async () => {
  const boss = await wire.newUser('boss', { policy: allow('sts:*') })
  await wire.newRole('all', trusting(account), { policy: allow('*') })
  const session = await wire.session(boss, 'AssumeRole', {
    RoleArn: arn('role/all'),
    RoleSessionName: 'work',
  })
  const must = '400 ValidationError: Must specify userName when calling with non-User credentials'
  for (const action of ['GetUser', 'CreateAccessKey', 'ListAccessKeys', 'ListMFADevices']) {
    assert.equal((await wire.iam(session, action)).summary, must, action)
  }
  const gone = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }
  assert.equal((await wire.iam(session, 'DeleteAccessKey', gone)).summary, must)
})

test('root may do everything without a policy', async () => {
  assert.equal((await wire.iam(wire.root, 'ListUsers')).summary, '200 OK')
  const self = await wire.iam(wire.root, 'GetUser')
  assert.deepEqual(Object.keys(self.result), ['User'])
  assert.equal(self.text('User.Arn'), arn('root'))
  assert.equal(self.text('User.UserId'), account)
})
