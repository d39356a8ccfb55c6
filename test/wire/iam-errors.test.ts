import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  account,
  allow,
  list,
  openWire,
  type Parameters,
  tags,
  trusting,
  type Wire,
} from './wire-service.ts'

/**
 * What each operation refuses and in which words, on one account whose entities the rows do not change for long.
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/iam (recorded 2026-02)
 */
let wire: Wire
let keyOfAda: string

const arn = (resource: string): string => `arn:aws:iam::${account}:${resource}`
const document = JSON.stringify(allow('s3:ListBucket'))
const trust = JSON.stringify(trusting(account))
const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

before(async () => {
  wire = await openWire()
  const { iam, root } = wire
  const must = async (action: string, parameters: Parameters): Promise<void> => {
    assert.equal((await iam(root, action, parameters)).summary, '200 OK', action)
  }
  keyOfAda = (await wire.newUser('Ada')).accessKeyId
  await wire.newUser('bob', { policy: allow('s3:ListBucket') })
  await must('CreateUser', { UserName: 'full' })
  await must('CreateAccessKey', { UserName: 'full' })
  await must('CreateAccessKey', { UserName: 'full' })
  await must('CreateGroup', { GroupName: 'Staff' })
  await must('CreateGroup', { GroupName: 'empty' })
  await must('AddUserToGroup', { GroupName: 'Staff', UserName: 'bob' })
  await must('PutGroupPolicy', { GroupName: 'Staff', PolicyName: 'own', PolicyDocument: document })
  await wire.newRole('Worker', trusting(account), { policy: allow('s3:ListBucket') })
  await wire.newRole('idle', trusting(account))
  await must('CreatePolicy', { PolicyName: 'Shelf', PolicyDocument: document })
  await must('CreatePolicy', { PolicyName: 'spare', PolicyDocument: document, Path: '/deep/' })
  await must('AttachRolePolicy', { RoleName: 'Worker', PolicyArn: arn('policy/Shelf') })
  await must('AttachUserPolicy', { UserName: 'bob', PolicyArn: arn('policy/Shelf') })
  await must('CreateInstanceProfile', { InstanceProfileName: 'Host' })
  await must('CreateInstanceProfile', { InstanceProfileName: 'bare' })
  await must('AddRoleToInstanceProfile', { InstanceProfileName: 'Host', RoleName: 'Worker' })
  await must('CreatePolicy', { PolicyName: 'many', PolicyDocument: document })
  for (let n = 2; n <= 5; n++) {
    await must('CreatePolicyVersion', { PolicyArn: arn('policy/many'), PolicyDocument: document })
  }
})
after(() => wire[Symbol.asyncDispose]())

const none = (what: string): string => `404 NoSuchEntity: ${what}`
const noUser = (name: string): string => none(`The user with name ${name} cannot be found.`)
const noGroup = (name: string): string => none(`The group with name ${name} cannot be found.`)
const noRole = (name: string): string => none(`The role with name ${name} cannot be found.`)
const noProfile = (name: string): string => none(`Instance Profile ${name} cannot be found.`)
const exists = (what: string): string => `409 EntityAlreadyExists: ${what} already exists.`
const conflict = (what: string): string =>
  `409 DeleteConflict: Cannot delete entity, must ${what} first.`
const limit = (what: string): string => `409 LimitExceeded: Cannot exceed quota for ${what}`
const one = (at: string, constraint: string): string =>
  `400 ValidationError: 1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must ${constraint}`
const two = (at: string, first: string, second: string): string =>
  `400 ValidationError: 2 validation errors detected: ${[first, second].map((constraint) => `Value at '${at}' failed to satisfy constraint: Member must ${constraint}`).join('; ')}`
const invalid = (text: string): string => `400 InvalidInput: ${text}`
const malformed = (text: string): string => `400 MalformedPolicyDocument: ${text}`
const duplicateTags = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'
const reserved = 'Tag keys beginning with aws: are reserved for system use.'
const nameRule = (field: string): string =>
  `400 ValidationError: The specified value for ${field} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`
