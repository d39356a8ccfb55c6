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
  none,
  noUser,
  one,
  type Row,
  reserved,
  testRows,
} from './iam-errors.fixture.ts'
import { account, list, type Parameters, tags } from './wire-service.ts'

/** Users and their access keys. */
const rows: readonly Row[] = [
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
]

const { wire } = testRows(rows)

test('only AWS itself expires an access key, and the key stays as it was', async () => {
  const { iam, root } = wire()
  const before = await iam(root, 'ListAccessKeys', { UserName: 'Ada' })
  const AccessKeyId = before.text('AccessKeyMetadata.0.AccessKeyId')
  const update = { UserName: 'Ada', AccessKeyId, Status: 'Expired' }
  const answer = await iam(root, 'UpdateAccessKey', update)
  assert.equal(answer.summary, invalid('Operation does not support status Expired'))
  const keys = await iam(root, 'ListAccessKeys', { UserName: 'Ada' })
  assert.equal(keys.text('AccessKeyMetadata.0.Status'), 'Active')
})

test('DeleteUser names its obstacles in AWS’s order', async () => {
  const { iam, root } = wire()
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
