import {
  arn,
  boundary,
  document,
  fiftyOne,
  ghost,
  invalid,
  limit,
  long,
  notFound,
  noVersion,
  one,
  type Row,
  testRows,
  unattachable,
  versionPattern,
} from './iam-errors.fixture.ts'
import { allow, list, tags } from './wire-service.ts'

/** Managed policies, the account’s own and those of AWS. */
const rows: readonly Row[] = [
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
  ['ListEntitiesForPolicy', { PolicyArn: ghost }, unattachable(ghost)],
  ['TagPolicy', { PolicyArn: ghost, ...tags({ a: '' }) }, notFound(ghost)],
  ['UntagPolicy', { PolicyArn: ghost, ...list('TagKeys', ['a']) }, notFound(ghost)],
  ['ListPolicyTags', { PolicyArn: ghost }, notFound(ghost)],
]

testRows(rows)
