import assert from 'node:assert/strict'
import { after, beforeEach } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import type { Credentials } from '../../src/sigv4/index.ts'
import { startWatchword } from '../../src/testing.ts'
import { clientEnvironment, missingTool, runTool } from './run-tool.ts'

/** The AWS CLI as an operator uses it. It has no correction of clock skew and goes on signing by the machine's clock. */
export const skipped = await missingTool(
  'aws',
  ['--version'],
  'the AWS CLI, version 1 or 2, is needed',
)
export const service = await startWatchword()
after(() => service.stop())
beforeEach(async () => {
  await post('reset', {})
  await post('clock', { now: new Date().toISOString() })
})

export async function post(route: 'reset' | 'clock', body: object): Promise<void> {
  const url = `${service.endpoint}/_watchword/${route}`
  const { ok, status } = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  assert.ok(ok, `${route}: ${status}`)
}

export const account = '123456789012'
export const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`

/** Runs the CLI; gives what it printed, as JSON when it is that. */
export async function aws(as: Credentials, ...args: readonly string[]): Promise<CliAnswer> {
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

export async function ok(
  as: Credentials,
  ...args: readonly string[]
): Promise<Record<string, never>> {
  const { status, value, error } = await aws(as, ...args)
  assert.equal(status, 0, `aws ${args.join(' ')}: ${error}`)
  return value
}

export async function refused(
  expected: RegExp,
  as: Credentials,
  ...args: readonly string[]
): Promise<void> {
  const { status, error } = await aws(as, ...args)
  assert.notEqual(status, 0, `aws ${args.join(' ')} was not refused`)
  assert.match(error, expected)
}

export interface CliCredentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken?: string
}

export const credentials = (given: CliCredentials): Credentials => ({
  accessKeyId: given.AccessKeyId,
  secretAccessKey: given.SecretAccessKey,
  sessionToken: given.SessionToken,
})

export const statement = (body: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [body] })
export const allow = (action: string): string =>
  statement({ Effect: 'Allow', Action: action, Resource: '*' })

export const putPolicy = (role: string, name: string, document: string): readonly string[] => [
  'iam',
  'put-role-policy',
  '--role-name',
  role,
  '--policy-name',
  name,
  '--policy-document',
  document,
]

export const trustOfAda = statement({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: `arn:aws:iam::${account}:user/ada` },
})

/** User `ada` with a key, and roles that trust her and may list users: made by SDK, for the CLI starts slowly. */
export async function accountWith(...roles: readonly string[]): Promise<Credentials> {
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

export async function assume(as: Credentials, role: string, seconds = 3600): Promise<Credentials> {
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
