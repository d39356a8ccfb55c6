/** An operation, its input, and what its answer must hold: members of the output, or the error as `code: text`. */
export type Call = readonly [operation: string, input: object, expected?: object | string]

const account = '123456789012'
const statement = (body: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [body] })
const document = statement({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' })
const wider = statement({ Effect: 'Allow', Action: 'iam:Get*', Resource: '*' })
const trust = statement({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'ec2.amazonaws.com' },
})
/** Documents come back percent-encoded by RFC 3986, which keeps fewer characters than JavaScript's own function. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll('*', '%2A')

const UserName = 'ada'
const GroupName = 'devs'
const RoleName = 'app'
const InstanceProfileName = 'app'
const PolicyName = 'own'
const PolicyArn = `arn:aws:iam::${account}:policy/team/read`
const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
const Tags = [{ Key: 'team', Value: 'blue and green' }]
const TagKeys = ['team']
const attached = { AttachedPolicies: [{ PolicyName: 'read', PolicyArn }] }
const inline = { PolicyNames: [PolicyName], IsTruncated: false }
const kept = { PolicyName, PolicyDocument: encode(document) }

const userCalls: readonly Call[] = [
  ['CreateUser', { UserName, Path: '/team/', Tags }, { User: { UserName, Path: '/team/', Tags } }],
  ['GetUser', { UserName }, { User: { Arn: `arn:aws:iam::${account}:user/team/ada` } }],
  ['ListUsers', { PathPrefix: '/team/' }, { Users: [{ UserName }], IsTruncated: false }],
  ['UpdateUser', { UserName, NewPath: '/' }],
  ['TagUser', { UserName, Tags: [{ Key: 'TEAM', Value: '' }] }],
  ['ListUserTags', { UserName }, { Tags: [{ Key: 'TEAM', Value: '' }] }],
  ['UntagUser', { UserName, TagKeys }],
  ['ListUserTags', { UserName }, { Tags: [] }],
  ['PutUserPermissionsBoundary', { UserName, PermissionsBoundary: boundary }],
  [
    'GetUser',
    { UserName },
    { User: { PermissionsBoundary: { PermissionsBoundaryArn: boundary } } },
  ],
  ['DeleteUserPermissionsBoundary', { UserName }],
  ['PutUserPolicy', { UserName, PolicyName, PolicyDocument: document }],
  ['GetUserPolicy', { UserName, PolicyName }, { UserName, ...kept }],
  ['ListUserPolicies', { UserName }, inline],
  ['ListAccessKeys', { UserName }, { AccessKeyMetadata: [], IsTruncated: false }],
]

const groupCalls: readonly Call[] = [
  ['CreateGroup', { GroupName: 'dev' }, { Group: { GroupName: 'dev', Path: '/' } }],
  ['UpdateGroup', { GroupName: 'dev', NewGroupName: GroupName }],
  ['AddUserToGroup', { GroupName, UserName }],
  ['GetGroup', { GroupName }, { Group: { GroupName }, Users: [{ UserName }] }],
  ['ListGroups', {}, { Groups: [{ GroupName }] }],
  ['ListGroupsForUser', { UserName }, { Groups: [{ GroupName }] }],
  ['PutGroupPolicy', { GroupName, PolicyName, PolicyDocument: document }],
  ['GetGroupPolicy', { GroupName, PolicyName }, { GroupName, ...kept }],
  ['ListGroupPolicies', { GroupName }, inline],
]

const roleCalls: readonly Call[] = [
  [
    'CreateRole',
    { RoleName, AssumeRolePolicyDocument: trust, Description: 'd', Tags },
    { Role: { RoleName, Path: '/', AssumeRolePolicyDocument: encode(trust), Tags } },
  ],
  ['UpdateRole', { RoleName, MaxSessionDuration: 7200 }],
  ['GetRole', { RoleName }, { Role: { Description: 'd', MaxSessionDuration: 7200 } }],
  ['UpdateRoleDescription', { RoleName, Description: 'é' }, { Role: { Description: 'é' } }],
  ['UpdateAssumeRolePolicy', { RoleName, PolicyDocument: trust }],
  ['ListRoles', { PathPrefix: '/' }, { Roles: [{ RoleName }] }],
  ['TagRole', { RoleName, Tags: [{ Key: 'é /=+-@:', Value: '語' }] }],
  ['ListRoleTags', { RoleName }, { Tags: [...Tags, { Key: 'é /=+-@:', Value: '語' }] }],
  ['UntagRole', { RoleName, TagKeys }],
  ['PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: boundary }],
  ['DeleteRolePermissionsBoundary', { RoleName }],
  ['PutRolePolicy', { RoleName, PolicyName, PolicyDocument: document }],
  ['GetRolePolicy', { RoleName, PolicyName }, { RoleName, ...kept }],
  ['ListRolePolicies', { RoleName }, inline],
]

const profileCalls: readonly Call[] = [
  ['CreateInstanceProfile', { InstanceProfileName, Tags }, { InstanceProfile: { Roles: [] } }],
  ['AddRoleToInstanceProfile', { InstanceProfileName, RoleName }],
  [
    'GetInstanceProfile',
    { InstanceProfileName },
    {
      InstanceProfile: {
        Roles: [{ RoleName, AssumeRolePolicyDocument: encode(trust) }],
      },
    },
  ],
  ['ListInstanceProfiles', {}, { InstanceProfiles: [{ InstanceProfileName }] }],
  ['ListInstanceProfilesForRole', { RoleName }, { InstanceProfiles: [{ InstanceProfileName }] }],
  ['TagInstanceProfile', { InstanceProfileName, Tags: [{ Key: 'a', Value: 'b' }] }],
  ['UntagInstanceProfile', { InstanceProfileName, TagKeys: ['a'] }],
  ['ListInstanceProfileTags', { InstanceProfileName }, { Tags }],
]

const policyCalls: readonly Call[] = [
  [
    'CreatePolicy',
    { PolicyName: 'read', Path: '/team/', PolicyDocument: document, Description: 'd', Tags },
    { Policy: { Arn: PolicyArn, DefaultVersionId: 'v1', AttachmentCount: 0, IsAttachable: true } },
  ],
  [
    'CreatePolicyVersion',
    { PolicyArn, PolicyDocument: wider },
    { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: false } },
  ],
  ['SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' }],
  [
    'GetPolicyVersion',
    { PolicyArn, VersionId: 'v2' },
    { PolicyVersion: { Document: encode(wider), IsDefaultVersion: true } },
  ],
  [
    'ListPolicyVersions',
    { PolicyArn },
    { Versions: [{ VersionId: 'v2' }, { VersionId: 'v1' }], IsTruncated: false },
  ],
  ['DeletePolicyVersion', { PolicyArn, VersionId: 'v1' }],
  ['TagPolicy', { PolicyArn, Tags: [{ Key: 'a', Value: 'b' }] }],
  ['UntagPolicy', { PolicyArn, TagKeys: ['a'] }],
  ['ListPolicyTags', { PolicyArn }, { Tags }],
  ['AttachUserPolicy', { UserName, PolicyArn }],
  ['AttachGroupPolicy', { GroupName, PolicyArn }],
  ['AttachRolePolicy', { RoleName, PolicyArn }],
  ['ListAttachedUserPolicies', { UserName }, attached],
  ['ListAttachedGroupPolicies', { GroupName }, attached],
  ['ListAttachedRolePolicies', { RoleName }, attached],
  [
    'ListEntitiesForPolicy',
    { PolicyArn },
    { PolicyUsers: [{ UserName }], PolicyGroups: [{ GroupName }], PolicyRoles: [{ RoleName }] },
  ],
  ['GetPolicy', { PolicyArn }, { Policy: { AttachmentCount: 3, Description: 'd', Tags } }],
  ['ListPolicies', { Scope: 'Local' }, { Policies: [{ PolicyName: 'read' }] }],
  [
    'ListPolicies',
    { Scope: 'AWS', PathPrefix: '/job-function/', MaxItems: 1 },
    { IsTruncated: true },
  ],
]

const accountCalls: readonly Call[] = [
  ['CreateAccountAlias', { AccountAlias: 'watchword' }],
  ['ListAccountAliases', {}, { AccountAliases: ['watchword'] }],
  ['DeleteAccountAlias', { AccountAlias: 'watchword' }],
  ['SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'v2Token' }],
  [
    'GetAccountSummary',
    {},
    { SummaryMap: { Users: 1, Groups: 1, Roles: 1, Policies: 1, GlobalEndpointTokenVersion: 2 } },
  ],
  [
    'GetAccountAuthorizationDetails',
    {},
    {
      UserDetailList: [{ UserName, GroupList: [GroupName], UserPolicyList: [kept] }],
      GroupDetailList: [{ GroupName, GroupPolicyList: [kept] }],
      RoleDetailList: [{ RoleName, InstanceProfileList: [{ InstanceProfileName }] }],
    },
  ],
  [
    'SimulateCustomPolicy',
    { PolicyInputList: [document], ActionNames: ['iam:GetUser', 'iam:GetRole'] },
    { EvaluationResults: [{ EvalDecision: 'allowed' }, { EvalDecision: 'implicitDeny' }] },
  ],
  [
    'SimulatePrincipalPolicy',
    { PolicySourceArn: `arn:aws:iam::${account}:user/ada`, ActionNames: ['iam:GetRole'] },
    { EvaluationResults: [{ EvalActionName: 'iam:GetRole', EvalDecision: 'allowed' }] },
  ],
  ['GetContextKeysForCustomPolicy', { PolicyInputList: [document] }, { ContextKeyNames: [] }],
  [
    'GetContextKeysForPrincipalPolicy',
    { PolicySourceArn: `arn:aws:iam::${account}:user/ada` },
    { ContextKeyNames: [] },
  ],
]

const serial = `arn:aws:iam::${account}:mfa/ada`
const noDevice = `NoSuchEntityException: VirtualMFADevice with serial number ${serial} doesn't exist.`
const oidc = `arn:aws:iam::${account}:oidc-provider/id.example.com`
const saml = `arn:aws:iam::${account}:saml-provider/corp`
const keyId = 'APKAEXAMPLEEXAMPLEEXAM'
const noKey = `NoSuchEntityException: The SSH Public Key with id ${keyId} cannot be found`
const certificateId = 'EXAMPLEEXAMPLEEXAMPLEEXAMPLE'
const credentialId = 'ACCAEXAMPLEEXAMPLEEXAM'
const noPassword = `NoSuchEntityException: The Password Policy with domain name ${account} cannot be found.`
const noProfile = 'NoSuchEntityException: Login Profile for User ada cannot be found.'
const noCertificate = 'NoSuchEntityException: The Server Certificate with name web cannot be found.'
const noSaml = `NoSuchEntityException: Manifest not found for arn ${saml}`

/** What nobody of the account has: lists are empty, look-ups say what is missing. */
const unkeptCalls: readonly Call[] = [
  ['ListMFADevices', { UserName }, { MFADevices: [], IsTruncated: false }],
  ['ListSigningCertificates', { UserName }, { Certificates: [] }],
  ['ListSSHPublicKeys', { UserName }, { SSHPublicKeys: [] }],
  ['ListServiceSpecificCredentials', { UserName }, { ServiceSpecificCredentials: [] }],
  ['ListVirtualMFADevices', {}, { VirtualMFADevices: [] }],
  ['ListServerCertificates', {}, { ServerCertificateMetadataList: [] }],
  ['ListOpenIDConnectProviders', {}, { OpenIDConnectProviderList: [] }],
  ['ListSAMLProviders', {}, { SAMLProviderList: [] }],
  ['ListMFADeviceTags', { SerialNumber: serial }, noDevice],
  ['DeleteVirtualMFADevice', { SerialNumber: serial }, noDevice],
  [
    'DeactivateMFADevice',
    { UserName, SerialNumber: serial },
    'NoSuchEntityException: MFA Device invalid for user.',
  ],
  ['GetLoginProfile', { UserName }, noProfile],
  ['DeleteLoginProfile', { UserName }, noProfile],
  ['UpdateLoginProfile', { UserName, Password: 'Secret-1234' }, noProfile],
  ['GetSSHPublicKey', { UserName, SSHPublicKeyId: keyId, Encoding: 'PEM' }, noKey],
  ['DeleteSSHPublicKey', { UserName, SSHPublicKeyId: keyId }, noKey],
  [
    'DeleteSigningCertificate',
    { UserName, CertificateId: certificateId },
    `NoSuchEntityException: The Certificate with id ${certificateId} cannot be found.`,
  ],
  [
    'DeleteServiceSpecificCredential',
    { UserName, ServiceSpecificCredentialId: credentialId },
    `NoSuchEntityException: No such credential ${credentialId} exists`,
  ],
  ['GetServerCertificate', { ServerCertificateName: 'web' }, noCertificate],
  ['DeleteServerCertificate', { ServerCertificateName: 'web' }, noCertificate],
  [
    'GetOpenIDConnectProvider',
    { OpenIDConnectProviderArn: oidc },
    `NoSuchEntityException: OpenIDConnect Provider not found for arn ${oidc}`,
  ],
  [
    'DeleteOpenIDConnectProvider',
    { OpenIDConnectProviderArn: oidc },
    `NoSuchEntityException: OpenId connect Provider ${oidc} cannot be found.`,
  ],
  ['GetSAMLProvider', { SAMLProviderArn: saml }, noSaml],
  ['DeleteSAMLProvider', { SAMLProviderArn: saml }, noSaml],
  ['GetAccountPasswordPolicy', {}, noPassword],
  [
    'DeleteAccountPasswordPolicy',
    {},
    'NoSuchEntityException: The account policy with name PasswordPolicy cannot be found.',
  ],
]

const conflict = 'DeleteConflictException: Cannot delete entity, must'

/** Each refusal names what still holds the entity; once that is gone, the entity goes. */
const removalCalls: readonly Call[] = [
  [
    'DeletePolicy',
    { PolicyArn },
    'DeleteConflictException: Cannot delete a policy attached to entities.',
  ],
  ['DeleteUser', { UserName }, `${conflict} detach all policies first.`],
  ['DetachUserPolicy', { UserName, PolicyArn }],
  ['DeleteUser', { UserName }, `${conflict} delete policies first.`],
  ['DeleteUserPolicy', { UserName, PolicyName }],
  ['DeleteUser', { UserName }, `${conflict} remove users from group first.`],
  ['DeleteGroup', { GroupName }, `${conflict} remove users from group first.`],
  ['RemoveUserFromGroup', { GroupName, UserName }],
  ['DetachGroupPolicy', { GroupName, PolicyArn }],
  ['DeleteGroupPolicy', { GroupName, PolicyName }],
  ['DeleteGroup', { GroupName }],
  ['DeleteRole', { RoleName }, `${conflict} remove roles from instance profile first.`],
  [
    'DeleteInstanceProfile',
    { InstanceProfileName },
    `${conflict} remove roles from instance profile first.`,
  ],
  ['RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName }],
  ['DeleteInstanceProfile', { InstanceProfileName }],
  ['DetachRolePolicy', { RoleName, PolicyArn }],
  ['DeleteRolePolicy', { RoleName, PolicyName }],
  ['DeleteRole', { RoleName }],
  ['DeletePolicy', { PolicyArn }],
  ['DeleteUser', { UserName }],
  // The keys of the test that follows are hers.
  ['CreateUser', { UserName }],
]

/** Nearly every built operation of IAM in an order that works on an empty account. */
export const iamCalls: readonly Call[] = [
  ...userCalls,
  ...groupCalls,
  ...roleCalls,
  ...profileCalls,
  ...policyCalls,
  ...accountCalls,
  ...unkeptCalls,
  ...removalCalls,
]
