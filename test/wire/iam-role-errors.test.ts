import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arn,
  boundary,
  conflict,
  duplicateTags,
  exists,
  fiftyOne,
  ghost,
  invalid,
  limit,
  long,
  malformed,
  none,
  noProfile,
  noRole,
  one,
  type Row,
  tagKeysRule,
  testRows,
  trust,
} from './iam-errors.fixture.ts'
import { account, list, tags, trusting } from './wire-service.ts'

/** Roles and instance profiles. */
const rows: readonly Row[] = [
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
    { RoleName: 'new', AssumeRolePolicyDocument: trust, Path: '/aws-service-role/x/' },
    `400 InvalidInput: Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles`,
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
]

const { wire } = testRows(rows)

test('a service-linked role with a name of 64 characters is the longest that is made', async () => {
  const { iam, root } = wire()
  const named = async (length: number): Promise<string> => {
    const CustomSuffix = long(length - 'AWSServiceRoleForAutoScaling_'.length)
    const service = { AWSServiceName: 'autoscaling.amazonaws.com', CustomSuffix }
    return (await iam(root, 'CreateServiceLinkedRole', service)).summary
  }
  assert.equal(await named(64), '200 OK')
  assert.equal(await named(65), one('roleName', 'have length less than or equal to 64'))
})
