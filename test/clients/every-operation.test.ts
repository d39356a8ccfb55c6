import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IAM, IAMServiceException } from '@aws-sdk/client-iam'
import { STS } from '@aws-sdk/client-sts'
import { iamOperations } from '../../src/iam/operations.ts'
import { notBuilt } from '../../src/request/operation.ts'
import { stsOperations } from '../../src/sts/operations.ts'
import { startWatchword } from '../../src/testing.ts'
import { type Call, iamCalls } from './iam-calls.ts'

const region = 'us-east-1'
const built = (table: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(table)
    .filter((name) => table[name] !== notBuilt)
    .sort()

type Client = Readonly<Record<string, (input: object) => Promise<object>>>

async function callEach(client: Client, calls: readonly Call[]): Promise<string[]> {
  for (const [operation, input, expected = {}] of calls) {
    const method = `${operation[0]?.toLowerCase()}${operation.slice(1)}`
    const answer = await client[method]?.(input).catch((error: unknown) => {
      if (typeof expected === 'string' && error instanceof IAMServiceException) return error
      throw new Error(`${operation} ${JSON.stringify(input)}: ${error}`, { cause: error })
    })
    if (typeof expected === 'string') {
      assert.ok(answer instanceof IAMServiceException, `${operation} was not refused`)
      assert.equal(`${answer.name}: ${answer.message}`, expected)
    } else {
      assert.partialDeepStrictEqual(answer, expected, `${operation} ${JSON.stringify(input)}`)
    }
  }
  return [...new Set(calls.map(([operation]) => operation))].sort()
}

test('every IAM operation that is built answers the JavaScript SDK in a form that it reads', async () => {
  await using service = await startWatchword()
  const { endpoint, rootKey: credentials } = service
  const iam = new IAM({ endpoint, region, credentials })
  const called = await callEach(iam as unknown as Client, iamCalls)
  const keys = ['CreateAccessKey', 'DeleteAccessKey', 'GetAccessKeyLastUsed', 'UpdateAccessKey']
  const { AccessKey } = await iam.createAccessKey({ UserName: 'ada' })
  const AccessKeyId = AccessKey?.AccessKeyId
  await iam.updateAccessKey({ UserName: 'ada', AccessKeyId, Status: 'Inactive' })
  const { UserName, AccessKeyLastUsed } = await iam.getAccessKeyLastUsed({ AccessKeyId })
  assert.deepEqual([UserName, AccessKeyLastUsed?.ServiceName], ['ada', 'N/A'])
  await iam.deleteAccessKey({ UserName: 'ada', AccessKeyId })
  const linkedService = { AWSServiceName: 'autoscaling.amazonaws.com', CustomSuffix: 'sdk' }
  const { Role } = await iam.createServiceLinkedRole(linkedService)
  const { DeletionTaskId } = await iam.deleteServiceLinkedRole({ RoleName: Role?.RoleName })
  const { Status } = await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })
  assert.equal(Status, 'SUCCEEDED')
  const linked = ['CreateServiceLinkedRole', 'DeleteServiceLinkedRole']
  const deletion = 'GetServiceLinkedRoleDeletionStatus'
  assert.deepEqual([...called, ...keys, ...linked, deletion].sort(), built(iamOperations))
})

test('every STS operation that is built answers the JavaScript SDK in a form that it reads', async () => {
  await using service = await startWatchword()
  const { endpoint, rootKey } = service
  const iam = new IAM({ endpoint, region, credentials: rootKey })
  await iam.createUser({ UserName: 'ada' })
  const { AccessKey } = await iam.createAccessKey({ UserName: 'ada' })
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  const statement = (body: object) => JSON.stringify({ Version: '2012-10-17', Statement: [body] })
  const { User } = await iam.getUser({ UserName: 'ada' })
  const actions = ['sts:AssumeRole', 'sts:SetSourceIdentity']
  const trust = { Effect: 'Allow', Action: actions, Principal: { AWS: User?.Arn } }
  const { Role } = await iam.createRole({
    RoleName: 'deploy',
    AssumeRolePolicyDocument: statement(trust),
  })
  const all = { Effect: 'Allow', Action: 'sts:*', Resource: '*' }
  await iam.putUserPolicy({
    UserName: 'ada',
    PolicyName: 'sts',
    PolicyDocument: statement(all),
  })
  const RoleArn = Role?.Arn
  const sts = new STS({ endpoint, region, credentials })
  const arn = `arn:aws:sts::${service.account}:assumed-role/deploy/one`
  const assumed = await sts.assumeRole({ RoleArn, RoleSessionName: 'one', SourceIdentity: 'ada' })
  assert.equal(assumed.AssumedRoleUser?.Arn, arn)
  assert.equal(assumed.SourceIdentity, 'ada')
  assert.match(assumed.Credentials?.AccessKeyId ?? '', /^ASIA/)
  assert.ok(assumed.Credentials?.Expiration instanceof Date)
  const { AccessKeyId } = assumed.Credentials
  const token = await sts.getSessionToken({})
  assert.match(token.Credentials?.AccessKeyId ?? '', /^ASIA/)
  const guest = await sts.getFederationToken({ Name: 'bob', Policy: statement(all) })
  assert.equal(guest.FederatedUser?.FederatedUserId, `${service.account}:bob`)
  assert.equal((await sts.getAccessKeyInfo({ AccessKeyId })).Account, service.account)
  assert.equal((await sts.getCallerIdentity({})).UserId, User?.UserId)
  await assert.rejects(sts.decodeAuthorizationMessage({ EncodedMessage: 'forged-message' }), {
    name: 'InvalidAuthorizationMessageException',
  })
  assert.deepEqual(built(stsOperations), [
    'AssumeRole',
    'DecodeAuthorizationMessage',
    'GetAccessKeyInfo',
    'GetCallerIdentity',
    'GetFederationToken',
    'GetSessionToken',
  ])
})
