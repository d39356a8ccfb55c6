import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, refused, roleArn, service, skipped } from './aws-cli.fixture.ts'

/** What the AWS CLI makes of pages, tags and errors. */
test('the AWS CLI waits, pages, tags and shows errors by code', async (t) => {
  if (skipped) return t.skip(skipped)
  const root = service.rootKey
  await ok(
    root,
    'iam',
    'create-user',
    '--user-name',
    'u1',
    '--path',
    '/team/',
    '--tags',
    'Key=cost center,Value=a=b+c@d',
    'Key=empty,Value=',
  )
  await ok(root, 'iam', 'wait', 'user-exists', '--user-name', 'u1')
  for (const name of ['u2', 'u3']) await ok(root, 'iam', 'create-user', '--user-name', name)
  const paged = await ok(
    root,
    'iam',
    'list-users',
    '--page-size',
    '1',
    '--query',
    'Users[].UserName',
  )
  assert.deepEqual(paged, ['u1', 'u2', 'u3'])
  const first = await ok(root, 'iam', 'list-users', '--max-items', '2')
  assert.ok(first.NextToken)
  const rest = await ok(root, 'iam', 'list-users', '--starting-token', first.NextToken)
  assert.deepEqual(
    (rest.Users as unknown as { UserName: string }[]).map((user) => user.UserName),
    ['u3'],
  )
  const { User } = (await ok(root, 'iam', 'get-user', '--user-name', 'u1')) as {
    User?: { Tags: object }
  }
  assert.deepEqual(User?.Tags, [
    { Key: 'cost center', Value: 'a=b+c@d' },
    { Key: 'empty', Value: '' },
  ])
  await refused(
    /\(NoSuchEntity\) when calling the GetUser operation: The user with name nobody cannot be found\./,
    root,
    'iam',
    'get-user',
    '--user-name',
    'nobody',
  )
  await refused(/\(EntityAlreadyExists\)/, root, 'iam', 'create-user', '--user-name', 'U1')
  await refused(
    /\(MalformedPolicyDocument\)/,
    root,
    'iam',
    'create-policy',
    '--policy-name',
    'p',
    '--policy-document',
    '{"Version":',
  )
  await refused(
    /Roles may not be assumed by root accounts/,
    root,
    'sts',
    'assume-role',
    '--role-arn',
    roleArn('deploy'),
    '--role-session-name',
    'root',
  )
  await refused(
    /\(InvalidClientTokenId\)/,
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
    'sts',
    'get-caller-identity',
  )
  await refused(
    /\(SignatureDoesNotMatch\)/,
    { ...root, secretAccessKey: 'wrong' },
    'sts',
    'get-caller-identity',
  )
})
