import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessKeys } from '../../directory/records/access-key.ts'
import { accountOfId } from '../../primitives/ids.ts'
import { otherAccount, testAccount, testIam, testTime } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const UserName = 'ada'

async function iamWithUser() {
  const iam = await testIam(iamOperations)
  await iam.call('CreateUser', { UserName, Path: '/t/' })
  return iam
}

test('a new key shows its secret once and is kept sealed', async () => {
  const { call, services } = await iamWithUser()
  const { AccessKey } = await call('CreateAccessKey', { UserName: 'ADA' })
  const { AccessKeyId, SecretAccessKey } = AccessKey
  assert.match(AccessKeyId, /^AKIA[A-Z2-7]{16}$/)
  assert.equal(accountOfId(AccessKeyId), testAccount)
  assert.match(SecretAccessKey, /^[A-Za-z0-9+/]{40}$/)
  assert.deepEqual(AccessKey, {
    UserName: 'ada',
    AccessKeyId,
    Status: 'Active',
    SecretAccessKey,
    CreateDate: Date.parse(testTime),
  })
  assert.deepEqual(await call('ListAccessKeys', { UserName }), {
    AccessKeyMetadata: [
      { UserName: 'ada', AccessKeyId, Status: 'Active', CreateDate: Date.parse(testTime) },
    ],
    IsTruncated: false,
  })
  const record = services.directory.loaded(testAccount)?.records.get(accessKeys, AccessKeyId)
  const sealed = record?.sealedSecret ?? ''
  assert.ok(!Buffer.from(sealed, 'base64').includes(SecretAccessKey))
  assert.equal(services.keyring().open('record', sealed)?.text, SecretAccessKey)
})

test('a user has two keys at most, inactive ones included', async () => {
  const { call } = await iamWithUser()
  const { AccessKey } = await call('CreateAccessKey', { UserName })
  await call('UpdateAccessKey', {
    UserName,
    AccessKeyId: AccessKey.AccessKeyId,
    Status: 'Inactive',
  })
  await call('CreateAccessKey', { UserName })
  await assert.rejects(call('CreateAccessKey', { UserName }), {
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
  })
  await call('DeleteAccessKey', { UserName, AccessKeyId: AccessKey.AccessKeyId })
  await call('CreateAccessKey', { UserName })
})

test('without a name the keys are the caller’s', async () => {
  const { access, call } = await iamWithUser()
  const { AccessKey } = await call('CreateAccessKey', {}, { user: 'ada' })
  assert.equal(AccessKey.UserName, 'ada')
  const [permission] = await access('CreateAccessKey', {}, { user: 'ada' })
  assert.equal(permission?.resource, `arn:aws:iam::${testAccount}:user/t/ada`)
  const { AccessKeyId } = AccessKey
  await call('UpdateAccessKey', { AccessKeyId, Status: 'Inactive' }, { user: 'ada' })
  const { AccessKeyMetadata } = await call('ListAccessKeys', {}, { user: 'ada' })
  assert.equal(AccessKeyMetadata[0]?.Status, 'Inactive')
  await call('DeleteAccessKey', { AccessKeyId }, { user: 'ada' })
})

test('root has two keys of its own, without a name', async () => {
  const { access, call } = await iamWithUser()
  const { AccessKey } = await call('CreateAccessKey', {})
  assert.equal(AccessKey.UserName, undefined)
  await call('CreateAccessKey', {})
  await assert.rejects(call('CreateAccessKey', {}), { code: 'LimitExceeded' })
  const { AccessKeyMetadata } = await call('ListAccessKeys', {})
  assert.equal(AccessKeyMetadata.length, 2)
  const [permission] = await access('CreateAccessKey', {})
  assert.equal(permission?.resource, `arn:aws:iam::${testAccount}:root`)
  assert.equal((await call('ListAccessKeys', { UserName })).AccessKeyMetadata.length, 0)
})

