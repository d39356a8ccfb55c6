import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testAccount, testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const UserName = 'ada'

async function iamWithUser() {
  const iam = await testIam(iamOperations)
  await iam.call('CreateUser', { UserName })
  return iam
}

test('a user has none of the credentials that are not kept', async () => {
  const { call } = await iamWithUser()
  const end = { IsTruncated: false }
  assert.deepEqual(await call('ListMFADevices', { UserName }), { MFADevices: [], ...end })
  assert.deepEqual(await call('ListMFADevices', {}), { MFADevices: [], ...end })
  assert.deepEqual(await call('ListSSHPublicKeys', {}, { user: UserName }), {
    SSHPublicKeys: [],
    ...end,
  })
  assert.deepEqual(await call('ListSigningCertificates', { UserName }), {
    Certificates: [],
    ...end,
  })
  assert.deepEqual(await call('ListServiceSpecificCredentials', { UserName }), {
    ServiceSpecificCredentials: [],
    ...end,
  })
  await assert.rejects(call('GetLoginProfile', { UserName }), {
    code: 'NoSuchEntity',
    message: 'Login Profile for User ada cannot be found.',
  })
})

test('credentials of a user that is not there are an error, not an empty list', async () => {
  const { call } = await iamWithUser()
  const gone = { code: 'NoSuchEntity', message: 'The user with name bob cannot be found.' }
  const bob = { UserName: 'bob' }
  await assert.rejects(call('ListMFADevices', bob), gone)
  await assert.rejects(call('ListSSHPublicKeys', bob), gone)
  await assert.rejects(call('ListSigningCertificates', bob), gone)
  await assert.rejects(call('ListServiceSpecificCredentials', bob), gone)
  await assert.rejects(call('GetLoginProfile', bob), gone)
  await assert.rejects(call('DeactivateMFADevice', { ...bob, SerialNumber: 'x'.repeat(9) }), gone)
})

test('service credentials of all users need the permission on all users', async () => {
  const { access, call } = await iamWithUser()
  const [permission] = await access('ListServiceSpecificCredentials', { AllUsers: true })
  assert.equal(permission?.resource, `arn:aws:iam::${testAccount}:user/*`)
  const { ServiceSpecificCredentials } = await call('ListServiceSpecificCredentials', {
    AllUsers: true,
  })
  assert.deepEqual(ServiceSpecificCredentials, [])
})

test('the lists of an account are empty and take no marker', async () => {
  const { call } = await iamWithUser()
  assert.deepEqual(await call('ListOpenIDConnectProviders', {}), { OpenIDConnectProviderList: [] })
  assert.deepEqual(await call('ListSAMLProviders', {}), { SAMLProviderList: [] })
  assert.deepEqual(await call('ListVirtualMFADevices', {}), {
    VirtualMFADevices: [],
    IsTruncated: false,
  })
  assert.deepEqual(await call('ListServerCertificates', {}), {
    ServerCertificateMetadataList: [],
    IsTruncated: false,
  })
  const bad = { code: 'ValidationError', message: 'Invalid Marker.' }
  await assert.rejects(call('ListVirtualMFADevices', { Marker: 'x' }), bad)
  await assert.rejects(call('ListMFADevices', { UserName, Marker: 'x' }), bad)
})

test('look-ups in the account find nothing, in AWS’s words', async () => {
  const { call } = await iamWithUser()
  const gone = (message: string) => ({ code: 'NoSuchEntity', message })
  await assert.rejects(
    call('GetAccountPasswordPolicy', {}),
    gone(`The Password Policy with domain name ${testAccount} cannot be found.`),
  )
  await assert.rejects(
    call('DeleteAccountPasswordPolicy', {}),
    gone('The account policy with name PasswordPolicy cannot be found.'),
  )
  const SerialNumber = `arn:aws:iam::${testAccount}:mfa/x`
  await assert.rejects(
    call('ListMFADeviceTags', { SerialNumber }),
    gone(`VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`),
  )
  await assert.rejects(
    call('GetServerCertificate', { ServerCertificateName: 'c' }),
    gone('The Server Certificate with name c cannot be found.'),
  )
  const arn = `arn:aws:iam::${testAccount}:oidc-provider/example.com`
  await assert.rejects(
    call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: arn }),
    gone(`OpenIDConnect Provider not found for arn ${arn}`),
  )
})
