import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import { startWatchword, type TestService } from '../../src/testing.ts'
import { type Credentials, clientEnvironment, missingTool, runTool } from './run-tool.ts'

/** The AWS CLI as an operator uses it. It has no correction of clock skew and goes on signing by the machine's clock. */
let skipped: string | undefined
let service: TestService

before(async () => {
  skipped = await missingTool('aws', ['--version'], 'the AWS CLI, version 1 or 2, is needed')
  if (!skipped) service = await startWatchword()
})
after(() => service?.stop())
beforeEach(async () => {
  if (skipped) return
  await post('reset', {})
  await post('clock', { now: new Date().toISOString() })
})

async function post(route: 'reset' | 'clock', body: object): Promise<void> {
  const url = `${service.endpoint}/_watchword/${route}`
  const { ok, status } = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  assert.ok(ok, `${route}: ${status}`)
}

const account = '123456789012'
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`

/** Runs the CLI; gives what it printed, as JSON when it is that. */
async function aws(as: Credentials, ...args: readonly string[]): Promise<CliAnswer> {
  const { status, stdout, stderr } = await runTool('aws', ['--output', 'json', ...args], {
    env: clientEnvironment(service, as),
  })
  return { status, value: stdout === '' ? {} : JSON.parse(stdout), error: stderr.trim() }
}

interface CliAnswer {
  readonly status: number
  readonly value: Record<string, never>
  readonly error: string
}

async function ok(as: Credentials, ...args: readonly string[]): Promise<Record<string, never>> {
  const { status, value, error } = await aws(as, ...args)
  assert.equal(status, 0, `aws ${args.join(' ')}: ${error}`)
  return value
}

async function refused(
  expected: RegExp,
  as: Credentials,
  ...args: readonly string[]
): Promise<void> {
  const { status, error } = await aws(as, ...args)
  assert.notEqual(status, 0, `aws ${args.join(' ')} was not refused`)
  assert.match(error, expected)
}

interface CliCredentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken?: string
}

const credentials = (given: CliCredentials): Credentials => ({
  accessKeyId: given.AccessKeyId,
  secretAccessKey: given.SecretAccessKey,
  sessionToken: given.SessionToken,
})

const statement = (body: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [body] })
const allow = (action: string): string =>
  statement({ Effect: 'Allow', Action: action, Resource: '*' })

const putPolicy = (role: string, name: string, document: string): readonly string[] => [
  'iam',
  'put-role-policy',
  '--role-name',
  role,
  '--policy-name',
  name,
  '--policy-document',
  document,
]

const trustOfAda = statement({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: `arn:aws:iam::${account}:user/ada` },
})

/** User `ada` with a key, and roles that trust her and may list users: made by SDK, for the CLI starts slowly. */
async function accountWith(...roles: readonly string[]): Promise<Credentials> {
  const { endpoint, rootKey } = service
  const iam = new IAM({ endpoint, region: 'us-east-1', credentials: rootKey })
  await iam.createUser({ UserName: 'ada' })
  for (const RoleName of roles) {
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trustOfAda })
    const PolicyDocument = allow('iam:ListUsers')
    await iam.putRolePolicy({ RoleName, PolicyName: 'list', PolicyDocument })
  }
  const { AccessKey } = await iam.createAccessKey({ UserName: 'ada' })
  return credentials(AccessKey as CliCredentials)
}

async function assume(as: Credentials, role: string, seconds = 3600): Promise<Credentials> {
  const flags = [
    '--role-arn',
    roleArn(role),
    '--role-session-name',
    'first',
    '--duration-seconds',
    `${seconds}`,
  ]
  const { Credentials: given } = await ok(as, 'sts', 'assume-role', ...flags)
  return credentials(given as unknown as CliCredentials)
}

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
