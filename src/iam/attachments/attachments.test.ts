import assert from 'node:assert/strict'
import { test } from 'node:test'
import { otherAccount, testAccount, testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const UserName = 'ada'
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const PolicyDocument =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'

async function iamWithUser() {
  const iam = await testIam(iamOperations)
  await iam.call('CreateUser', { UserName })
  const own = async (PolicyName: string, Path = '/') => {
    const { Policy } = await iam.call('CreatePolicy', { PolicyName, Path, PolicyDocument })
    return Policy?.Arn ?? ''
  }
  return { ...iam, own }
}

test('attaching twice is attaching once; detaching twice is an error', async () => {
  const { call } = await iamWithUser()
  await call('AttachUserPolicy', { UserName, PolicyArn: readOnly })
  await call('AttachUserPolicy', { UserName: 'ADA', PolicyArn: readOnly })
  assert.deepEqual(await call('ListAttachedUserPolicies', { UserName }), {
    AttachedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: readOnly }],
    IsTruncated: false,
  })
  await call('DetachUserPolicy', { UserName, PolicyArn: readOnly })
  await assert.rejects(call('DetachUserPolicy', { UserName, PolicyArn: readOnly }), {
    code: 'NoSuchEntity',
    message: `Policy ${readOnly} was not found.`,
  })
})

test('attachments count for the policy until they are gone', async () => {
  const { call, own } = await iamWithUser()
  const PolicyArn = await own('mine')
  await call('CreateGroup', { GroupName: 'g' })
  await call('AttachUserPolicy', { UserName, PolicyArn })
  await call('AttachGroupPolicy', { GroupName: 'g', PolicyArn })
  assert.equal((await call('GetPolicy', { PolicyArn })).Policy?.AttachmentCount, 2)
  await call('DetachUserPolicy', { UserName, PolicyArn })
  assert.equal((await call('GetPolicy', { PolicyArn })).Policy?.AttachmentCount, 1)
})

test('a policy that is not there, or is another account’s, cannot be attached', async () => {
  const { call } = await iamWithUser()
  for (const PolicyArn of [
    `arn:aws:iam::${testAccount}:policy/none`,
    `arn:aws:iam::${otherAccount}:policy/none`,
    'arn:aws:iam::aws:policy/NoSuchPolicyOfAws',
  ]) {
    await assert.rejects(call('AttachUserPolicy', { UserName, PolicyArn }), {
      code: 'NoSuchEntity',
      message: `Policy ${PolicyArn} does not exist or is not attachable.`,
    })
  }
})

test('policies reserved to AWS are refused, those of service roles are not', async () => {
  const { call } = await iamWithUser()
  const reserved = 'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy'
  await assert.rejects(call('AttachUserPolicy', { UserName, PolicyArn: reserved }), {
    code: 'PolicyNotAttachable',
    message: 'Cannot attach AWS reserved policy to an IAM user.',
  })
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
  await call('AttachUserPolicy', { UserName, PolicyArn })
})

test('ten policies are attached at most', async () => {
  const { call, own } = await iamWithUser()
  const arns: string[] = []
  for (let n = 0; n < 11; n++) arns.push(await own(`p${n}`))
  for (const PolicyArn of arns.slice(0, 10)) await call('AttachUserPolicy', { UserName, PolicyArn })
  await assert.rejects(call('AttachUserPolicy', { UserName, PolicyArn: arns[10] ?? '' }), {
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for PoliciesPerUser: 10',
  })
  await call('AttachUserPolicy', { UserName, PolicyArn: arns[0] ?? '' })
})

test('attached policies are listed below a path and page by name', async () => {
  const { call, own } = await iamWithUser()
  const arns = [await own('b', '/t/'), await own('A', '/t/'), await own('c')]
  for (const PolicyArn of [...arns, readOnly])
    await call('AttachUserPolicy', { UserName, PolicyArn })
  const names = async (input: { PathPrefix?: string; MaxItems?: number; Marker?: string }) => {
    const { AttachedPolicies, Marker } = await call('ListAttachedUserPolicies', {
      UserName,
      ...input,
    })
    return { names: AttachedPolicies?.map(({ PolicyName }) => PolicyName), Marker }
  }
  assert.deepEqual((await names({})).names, ['A', 'b', 'c', 'ReadOnlyAccess'])
  const first = await names({ PathPrefix: '/t/', MaxItems: 1 })
  assert.deepEqual(first.names, ['A'])
  const rest = await names({ PathPrefix: '/t/', Marker: first.Marker ?? '' })
  assert.deepEqual(rest, { names: ['b'], Marker: undefined })
})

test('a text that is no policy ARN is refused', async () => {
  const { call } = await iamWithUser()
  await assert.rejects(call('AttachUserPolicy', { UserName, PolicyArn: 'x'.repeat(20) }), {
    code: 'ValidationError',
    message: `ARN ${'x'.repeat(20)} is not valid.`,
  })
})

test('which policy, and the boundary, are told to authorization', async () => {
  const { access, call } = await iamWithUser()
  await call('PutUserPermissionsBoundary', { UserName, PermissionsBoundary: readOnly })
  const [attach] = await access('AttachUserPolicy', { UserName, PolicyArn: readOnly })
  const [detach] = await access('DetachUserPolicy', { UserName, PolicyArn: readOnly })
  const context = { 'iam:policyarn': readOnly, 'iam:permissionsboundary': readOnly }
  assert.deepEqual(attach?.context, context)
  assert.deepEqual(detach?.context, context)
  const [list] = await access('ListAttachedUserPolicies', { UserName })
  assert.equal(list?.context, undefined)
})