test('a role has no keys: it must name a user', async () => {
  const { access, call } = await iamWithUser()
  const role = {
    as: (account: { account: string }) =>
      ({ type: 'role', account, arn: '', userId: '', accessKeyId: '' }) as never,
  }
  const nameless = {
    code: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  }
  await assert.rejects(access('CreateAccessKey', {}, role), nameless)
  await assert.rejects(call('ListAccessKeys', {}, role), nameless)
  await assert.rejects(call('GetUser', {}, role), nameless)
  await call('CreateAccessKey', { UserName }, role)
})

test('only AWS sets a key to Expired, and the refusal changes nothing', async () => {
  const { call } = await iamWithUser()
  const { AccessKeyId } = (await call('CreateAccessKey', { UserName })).AccessKey
  await assert.rejects(call('UpdateAccessKey', { UserName, AccessKeyId, Status: 'Expired' }), {
    code: 'InvalidInput',
    message: 'Operation does not support status Expired',
  })
  assert.equal((await call('ListAccessKeys', { UserName })).AccessKeyMetadata[0]?.Status, 'Active')
})

test('a key of someone else is as good as none', async () => {
  const { call } = await iamWithUser()
  await call('CreateUser', { UserName: 'bob' })
  const { AccessKeyId } = (await call('CreateAccessKey', { UserName })).AccessKey
  const gone = {
    code: 'NoSuchEntity',
    message: `The Access Key with id ${AccessKeyId} cannot be found.`,
  }
  const bob = { UserName: 'bob', AccessKeyId }
  await assert.rejects(call('DeleteAccessKey', bob), gone)
  await assert.rejects(call('UpdateAccessKey', { ...bob, Status: 'Inactive' }), gone)
  await assert.rejects(call('DeleteAccessKey', { AccessKeyId }), gone)
  await assert.rejects(call('CreateAccessKey', { UserName: 'zoe' }), {
    code: 'NoSuchEntity',
    message: 'The user with name zoe cannot be found.',
  })
})

test('the last use of a key is N/A before it is used, and its time, service and region after', async () => {
  const { call, clock, services } = await iamWithUser()
  const { AccessKeyId } = (await call('CreateAccessKey', { UserName })).AccessKey
  assert.deepEqual(await call('GetAccessKeyLastUsed', { AccessKeyId }), {
    UserName: 'ada',
    AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
  })
  services.lastUses.note(testAccount, {
    id: AccessKeyId,
    at: clock.now(),
    service: 'sts',
    region: 'eu-central-1',
  })
  assert.deepEqual((await call('GetAccessKeyLastUsed', { AccessKeyId })).AccessKeyLastUsed, {
    LastUsedDate: clock.now(),
    ServiceName: 'sts',
    Region: 'eu-central-1',
  })
})

test('the last use is authorized by the key’s owner, and a key unknown to the account by nobody', async () => {
  const { access, call } = await iamWithUser()
  const { AccessKeyId } = (await call('CreateAccessKey', { UserName })).AccessKey
  const action = 'iam:GetAccessKeyLastUsed'
  assert.deepEqual(await access('GetAccessKeyLastUsed', { AccessKeyId }), [
    { action, resource: `arn:aws:iam::${testAccount}:user/t/ada`, resourceTags: [] },
  ])
  const foreign = { account: otherAccount }
  await assert.rejects(call('GetAccessKeyLastUsed', { AccessKeyId }, foreign), {
    code: 'AccessDenied',
    message: `User: arn:aws:iam::${otherAccount}:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`,
  })
  const root = (await call('CreateAccessKey', {})).AccessKey.AccessKeyId
  const [permission] = await access('GetAccessKeyLastUsed', { AccessKeyId: root })
  assert.equal(permission?.resource, `arn:aws:iam::${testAccount}:root`)
  assert.equal((await call('GetAccessKeyLastUsed', { AccessKeyId: root })).UserName, undefined)
})
