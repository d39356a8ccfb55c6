import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { encodeDocument } from '../policy-document.ts'
import { managedPolicyOperations } from './managed-policy-operations.ts'

const allowAll =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
const policyArn = (name: string): string => `arn:aws:iam::${testAccount}:policy/${name}`

const start = (): Promise<TestIam> => testIam(managedPolicyOperations)

const create = async ({ call }: TestIam, name: string): Promise<string> => {
  const { Policy } = await call('CreatePolicy', { PolicyName: name, PolicyDocument: allowAll })
  return Policy?.Arn ?? ''
}

test('five versions at most, newest first, and a number is never given twice', async () => {
  const iam = await start()
  const PolicyArn = await create(iam, 'Own')
  const add = (SetAsDefault?: boolean) =>
    iam.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: allowAll, SetAsDefault })
  iam.clock.advance({ seconds: 60 })
  const at = iam.clock.now()
  assert.deepEqual((await add(true)).PolicyVersion, {
    VersionId: 'v2',
    IsDefaultVersion: true,
    CreateDate: at,
  })
  assert.equal((await iam.call('GetPolicy', { PolicyArn })).Policy?.UpdateDate, at)
  for (let count = 3; count <= 5; count++) await add()
  await assert.rejects(add(), {
    code: 'LimitExceeded',
    message:
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  })
  await iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v5' })
  assert.equal((await add()).PolicyVersion?.VersionId, 'v6')
  const list = async () =>
    (await iam.call('ListPolicyVersions', { PolicyArn })).Versions?.map(
      ({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? '*' : ''}`,
    )
  assert.deepEqual(await list(), ['v6', 'v4', 'v3', 'v2*', 'v1'])
  for (const VersionId of ['v4', 'v3', 'v1']) {
    await iam.call('DeletePolicyVersion', { PolicyArn, VersionId })
  }
  for (let count = 7; count <= 9; count++) await add()
  await iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v6' })
  await add()
  assert.deepEqual(await list(), ['v10', 'v9', 'v8', 'v7', 'v2*'])
})

test('the default version can be set and not deleted; a missing one is named', async () => {
  const iam = await start()
  const PolicyArn = await create(iam, 'Own')
  await iam.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: allowAll })
  await assert.rejects(iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' }), {
    code: 'DeleteConflict',
    message: 'Cannot delete the default version of a policy.',
  })
  await iam.call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' })
  await iam.call('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' })
  const got = await iam.call('GetPolicyVersion', { PolicyArn, VersionId: 'v2' })
  assert.equal(got.PolicyVersion?.Document, encodeDocument(allowAll))
  assert.equal(got.PolicyVersion?.IsDefaultVersion, true)
  const missing = (arn: string) => ({
    code: 'NoSuchEntity',
    message: `Policy ${arn} version v1 does not exist or is not attachable.`,
  })
  for (const arn of [PolicyArn, policyArn('none')]) {
    const input = { PolicyArn: arn, VersionId: 'v1' }
    await assert.rejects(iam.call('GetPolicyVersion', input), missing(arn))
    await assert.rejects(iam.call('SetDefaultPolicyVersion', input), missing(arn))
    await assert.rejects(iam.call('DeletePolicyVersion', input), missing(arn))
  }
})
