import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arn,
  base,
  document,
  key,
  named,
  nobody,
  policy,
  policyArn,
  profile,
  readOnly,
  role,
  trust,
  user,
  userArn,
  wire,
} from './authorization.fixture.ts'
import { account, list, type Parameters, tags } from './wire-service.ts'

/**
 * What each operation asks permission for, told by its refusal: the action, and the resource with its stored path.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const group = { GroupName: 'STAFF' }
const shownPolicy = `policy ${policyArn}`
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
  ['ListOpenIDConnectProviders', {}, arn('oidc-provider/*')],
  ['ListSAMLProviders', {}, '*'],
  ['ListServerCertificates', {}, arn('server-certificate/')],
  ['ListServerCertificates', { PathPrefix: '/cdn/' }, arn('server-certificate/cdn/')],
  ['ListVirtualMFADevices', {}, arn('mfa/')],
  ['SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'v2Token' }, '*'],
]

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

test('a list is allowed and denied on everything or not at all', async () => {
  const lister = await wire.newUser('lister')
  const listsWith = async (statement: object): Promise<string> => {
    await wire.iam(wire.root, 'PutUserPolicy', {
      UserName: 'lister',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
    })
    return (await wire.iam(lister, 'ListUsers')).summary
  }
  const all = { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' }
  assert.equal(await listsWith([all]), '200 OK')
  assert.match(await listsWith([{ ...all, Resource: arn('user/*') }]), /^403 AccessDenied/)
  const deny = { Effect: 'Deny', Action: 'iam:ListUsers', NotResource: arn('user/*') }
  assert.match(await listsWith([all, deny]), /^403 AccessDenied/)
})
