import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  account,
  accountWith,
  allow,
  assume,
  type CliCredentials,
  credentials,
  ok,
  post,
  putPolicy,
  refused,
  roleArn,
  service,
  skipped,
  statement,
  trustOfAda,
} from './aws-cli.fixture.ts'
import { clientEnvironment, runTool } from './run-tool.ts'

/** Sessions by the AWS CLI: assumed, expired, revoked. */
test('the AWS CLI walks from a user to a role, and a changed policy reaches live credentials at once', async (t) => {
  if (skipped) return t.skip(skipped)
  const root = service.rootKey
  await ok(root, 'iam', 'create-user', '--user-name', 'ada')
  const { AccessKey } = await ok(root, 'iam', 'create-access-key', '--user-name', 'ada')
  const ada = credentials(AccessKey as unknown as CliCredentials)
  const trust = ['--assume-role-policy-document', trustOfAda]
  await ok(root, 'iam', 'create-role', '--role-name', 'deploy', ...trust)
  await ok(root, ...putPolicy('deploy', 'list', allow('iam:ListUsers')))
  const deploy = await assume(ada, 'deploy')
  const identity = await ok(deploy, 'sts', 'get-caller-identity')
  assert.equal(identity.Arn, `arn:aws:sts::${account}:assumed-role/deploy/first`)
  const listed = await ok(deploy, 'iam', 'list-users', '--query', 'Users[].UserName')
  assert.deepEqual(listed, ['ada'])
  await refused(
    /\(AccessDenied\) when calling the CreateUser operation: User: arn:aws:sts::123456789012:assumed-role\/deploy\/first is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user\/mallory because no identity-based policy allows the iam:CreateUser action/,
    deploy,
    ...['iam', 'create-user', '--user-name', 'mallory'],
  )
  await refused(
    /AccessDenied.*sts:AssumeRole/,
    deploy,
    'sts',
    'assume-role',
    '--role-arn',
    roleArn('deploy'),
    '--role-session-name',
    'again',
  )

  await ok(
    service.rootKey,
    'iam',
    'delete-role-policy',
    '--role-name',
    'deploy',
    '--policy-name',
    'list',
  )
  await refused(/AccessDenied.*iam:ListUsers/, deploy, 'iam', 'list-users')
  await ok(service.rootKey, ...putPolicy('deploy', 'list', allow('iam:List*')))
  await ok(deploy, 'iam', 'list-users')
  await ok(deploy, 'iam', 'list-roles')
})

test('the AWS CLI is told that credentials expired once the clock passes their time', async (t) => {
  if (skipped) return t.skip(skipped)
  const ada = await accountWith('deploy')
  const short = await assume(ada, 'deploy', 900)
  const long = await assume(ada, 'deploy', 3600)
  await ok(short, 'iam', 'list-users')
  await post('clock', { advanceSeconds: 1800 })
  await refused(
    /\(ExpiredToken\) when calling the ListUsers operation: The security token included in the request is expired/,
    short,
    ...['iam', 'list-users'],
  )
  await ok(long, 'iam', 'list-users')
  await post('clock', { advanceSeconds: 1800 })
  await refused(/\(ExpiredToken\)/, long, 'iam', 'list-users')
  await ok(await assume(ada, 'deploy'), 'iam', 'list-users')
})

test('AWSRevokeOlderSessions ends the sessions of its role alone, and a later session works', async (t) => {
  if (skipped) return t.skip(skipped)
  const ada = await accountWith('deploy', 'other')
  const [leaked, other] = await Promise.all([assume(ada, 'deploy'), assume(ada, 'other')])
  await post('clock', { advanceSeconds: 60 })
  const before = new Date(service.clock.now() - 5000).toISOString()
  const revoke = statement({
    Effect: 'Deny',
    Action: ['*'],
    Resource: ['*'],
    Condition: { DateLessThan: { 'aws:TokenIssueTime': before } },
  })
  await ok(service.rootKey, ...putPolicy('deploy', 'AWSRevokeOlderSessions', revoke))
  await refused(
    /AccessDenied.*with an explicit deny in an identity-based policy/,
    leaked,
    'iam',
    'list-users',
  )
  await ok(leaked, 'sts', 'get-caller-identity')
  await ok(other, 'iam', 'list-users')
  await ok(await assume(ada, 'deploy'), 'iam', 'list-users')
  await ok(
    service.rootKey,
    'iam',
    'delete-role-policy',
    '--role-name',
    'deploy',
    '--policy-name',
    'AWSRevokeOlderSessions',
  )
  await ok(leaked, 'iam', 'list-users')
})

test('watchword revoke-sessions ends every session issued until then, and a session right after it works', async (t) => {
  if (skipped) return t.skip(skipped)
  const ada = await accountWith('deploy', 'other')
  const [leaked, other] = await Promise.all([assume(ada, 'deploy'), assume(ada, 'other')])
  const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
  const revoked = await runTool(
    process.execPath,
    [main, 'revoke-sessions', '--role', 'deploy', '--json'],
    {
      env: clientEnvironment(service),
    },
  )
  assert.equal(revoked.status, 0, revoked.stderr)
  assert.equal(JSON.parse(revoked.stdout).policyName, 'AWSRevokeOlderSessions')
  await refused(/AccessDenied.*explicit deny/, leaked, 'iam', 'list-users')
  await ok(other, 'iam', 'list-users')
  await ok(await assume(ada, 'deploy'), 'iam', 'list-users')
})
