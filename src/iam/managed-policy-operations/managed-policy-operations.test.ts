import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { managedPolicyOperations } from './managed-policy-operations.ts'

const allowAll =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess'
const policyArn = (name: string): string => `arn:aws:iam::${testAccount}:policy/${name}`

const start = (): Promise<TestIam> => testIam(managedPolicyOperations)

const create = async ({ call }: TestIam, name: string): Promise<string> => {
  const { Policy } = await call('CreatePolicy', { PolicyName: name, PolicyDocument: allowAll })
  return Policy?.Arn ?? ''
}

test('CreatePolicy answers no description; GetPolicy does, with tags even when there are none', async () => {
  const { call } = await start()
  const { Policy } = await call('CreatePolicy', {
    PolicyName: 'Own',
    Path: '/x/',
    PolicyDocument: allowAll,
    Description: 'mine',
  })
  assert.match(Policy?.PolicyId ?? '', /^ANPA[A-Z2-7]{17}$/)
  const at = Date.parse('2026-01-01T00:00:00Z')
  const listed = {
    PolicyName: 'Own',
    PolicyId: Policy?.PolicyId,
    Arn: policyArn('x/Own'),
    Path: '/x/',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: at,
    UpdateDate: at,
  }
  assert.deepEqual(Policy, listed)
  const got = await call('GetPolicy', { PolicyArn: policyArn('x/Own') })
  assert.deepEqual(got.Policy, { ...listed, Description: 'mine', Tags: [] })
  assert.deepEqual((await call('ListPolicies', { Scope: 'Local' })).Policies, [listed])
  const tags = [{ Key: 'a', Value: '' }]
  const tagged = await call('CreatePolicy', {
    PolicyName: 'T',
    PolicyDocument: allowAll,
    Tags: tags,
  })
  assert.deepEqual(tagged.Policy?.Tags, tags)
})

test('names of policies are taken in every case and under every path', async () => {
  const iam = await start()
  await create(iam, 'Own')
  const again = { PolicyName: 'OWN', Path: '/other/', PolicyDocument: allowAll }
  await assert.rejects(iam.call('CreatePolicy', again), {
    code: 'EntityAlreadyExists',
    message: 'A policy called OWN already exists. Duplicate names are not allowed.',
  })
})

test('an ARN names a policy exactly, or is refused for what is wrong with it', async () => {
  const iam = await start()
  const arn = await create(iam, 'Own')
  const get = (PolicyArn: string): Promise<unknown> => iam.call('GetPolicy', { PolicyArn })
  await get(arn)
  for (const missing of [policyArn('own'), policyArn('x/Own'), `${administrator}s`]) {
    await assert.rejects(get(missing), {
      code: 'NoSuchEntity',
      message: `Policy ${missing} was not found.`,
    })
  }
  await assert.rejects(get('arn:aws-cn:iam::aws:policy/AdministratorAccess'), {
    code: 'ValidationError',
    message: 'Invalid ARN partition',
  })
  await assert.rejects(get('policy-without-any-colon'), {
    code: 'ValidationError',
    message: 'Invalid ARN:  Could not be parsed!',
  })
  const role = `arn:aws:iam::${testAccount}:role/Own`
  await assert.rejects(get(role), { code: 'ValidationError', message: `ARN ${role} is not valid.` })
})

test('a faulty document is MalformedPolicyDocument, one over 6,144 characters LimitExceeded', async () => {
  const { call } = await start()
  const make = (PolicyName: string, PolicyDocument: string): Promise<unknown> =>
    call('CreatePolicy', { PolicyName, PolicyDocument })
  await assert.rejects(make('a', '{}'), {
    code: 'MalformedPolicyDocument',
    message: 'Syntax errors in policy.',
  })
  const filled = (size: number): string =>
    allowAll.replace('"*","Resource"', `"s3:${'x'.repeat(size - allowAll.length - 2)}","Resource"`)
  assert.equal(filled(6144).length, 6144)
  await make('b', filled(6144).replaceAll('":', '":\n    '))
  await assert.rejects(make('c', filled(6145)), {
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for PolicySize: 6144',
  })
})

test('AWS’s policies can be read and not changed, whether they exist or not', async () => {
  const { call } = await start()
  const { Policy } = await call('GetPolicy', { PolicyArn: administrator })
  assert.deepEqual(
    [Policy?.PolicyName, Policy?.Path, Policy?.Tags],
    ['AdministratorAccess', '/', []],
  )
  const version = await call('GetPolicyVersion', {
    PolicyArn: administrator,
    VersionId: Policy?.DefaultVersionId ?? '',
  })
  assert.match(decodeURIComponent(version.PolicyVersion?.Document ?? ''), /"Action":"\*"/)
  assert.deepEqual(await call('ListPolicyTags', { PolicyArn: administrator }), {
    Tags: [],
    IsTruncated: false,
  })
  for (const PolicyArn of [administrator, 'arn:aws:iam::aws:policy/no-such-policy']) {
    const refusals: [Promise<unknown>, string][] = [
      [call('DeletePolicy', { PolicyArn }), 'Cannot delete policies'],
      [
        call('CreatePolicyVersion', { PolicyArn, PolicyDocument: '{' }),
        'Cannot create versions for policies',
      ],
      [call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' }), 'Cannot update policies'],
      [
        call('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' }),
        'Cannot delete policy versions for policies',
      ],
    ]
    for (const [refused, what] of refusals) {
      const message = `${what} outside your own account.`
      await assert.rejects(refused, { code: 'AccessDenied', message })
    }
    const noTags = {
      code: 'InvalidInput',
      message: 'Tags not supported for policies in this domain',
    }
    const Tags = [{ Key: 'a', Value: '' }]
    await assert.rejects(call('TagPolicy', { PolicyArn, Tags }), noTags)
    await assert.rejects(call('UntagPolicy', { PolicyArn, TagKeys: ['a'] }), noTags)
  }
})

test('tag keys of a policy keep their case apart and are listed in order', async () => {
  const iam = await start()
  const PolicyArn = await create(iam, 'Own')
  const tags = [
    { Key: 'a', Value: 'lower' },
    { Key: 'A', Value: 'upper' },
  ]
  await iam.call('TagPolicy', { PolicyArn, Tags: tags })
  const list = async () => (await iam.call('ListPolicyTags', { PolicyArn })).Tags
  assert.deepEqual(await list(), tags.toReversed())
  await iam.call('UntagPolicy', { PolicyArn, TagKeys: ['a', 'x'] })
  assert.deepEqual(await list(), [{ Key: 'A', Value: 'upper' }])
  const [permission] = await iam.access('TagPolicy', { PolicyArn, Tags: tags })
  assert.deepEqual(permission, {
    action: 'iam:TagPolicy',
    resource: PolicyArn,
    shownResource: `policy ${PolicyArn}`,
    resourceTags: [{ Key: 'A', Value: 'upper' }],
    requestTags: tags,
  })
  const none = policyArn('none')
  await assert.rejects(iam.call('TagPolicy', { PolicyArn: none, Tags: tags }), {
    code: 'NoSuchEntity',
    message: `Policy ${none} was not found.`,
  })
  const [missing] = await iam.access('GetPolicy', { PolicyArn: none })
  assert.equal(missing?.shownResource, `policy ${none}`)
})