const pathRule = (field = 'path'): string =>
  `400 ValidationError: The specified value for ${field} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`
const ghost = 'arn:aws:iam::123456789012:policy/ghost'
const unattachable = (what: string): string =>
  none(`Policy ${what} does not exist or is not attachable.`)
const notFound = (what: string): string => none(`Policy ${what} was not found.`)
const noVersion = (what: string, version: string): string =>
  none(`Policy ${what} version ${version} does not exist or is not attachable.`)
const versionPattern = 'satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?'
const tagKeysRule =
  'satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]'
const fiftyOne = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, '']))
const long = (length: number): string => 'x'.repeat(length)

const rows: readonly (readonly [action: string, parameters: Parameters, answer: string])[] = [
  // Users.
  ['CreateUser', { UserName: 'ada' }, exists('User with name ada')],
  ['CreateUser', { UserName: 'ADA', Path: '/x/' }, exists('User with name ADA')],
  ['CreateUser', {}, one('userName', 'not be null')],
  ['CreateUser', { UserName: long(65) }, one('userName', 'have length less than or equal to 64')],
  [
    'CreateUser',
    { UserName: 'new', PermissionsBoundary: ghost },
    none(`Scope ARN: ${ghost} does not exist or is not attachable.`),
  ],
  ['CreateUser', { UserName: 'new', ...tags({ 'aws:x': '' }) }, invalid(reserved)],
  ['CreateUser', { UserName: 'new', ...tags({ 'AWS:x': '' }) }, invalid(reserved)],
  ['CreateUser', { UserName: 'new', ...tags({ a: '', A: '' }) }, invalid(duplicateTags)],
  [
    'CreateUser',
    { UserName: 'new', ...tags(fiftyOne) },
    one('tags', 'have length less than or equal to 50'),
  ],
  ['GetUser', { UserName: 'ghost' }, noUser('ghost')],
  ['UpdateUser', { UserName: 'ghost', NewPath: '/x/' }, noUser('ghost')],
  ['UpdateUser', { UserName: 'Ada', NewUserName: 'BOB' }, exists('User with name BOB')],
  ['DeleteUser', { UserName: 'ghost' }, noUser('ghost')],
  ['DeleteUser', { UserName: 'Ada' }, conflict('delete access keys')],
  ['DeleteUser', { UserName: 'bob' }, conflict('detach all policies')],
  ['TagUser', { UserName: 'ghost', ...tags({ a: 'b' }) }, noUser('ghost')],
  ['UntagUser', { UserName: 'ghost', ...list('TagKeys', ['a']) }, noUser('ghost')],
  ['ListUserTags', { UserName: 'ghost' }, noUser('ghost')],
  ['TagUser', { UserName: 'Ada', Tags: '' }, invalid('Error occurred while validating input. ')],
  ['TagUser', { UserName: 'Ada' }, one('tags', 'not be null')],
  ['TagUser', { UserName: 'Ada', ...tags({ a: '', A: '' }) }, invalid(duplicateTags)],
  ['TagUser', { UserName: 'Ada', ...tags({ 'aws:a': '', 'AWS:A': '' }) }, invalid(reserved)],
  [
    'TagUser',
    { UserName: 'Ada', ...tags(fiftyOne) },
    one('tags', 'have length less than or equal to 50'),
  ],
  [
    'TagUser',
    { UserName: 'Ada', ...tags({ [long(129)]: '' }) },
    one('tags.1.member.key', 'have length less than or equal to 128'),
  ],
  [
    'TagUser',
    { UserName: 'Ada', ...tags({ a: long(257) }) },
    one('tags.1.member.value', 'have length less than or equal to 256'),
  ],
  [
    'TagUser',
    { UserName: 'Ada', 'Tags.member.1.Key': 'a' },
    one('tags.1.member.value', 'not be null'),
  ],
  ['UntagUser', { UserName: 'Ada', TagKeys: '' }, '200 OK'],
  ['UntagUser', { UserName: 'Ada', ...list('TagKeys', ['aws:x', 'a', 'A']) }, '200 OK'],
  ['ListGroupsForUser', { UserName: 'ghost' }, noUser('ghost')],
  [
    'PutUserPermissionsBoundary',
    { UserName: 'ghost', PermissionsBoundary: boundary },
    noUser('ghost'),
  ],
  [
    'PutUserPermissionsBoundary',
    { UserName: 'Ada', PermissionsBoundary: ghost },
    none(`Scope ARN: ${ghost} does not exist or is not attachable.`),
  ],
  [
    'PutUserPermissionsBoundary',
    { UserName: 'Ada', PermissionsBoundary: arn('role/Worker') },
    invalid(`ARN ${arn('role/Worker')} is not valid.`),
  ],
  // Access keys.
  ['CreateAccessKey', { UserName: 'ghost' }, noUser('ghost')],
  ['CreateAccessKey', { UserName: 'full' }, limit('AccessKeysPerUser: 2')],
  ['ListAccessKeys', { UserName: 'ghost' }, noUser('ghost')],
  [
    'UpdateAccessKey',
    { UserName: 'Ada', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Inactive' },
    none('The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.'),
  ],
  [
    'DeleteAccessKey',
    { UserName: 'Ada', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    none('The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.'),
  ],
  [
    'UpdateAccessKey',
    { UserName: 'Ada', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'On' },
    one('status', 'satisfy enum value set: [Active, Inactive, Expired]'),
  ],
  [
    'GetAccessKeyLastUsed',
    { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    `403 AccessDenied: User: arn:aws:iam::${account}:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE`,
  ],
  [
    'GetAccessKeyLastUsed',
    { AccessKeyId: 'short' },
    one('accessKeyId', 'have length greater than or equal to 16'),
  ],
  ['CreateAccessKey', { UserName: 'a b' }, nameRule('userName')],
  ...['a/b', 'a b', 'a*', 'é', 'a\n'].flatMap(
    (bad) =>
      [
        ['CreateUser', { UserName: bad }, nameRule('userName')],
        ['GetUser', { UserName: bad }, nameRule('userName')],
        ['UpdateUser', { UserName: 'Ada', NewUserName: bad }, nameRule('newUserName')],
        ['CreateGroup', { GroupName: bad }, nameRule('groupName')],
        ['CreateRole', { RoleName: bad, AssumeRolePolicyDocument: trust }, nameRule('roleName')],
        ['GetRole', { RoleName: bad }, nameRule('roleName')],
        ['CreatePolicy', { PolicyName: bad, PolicyDocument: document }, nameRule('policyName')],
        [
          'PutUserPolicy',
          { UserName: 'Ada', PolicyName: bad, PolicyDocument: document },
          nameRule('policyName'),
        ],
        ['CreateInstanceProfile', { InstanceProfileName: bad }, nameRule('instanceProfileName')],
      ] as [string, Parameters, string][],
  ),
  ...['x', '/x', 'x/', '//', '/ x/', '/\u007f/', '/é/', '/x/\n'].flatMap(
    (bad) =>
      [
        ['CreateUser', { UserName: 'new', Path: bad }, pathRule()],
        ['UpdateUser', { UserName: 'Ada', NewPath: bad }, pathRule('newPath')],
        ['CreateGroup', { GroupName: 'new', Path: bad }, pathRule()],
        ['CreateRole', { RoleName: 'new', AssumeRolePolicyDocument: trust, Path: bad }, pathRule()],
        ['CreatePolicy', { PolicyName: 'new', PolicyDocument: document, Path: bad }, pathRule()],
      ] as [string, Parameters, string][],
  ),
  [
    'CreateUser',
    { UserName: 'new', Path: `/${long(511)}/` },
    one('path', 'have length less than or equal to 512'),
  ],
  ['UpdateUser', { UserName: 'ghost', NewUserName: 'a/b' }, nameRule('newUserName')],
  [
    'CreatePolicy',
    { PolicyName: 'new', PolicyDocument: 'smile \u{1F600}' },
    '400 ValidationError: The specified value for policyDocument is invalid. It must contain only printable ASCII characters.',
  ],
  [
    'CreatePolicy',
    { PolicyName: 'new', PolicyDocument: long(131073) },
    one('policyDocument', 'have length less than or equal to 131072'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, Description: 'smile \u{1F600}' },
    one(
      'description',
      'satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*',
    ),
  ],
  // Groups.
  ['CreateGroup', { GroupName: 'STAFF' }, exists('Group with name STAFF')],
  ['GetGroup', { GroupName: 'ghost' }, noGroup('ghost')],
  ['UpdateGroup', { GroupName: 'ghost', NewPath: '/x/' }, noGroup('ghost')],
  ['UpdateGroup', { GroupName: 'empty', NewGroupName: 'staff' }, exists('Group with name staff')],
  ['DeleteGroup', { GroupName: 'ghost' }, noGroup('ghost')],
  ['DeleteGroup', { GroupName: 'Staff' }, conflict('remove users from group')],
  ['AddUserToGroup', { GroupName: 'ghost', UserName: 'Ada' }, noGroup('ghost')],
  ['AddUserToGroup', { GroupName: 'Staff', UserName: 'ghost' }, noUser('ghost')],
  ['AddUserToGroup', { GroupName: 'staff', UserName: 'BOB' }, '200 OK'],
  ['RemoveUserFromGroup', { GroupName: 'ghost', UserName: 'phantom' }, noUser('phantom')],
  ['RemoveUserFromGroup', { GroupName: 'ghost', UserName: 'Ada' }, noGroup('ghost')],
  ['RemoveUserFromGroup', { GroupName: 'empty', UserName: 'Ada' }, '200 OK'],
  // Inline policies.
  ...(['User', 'Group', 'Role'] as const).flatMap((kind) => {
    const name = { User: 'bob', Group: 'Staff', Role: 'Worker' }[kind]
    const missing = { User: noUser, Group: noGroup, Role: noRole }[kind]('ghost')
    const field = `${kind}Name`
    const gone = none(`The ${kind.toLowerCase()} policy with name ghost cannot be found.`)
    const put = { PolicyName: 'p', PolicyDocument: document }
    return [
      [`Put${kind}Policy`, { [field]: 'ghost', ...put }, missing],
      [`Put${kind}Policy`, { [field]: 'ghost', ...put, PolicyDocument: '{' }, missing],
      [
        `Put${kind}Policy`,
        { [field]: name, ...put, PolicyDocument: '{' },
        malformed('Syntax errors in policy.'),
      ],
      [`Get${kind}Policy`, { [field]: 'ghost', PolicyName: 'p' }, missing],
      [`Get${kind}Policy`, { [field]: name, PolicyName: 'ghost' }, gone],
      [`Delete${kind}Policy`, { [field]: 'ghost', PolicyName: 'p' }, missing],
      [`Delete${kind}Policy`, { [field]: name, PolicyName: 'ghost' }, gone],
      [`List${kind}Policies`, { [field]: 'ghost' }, missing],
      [`ListAttached${kind}Policies`, { [field]: 'ghost' }, missing],
      [`Attach${kind}Policy`, { [field]: 'ghost', PolicyArn: arn('policy/Shelf') }, missing],
      [`Attach${kind}Policy`, { [field]: name, PolicyArn: ghost }, unattachable(ghost)],
      [
        `Attach${kind}Policy`,
        { [field]: name, PolicyArn: 'longpolicynamebutnoarn' },
        '400 ValidationError: ARN longpolicynamebutnoarn is not valid.',
      ],
      [
        `Attach${kind}Policy`,
        { [field]: name, PolicyArn: 'short' },
        one('policyArn', 'have length greater than or equal to 20'),
      ],
      [`Detach${kind}Policy`, { [field]: 'ghost', PolicyArn: arn('policy/Shelf') }, missing],
      [
        `Detach${kind}Policy`,
        { [field]: name, PolicyArn: arn('policy/deep/spare') },
        notFound(arn('policy/deep/spare')),
      ],
      [`Detach${kind}Policy`, { [field]: name, PolicyArn: ghost }, notFound(ghost)],
      [
        `Attach${kind}Policy`,
        {
          [field]: name,
          PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy',
        },
        '400 PolicyNotAttachable: Cannot attach AWS reserved policy to an IAM user.'.replace(
          'user',
          kind.toLowerCase(),
        ),
      ],
    ] as [string, Parameters, string][]
  }),
  [
    'PutUserPolicy',
    {
      UserName: 'bob',
      PolicyName: 'big',
      PolicyDocument: JSON.stringify(allow('s3:x', `arn:aws:s3:::${long(2048)}`)),
    },
    '409 LimitExceeded: Maximum policy size of 2048 bytes exceeded for user bob',
  ],
  [
    'PutGroupPolicy',
    {
      GroupName: 'Staff',
      PolicyName: 'big',
      PolicyDocument: JSON.stringify(allow('s3:x', `arn:aws:s3:::${long(5120)}`)),
    },
    '409 LimitExceeded: Maximum policy size of 5120 bytes exceeded for group Staff',
  ],
  [
    'PutRolePolicy',
    {
      RoleName: 'Worker',
      PolicyName: 'big',
      PolicyDocument: JSON.stringify(allow('s3:x', `arn:aws:s3:::${long(10240)}`)),
    },
    '409 LimitExceeded: Maximum policy size of 10240 bytes exceeded for role Worker',
  ],
  // Roles.
  [
    'CreateRole',
    { RoleName: 'worker', AssumeRolePolicyDocument: trust },
    exists('Role with name worker'),
  ],
  ['CreateRole', { RoleName: 'new' }, one('assumeRolePolicyDocument', 'not be null')],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: '{' },
    malformed('This policy contains invalid Json'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, MaxSessionDuration: 3599 },
    one('maxSessionDuration', 'have value greater than or equal to 3600'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, MaxSessionDuration: 43201 },
    one('maxSessionDuration', 'have value less than or equal to 43200'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, Description: long(1001) },
    one('description', 'have length less than or equal to 1000'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, ...tags(fiftyOne) },
    one('tags', 'have length less than or equal to 50'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, ...tags({ a: '1', A: '2' }) },
    invalid(duplicateTags),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, ...tags({ 'a*': '' }) },
    one('tags.1.member.key', 'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, PermissionsBoundary: ghost },
    none(`Scope ARN: ${ghost} does not exist or is not attachable.`),
  ],
  [
    'CreateRole',
    {
      RoleName: 'new',
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: arn('not_a_policy/x'),
    },
    invalid(`ARN ${arn('not_a_policy/x')} is not valid.`),
  ],
  [
    'CreateRole',
    {
      RoleName: 'new',
      AssumeRolePolicyDocument: JSON.stringify(trusting(account, { Sid: long(2048) })),
    },
    limit('ACLSizePerRole: 2048'),
  ],
  ['GetRole', { RoleName: 'ghost' }, noRole('ghost')],
  ['UpdateRole', { RoleName: 'ghost' }, noRole('ghost')],
  [
    'UpdateRole',
    { RoleName: 'Worker', MaxSessionDuration: 43201 },
    one('maxSessionDuration', 'have value less than or equal to 43200'),
  ],
  ['UpdateRoleDescription', { RoleName: 'ghost', Description: '' }, noRole('ghost')],
  ['UpdateAssumeRolePolicy', { RoleName: 'ghost', PolicyDocument: trust }, noRole('ghost')],
  [
    'UpdateAssumeRolePolicy',
    { RoleName: 'Worker', PolicyDocument: 'text' },
    malformed('This policy contains invalid Json'),
  ],
  ['DeleteRole', { RoleName: 'ghost' }, noRole('ghost')],
  ['DeleteRole', { RoleName: 'Worker' }, conflict('remove roles from instance profile')],
  ['TagRole', { RoleName: 'ghost', ...tags({ a: '' }) }, noRole('ghost')],
  ['UntagRole', { RoleName: 'ghost', ...list('TagKeys', ['a']) }, noRole('ghost')],
  ['ListRoleTags', { RoleName: 'ghost' }, noRole('ghost')],
  [
    'UntagRole',
    { RoleName: 'Worker', ...list('TagKeys', Object.keys(fiftyOne)) },
    one('tagKeys', 'have length less than or equal to 50'),
  ],
  [
    'UntagRole',
    { RoleName: 'Worker', ...list('TagKeys', [long(129)]) },
    one('tagKeys', tagKeysRule),
  ],
  ['UntagRole', { RoleName: 'Worker', ...list('TagKeys', ['a*']) }, one('tagKeys', tagKeysRule)],
  [
    'PutRolePermissionsBoundary',
    { RoleName: 'ghost', PermissionsBoundary: boundary },
    noRole('ghost'),
  ],
  [
    'PutRolePermissionsBoundary',
    { RoleName: 'Worker', PermissionsBoundary: arn('not_a_policy/x') },
    invalid(`ARN ${arn('not_a_policy/x')} is not valid.`),
  ],
  [
    'PutRolePermissionsBoundary',
    { RoleName: 'Worker', PermissionsBoundary: ghost },
    none(`Scope ARN: ${ghost} does not exist or is not attachable.`),
  ],
  ['ListInstanceProfilesForRole', { RoleName: 'ghost' }, noRole('ghost')],
  // Managed policies.
  [
    'CreatePolicy',
    { PolicyName: 'SHELF', PolicyDocument: document },
    '409 EntityAlreadyExists: A policy called SHELF already exists. Duplicate names are not allowed.',
  ],
  [
    'CreatePolicy',
    {
      PolicyName: 'new',
      PolicyDocument: JSON.stringify(allow('s3:x', `arn:aws:s3:::${long(6144)}`)),
    },
    limit('PolicySize: 6144'),
  ],
  [
    'CreatePolicy',
    { PolicyName: 'new', PolicyDocument: document, ...tags(fiftyOne) },
    one('tags', 'have length less than or equal to 50'),
  ],
  [
    'CreatePolicy',
    {
      PolicyName: 'new',
      PolicyDocument: document,
      'Tags.member.1.Key': 'a',
      'Tags.member.1.Value': '',
      'Tags.member.2.Key': 'a',
      'Tags.member.2.Value': '',
    },
    invalid('Duplicate tag keys found.'),
  ],
  ['GetPolicy', { PolicyArn: ghost }, notFound(ghost)],
  [
    'GetPolicy',
    { PolicyArn: 'a-text-that-is-no-arn-at-all' },
    '400 ValidationError: Invalid ARN:  Could not be parsed!',
  ],
  ['DeletePolicy', { PolicyArn: ghost }, notFound(ghost)],
  [
    'DeletePolicy',
    { PolicyArn: arn('policy/Shelf') },
    '409 DeleteConflict: Cannot delete a policy attached to entities.',
  ],
  [
    'DeletePolicy',
    { PolicyArn: arn('policy/many') },
    "409 DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
  ],
  [
    'DeletePolicy',
    { PolicyArn: boundary },
    '403 AccessDenied: Cannot delete policies outside your own account.',
  ],
  [
    'DeletePolicy',
    { PolicyArn: 'arn:aws:iam::aws:policy/ThereIsNone' },
    '403 AccessDenied: Cannot delete policies outside your own account.',
  ],
  [
    'DeletePolicy',
    { PolicyArn: 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess' },
    '400 ValidationError: Invalid ARN partition',
  ],
  [
    'CreatePolicyVersion',
    { PolicyArn: boundary, PolicyDocument: document },
    '403 AccessDenied: Cannot create versions for policies outside your own account.',
  ],
  [
    'SetDefaultPolicyVersion',
    { PolicyArn: boundary, VersionId: 'v1' },
    '403 AccessDenied: Cannot update policies outside your own account.',
  ],
  [
    'DeletePolicyVersion',
    { PolicyArn: boundary, VersionId: 'v1' },
    '403 AccessDenied: Cannot delete policy versions for policies outside your own account.',
  ],
  [
    'TagPolicy',
    { PolicyArn: boundary, ...tags({ a: '' }) },
    invalid('Tags not supported for policies in this domain'),
  ],
  [
    'UntagPolicy',
    { PolicyArn: boundary, ...list('TagKeys', ['a']) },
    invalid('Tags not supported for policies in this domain'),
  ],
  ['CreatePolicyVersion', { PolicyArn: ghost, PolicyDocument: document }, notFound(ghost)],
  [
    'CreatePolicyVersion',
    { PolicyArn: arn('policy/many'), PolicyDocument: document },
    '409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  ],
  ['GetPolicyVersion', { PolicyArn: ghost, VersionId: 'v1' }, noVersion(ghost, 'v1')],
  [
    'GetPolicyVersion',
    { PolicyArn: arn('policy/Shelf'), VersionId: 'v9' },
    noVersion(arn('policy/Shelf'), 'v9'),
  ],
  ['GetPolicyVersion', { PolicyArn: boundary, VersionId: '1' }, one('versionId', versionPattern)],
  [
    'DeletePolicyVersion',
    { PolicyArn: arn('policy/Shelf'), VersionId: 'v1' },
    '409 DeleteConflict: Cannot delete the default version of a policy.',
  ],
  [
    'DeletePolicyVersion',
    { PolicyArn: arn('policy/Shelf'), VersionId: 'v9' },
    noVersion(arn('policy/Shelf'), 'v9'),
  ],
  ['SetDefaultPolicyVersion', { PolicyArn: ghost, VersionId: 'v1' }, noVersion(ghost, 'v1')],
  [
    'SetDefaultPolicyVersion',
    { PolicyArn: arn('policy/Shelf'), VersionId: 'v4' },
    noVersion(arn('policy/Shelf'), 'v4'),
  ],
  [
    'SetDefaultPolicyVersion',
    { PolicyArn: arn('policy/Shelf'), VersionId: '2' },
    one('versionId', versionPattern),
  ],
  ['ListPolicyVersions', { PolicyArn: ghost }, notFound(ghost)],
  ['ListEntitiesForPolicy', { PolicyArn: ghost }, notFound(ghost)],
  ['TagPolicy', { PolicyArn: ghost, ...tags({ a: '' }) }, notFound(ghost)],
  ['UntagPolicy', { PolicyArn: ghost, ...list('TagKeys', ['a']) }, notFound(ghost)],
  ['ListPolicyTags', { PolicyArn: ghost }, notFound(ghost)],
  // Instance profiles.
  ['CreateInstanceProfile', { InstanceProfileName: 'HOST' }, exists('Instance Profile HOST')],
  ['GetInstanceProfile', { InstanceProfileName: 'ghost' }, noProfile('ghost')],
  ['DeleteInstanceProfile', { InstanceProfileName: 'ghost' }, noProfile('ghost')],
  [
    'DeleteInstanceProfile',
    { InstanceProfileName: 'Host' },
    conflict('remove roles from instance profile'),
  ],
  [
    'AddRoleToInstanceProfile',
    { InstanceProfileName: 'ghost', RoleName: 'Worker' },
    noProfile('ghost'),
  ],
  ['AddRoleToInstanceProfile', { InstanceProfileName: 'bare', RoleName: 'ghost' }, noRole('ghost')],
  [
    'AddRoleToInstanceProfile',
    { InstanceProfileName: 'Host', RoleName: 'idle' },
    limit('InstanceSessionsPerInstanceProfile: 1'),
  ],
  [
    'AddRoleToInstanceProfile',
    { InstanceProfileName: 'Host', RoleName: 'Worker' },
    limit('InstanceSessionsPerInstanceProfile: 1'),
  ],
  [
    'RemoveRoleFromInstanceProfile',
    { InstanceProfileName: 'ghost', RoleName: 'Worker' },
    noProfile('ghost'),
  ],
  [
    'RemoveRoleFromInstanceProfile',
    { InstanceProfileName: 'bare', RoleName: 'ghost' },
    noRole('ghost'),
  ],
  [
    'RemoveRoleFromInstanceProfile',
    { InstanceProfileName: 'bare', RoleName: 'Worker' },
    none('Role Worker in Instance Profile bare cannot be found.'),
  ],
  ['TagInstanceProfile', { InstanceProfileName: 'ghost', ...tags({ a: '' }) }, noProfile('ghost')],
  [
    'UntagInstanceProfile',
    { InstanceProfileName: 'ghost', ...list('TagKeys', ['a']) },
    noProfile('ghost'),
  ],
  ['ListInstanceProfileTags', { InstanceProfileName: 'ghost' }, noProfile('ghost')],
  // Lists.
  ...['ListUsers', 'ListGroups', 'ListRoles', 'ListInstanceProfiles', 'ListPolicies'].flatMap(
    (action) =>
      [
        [action, { MaxItems: 0 }, one('maxItems', 'have value greater than or equal to 1')],
        [action, { MaxItems: 1001 }, one('maxItems', 'have value less than or equal to 1000')],
        [
          action,
          { Marker: '' },
          two(
            'marker',
            'satisfy regular expression pattern: [\\u0020-\\u00FF]+',
            'have length greater than or equal to 1',
          ),
        ],
      ] as [string, Parameters, string][],
  ),
  [
    'ListUsers',
    { PathPrefix: 'x' },
    '400 ValidationError: The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  ],
  ['ListUsers', { Marker: 'x' }, '400 ValidationError: Invalid Marker.'],
  [
    'GetAccountAuthorizationDetails',
    { Marker: 'x' },
    '400 ValidationError: Marker and Filter do not match',
  ],
  [
    'GetAccountAuthorizationDetails',
    { 'Filter.member.1': 'Nobody' },
    one(
      'filter',
      'satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]',
    ),
  ],
  // The account.
  [
    'CreateAccountAlias',
    { AccountAlias: 'ab' },
    two(
      'accountAlias',
      'satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$',
      'have length greater than or equal to 3',
    ),
  ],
  [
    'DeleteAccountAlias',
    { AccountAlias: 'not-there' },
    none('The account alias not-there cannot be found.'),
  ],
]

for (const [action, parameters, answer] of rows) {
  const shown = JSON.stringify(parameters).slice(0, 100)
  test(`${action} ${shown}: ${answer.slice(0, 60)}`, async () => {
    assert.equal((await wire.iam(wire.root, action, parameters)).summary, answer)
  })
}

test('only AWS itself expires an access key, and the key stays as it was', async () => {
  const { iam, root } = wire
  const update = { UserName: 'Ada', AccessKeyId: keyOfAda, Status: 'Expired' }
  const answer = await iam(root, 'UpdateAccessKey', update)
  assert.equal(answer.summary, invalid('Operation does not support status Expired'))
  const keys = await iam(root, 'ListAccessKeys', { UserName: 'Ada' })
  assert.equal(keys.text('AccessKeyMetadata.0.Status'), 'Active')
})

test('DeleteUser names its obstacles in AWS’s order', async () => {
  const { iam, root } = wire
  const removals: readonly (readonly [string, string, Parameters])[] = [
    ['detach all policies', 'DetachUserPolicy', { PolicyArn: arn('policy/Shelf') }],
    ['delete policies', 'DeleteUserPolicy', { PolicyName: 'own' }],
    ['delete access keys', 'DeleteAccessKey', {}],
    ['remove users from group', 'RemoveUserFromGroup', { GroupName: 'Staff' }],
  ]
  const of = { UserName: 'bob' }
  for (const [what, action, parameters] of removals) {
    const refused = await iam(root, 'DeleteUser', of)
    assert.equal(refused.summary, conflict(what))
    const AccessKeyId =
      action === 'DeleteAccessKey'
        ? (await iam(root, 'ListAccessKeys', of)).text('AccessKeyMetadata.0.AccessKeyId')
        : undefined
    assert.equal((await iam(root, action, { ...of, ...parameters, AccessKeyId })).summary, '200 OK')
  }
  assert.equal((await iam(root, 'DeleteUser', of)).summary, '200 OK')
  assert.equal((await iam(root, 'GetUser', of)).summary, noUser('bob'))
})
