import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import { account, allow, openWire, otherAccount, trusting, type Wire } from './wire-service.ts'

/** Keys and tokens that hold, that no longer hold, and that never did. */
let wire: Wire
let ada: Credentials

const badToken = '403 InvalidClientTokenId: The security token included in the request is invalid'
const unknownKey =
  '403 InvalidClientTokenId: The security token included in the request is invalid.'
const expired = '403 ExpiredToken: The security token included in the request is expired'
const mismatch =
  '403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const openRole = { RoleArn: `arn:aws:iam::${account}:role/open`, RoleSessionName: 'work' }

before(async () => {
  wire = await openWire()
  ada = await wire.newUser('ada', { policy: allow('*') })
  await wire.newRole('open', trusting('*'), { policy: allow('iam:ListUsers') })
})
after(() => wire[Symbol.asyncDispose]())

const who = async (as: Credentials): Promise<string> =>
  (await wire.sts(as, 'GetCallerIdentity')).summary
const assumed = (as = ada): Promise<Credentials> => wire.session(as, 'AssumeRole', openRole)

test('a session lasts to its last second and not to the next', async () => {
  const { clock } = wire.service
  const session = await wire.session(ada, 'AssumeRole', { ...openRole, DurationSeconds: 900 })
  clock.advance({ seconds: 899 })
  assert.equal(await who(session), '200 OK')
  clock.advance({ seconds: 1 })
  assert.equal(await who(session), expired)
  assert.equal((await wire.iam(session, 'ListUsers')).summary, expired)
  clock.advance({ seconds: 86_400 })
  assert.equal(await who(session), expired)
})

test('a token that was changed in any place is refused', async () => {
  const session = await assumed()
  const token = session.sessionToken ?? ''
  for (const place of [0, 5, 20, Math.floor(token.length / 2), token.length - 3]) {
    const letter = token[place] === 'A' ? 'B' : 'A'
    const changed = token.slice(0, place) + letter + token.slice(place + 1)
    assert.equal(await who({ ...session, sessionToken: changed }), badToken, `at ${place}`)
  }
  for (const changed of [
    token.slice(0, -4),
    `${token}AAAA`,
    token.slice(4),
    `${token}\u00e9`,
    '=',
  ]) {
    assert.equal(await who({ ...session, sessionToken: changed }), badToken)
  }
})

test('a token goes with its own key only', async () => {
  const [one, two] = await Promise.all([assumed(), assumed()])
  assert.equal(await who({ ...one, sessionToken: two.sessionToken }), unknownKey)
  assert.equal(await who({ ...one, secretAccessKey: two.secretAccessKey }), mismatch)
  assert.equal(await who({ ...ada, sessionToken: one.sessionToken }), unknownKey)
  assert.equal(await who({ ...one, sessionToken: undefined }), unknownKey)
  assert.equal(await who({ ...one, accessKeyId: ada.accessKeyId }), unknownKey)
})

test('a token of another service is refused', async () => {
  await using other = await openWire()
  await other.newRole('open', trusting('*'))
  const eve = await other.newUser('ada', { policy: allow('*') })
  const session = await other.session(eve, 'AssumeRole', openRole)
  assert.equal(await who(session), badToken)
  assert.equal(await who(eve), unknownKey)
})

test('an inactive key is unknown, and works again once it is active', async () => {
  const { iam, root } = wire
  const bob = await wire.newUser('bob')
  const update = (Status: string) =>
    iam(root, 'UpdateAccessKey', { UserName: 'bob', AccessKeyId: bob.accessKeyId, Status })
  await update('Inactive')
  assert.equal(await who(bob), unknownKey)
  assert.equal(await who({ ...bob, secretAccessKey: 'wrong' }), unknownKey)
  await update('Active')
  assert.equal(await who(bob), '200 OK')
})

test('keys can be rotated: two at once, then the new one alone', async () => {
  const { iam, root } = wire
  const first = await wire.newUser('carl')
  const made = await iam(root, 'CreateAccessKey', { UserName: 'carl' })
  const second = {
    accessKeyId: made.text('AccessKey.AccessKeyId'),
    secretAccessKey: made.text('AccessKey.SecretAccessKey'),
  }
  assert.equal(await who(first), '200 OK')
  assert.equal(await who(second), '200 OK')
  await iam(root, 'DeleteAccessKey', { UserName: 'carl', AccessKeyId: first.accessKeyId })
  assert.equal(await who(first), unknownKey)
  assert.equal(await who(second), '200 OK')
})

test('sessions outlive the key they were made with, active or deleted', async () => {
  const { iam, root } = wire
  const dora = await wire.newUser('dora', { policy: allow(['sts:*', 's3:*']) })
  const session = await wire.session(dora, 'GetSessionToken', {})
  const guest = await wire.session(dora, 'GetFederationToken', { Name: 'guest' })
  const role = await assumed(dora)
  const key = { UserName: 'dora', AccessKeyId: dora.accessKeyId }
  await iam(root, 'UpdateAccessKey', { ...key, Status: 'Inactive' })
  for (const as of [session, guest, role]) assert.equal(await who(as), '200 OK')
  await iam(root, 'DeleteAccessKey', key)
  assert.equal(await who(dora), unknownKey)
  for (const as of [session, guest, role]) assert.equal(await who(as), '200 OK')
  assert.equal((await wire.sts(session, 'AssumeRole', openRole)).summary, '200 OK')
})

test('sessions of a user end with the user, and one of the same name does not bring them back', async () => {
  const { iam, root } = wire
  const emil = await wire.newUser('emil')
  const session = await wire.session(emil, 'GetSessionToken', {})
  const role = await assumed(emil)
  await iam(root, 'DeleteAccessKey', { UserName: 'emil', AccessKeyId: emil.accessKeyId })
  await iam(root, 'DeleteUser', { UserName: 'emil' })
  assert.equal(await who(session), unknownKey)
  assert.equal(await who(emil), unknownKey)
  // What the user assumed is the role's, not the user's.
  assert.equal(await who(role), '200 OK')
  await wire.newUser('emil')
  assert.equal(await who(session), unknownKey)
})

test('a user keeps its keys and sessions under a new name', async () => {
  const finn = await wire.newUser('finn')
  const session = await wire.session(finn, 'GetSessionToken', {})
  await wire.iam(wire.root, 'UpdateUser', { UserName: 'finn', NewUserName: 'gus', NewPath: '/x/' })
  for (const as of [finn, session]) {
    const answer = await wire.sts(as, 'GetCallerIdentity')
    assert.equal(answer.text('Arn'), `arn:aws:iam::${account}:user/x/gus`)
  }
})

test('what a user is now counts at the next request of its key', async () => {
  const red = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }
  const hanna = await wire.newUser('hanna', { policy: allow('iam:ListUsers', '*', red) })
  const lists = async (): Promise<string> => (await wire.iam(hanna, 'ListUsers')).summary
  assert.match(await lists(), /^403 /)
  const tag = { 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'red' }
  await wire.iam(wire.root, 'TagUser', { UserName: 'hanna', ...tag })
  assert.equal(await lists(), '200 OK')
  await wire.iam(wire.root, 'UpdateUser', { UserName: 'hanna', NewUserName: 'ines' })
  await wire.newUser('hanna')
  assert.equal(await lists(), '200 OK')
  await wire.iam(wire.root, 'UntagUser', { UserName: 'ines', 'TagKeys.member.1': 'team' })
  assert.match(await lists(), /^403 /)
})

test('sessions of a role end with the role, and one of the same name does not bring them back', async () => {
  await wire.newRole('brief', trusting('*'))
  const RoleArn = `arn:aws:iam::${account}:role/brief`
  const session = await wire.session(ada, 'AssumeRole', { RoleArn, RoleSessionName: 'work' })
  assert.equal(await who(session), '200 OK')
  await wire.iam(wire.root, 'DeleteRole', { RoleName: 'brief' })
  assert.equal(await who(session), unknownKey)
  await wire.newRole('brief', trusting('*'))
  assert.equal(await who(session), unknownKey)
})

test('two accounts know nothing of each other', async () => {
  const foreignRoot = await wire.newAccount(otherAccount)
  const eve = await wire.newUser('ada', { as: foreignRoot, policy: allow('*') })
  const answer = await wire.sts(eve, 'GetCallerIdentity')
  assert.equal(answer.text('Arn'), `arn:aws:iam::${otherAccount}:user/ada`)
  const users = await wire.iam(eve, 'ListUsers')
  assert.equal(users.text('Users.0.Arn'), `arn:aws:iam::${otherAccount}:user/ada`)
  const policy = `arn:aws:iam::${account}:policy/any`
  assert.match((await wire.iam(eve, 'GetPolicy', { PolicyArn: policy })).summary, /^40[34] /)
  const key = await wire.iam(eve, 'GetAccessKeyLastUsed', { AccessKeyId: ada.accessKeyId })
  assert.equal(
    key.summary,
    `403 AccessDenied: User: arn:aws:iam::${otherAccount}:user/ada is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${ada.accessKeyId}`,
  )
})
