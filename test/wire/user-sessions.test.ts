import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import {
  account,
  allow,
  credentialsOf,
  list,
  openWire,
  type Parameters,
  tags,
  trusting,
  type Wire,
} from './wire-service.ts'

/** GetSessionToken and GetFederationToken: limits, answers, and what their credentials may never call. */
let wire: Wire
let ada: Credentials
let bare: Credentials

const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`
const guest = (name: string): string => `arn:aws:sts::${account}:federated-user/${name}`

before(async () => {
  wire = await openWire()
  ada = await wire.newUser('ada', { policy: allow(['sts:*', 'iam:*', 's3:*']) })
  bare = await wire.newUser('bare')
  await wire.newRole('open', trusting('*'))
})
after(() => wire[Symbol.asyncDispose]())

const one = (clause: string): string =>
  `400 ValidationError: 1 validation error detected: ${clause}`
const at = (value: string | null, field: string, constraint: string): string =>
  `Value ${value === null ? 'null' : `'${value}'`} at '${field}' failed to satisfy constraint: Member must ${constraint}`
const noToken =
  'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.'
const document = JSON.stringify(allow('s3:*'))
const duplicate = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'

const rows: readonly (readonly [action: string, parameters: Parameters, answer: string])[] = [
  ['GetSessionToken', {}, '200 OK'],
  ['GetSessionToken', { DurationSeconds: 900 }, '200 OK'],
  ['GetSessionToken', { DurationSeconds: 129600 }, '200 OK'],
  [
    'GetSessionToken',
    { DurationSeconds: 899 },
    one(at('899', 'durationSeconds', 'have value greater than or equal to 900')),
  ],
  [
    'GetSessionToken',
    { DurationSeconds: 129601 },
    one(at('129601', 'durationSeconds', 'have value less than or equal to 129600')),
  ],
  ['GetSessionToken', { DurationSeconds: '1e3' }, '400 MalformedInput: '],
  [
    'GetSessionToken',
    { TokenCode: '123456' },
    '403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  ],
  [
    'GetSessionToken',
    { SerialNumber: 'GAHT12345678' },
    '403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  ],
  [
    'GetSessionToken',
    { SerialNumber: 'GAHT12345678', TokenCode: '123456' },
    `403 AccessDenied: ${noToken}`,
  ],
  [
    'GetSessionToken',
    { SerialNumber: 'GAHT12345678', TokenCode: '12345' },
    one(at('12345', 'tokenCode', 'have length greater than or equal to 6')),
  ],
  ['GetFederationToken', { Name: 'guest' }, '200 OK'],
  ['GetFederationToken', {}, one(at(null, 'name', 'not be null'))],
  [
    'GetFederationToken',
    { Name: 'g' },
    one(at('g', 'name', 'have length greater than or equal to 2')),
  ],
  [
    'GetFederationToken',
    { Name: 'x'.repeat(33) },
    one(at('x'.repeat(33), 'name', 'have length less than or equal to 32')),
  ],
  [
    'GetFederationToken',
    { Name: 'a b' },
    one(at('a b', 'name', 'satisfy regular expression pattern: [\\w+=,.@-]*')),
  ],
  [
    'GetFederationToken',
    { Name: 'guest', DurationSeconds: 129601 },
    one(at('129601', 'durationSeconds', 'have value less than or equal to 129600')),
  ],
  ['GetFederationToken', { Name: 'guest', Policy: document }, '200 OK'],
  [
    'GetFederationToken',
    { Name: 'guest', Policy: 'text' },
    '400 MalformedPolicyDocument: The policy is not in the valid JSON format.',
  ],
  [
    'GetFederationToken',
    { Name: 'guest', Policy: 'x'.repeat(2049) },
    one(at('x'.repeat(2049), 'policy', 'have length less than or equal to 2048')),
  ],
  [
    'GetFederationToken',
    { Name: 'guest', ...tags({ a: '', A: '' }) },
    `400 InvalidParameterValue: ${duplicate}`,
  ],
  ['GetFederationToken', { Name: 'guest', ...tags({ Team: 'red' }) }, '200 OK'],
]

for (const [action, parameters, answer] of rows) {
  test(`${action} ${JSON.stringify(parameters).slice(0, 80)}: ${answer.slice(0, 60)}`, async () => {
    assert.equal((await wire.sts(ada, action, parameters)).summary, answer)
  })
}

test('a session of a user is the user, for twelve hours unless told', async () => {
  const answer = await wire.sts(ada, 'GetSessionToken')
  assert.deepEqual(Object.keys(answer.result), ['Credentials'])
  assert.equal(answer.text('Credentials.Expiration'), '2026-03-04T17:06:07Z')
  const who = await wire.sts(credentialsOf(answer), 'GetCallerIdentity')
  assert.equal(who.text('Arn'), user('ada'))
  assert.match(who.text('UserId'), /^AIDA[A-Z2-7]{17}$/)
})

test('no permission is needed for a session, and no permission is granted by it', async () => {
  const answer = await wire.sts(bare, 'GetSessionToken')
  assert.equal(answer.summary, '200 OK')
  const refused = await wire.sts(bare, 'GetFederationToken', { Name: 'guest' })
  assert.equal(
    refused.summary,
    `403 AccessDenied: User: ${user('bare')} is not authorized to perform: sts:GetFederationToken on resource: ${guest('guest')} because no identity-based policy allows the sts:GetFederationToken action`,
  )
})

test('sessions of root last an hour at most, whatever was asked', async () => {
  for (const action of ['GetSessionToken', 'GetFederationToken']) {
    const input = {
      DurationSeconds: 43200,
      Name: action === 'GetFederationToken' ? 'guest' : undefined,
    }
    const answer = await wire.sts(wire.root, action, input)
    assert.equal(answer.text('Credentials.Expiration'), '2026-03-04T06:06:07Z')
  }
  const short = await wire.sts(wire.root, 'GetSessionToken', { DurationSeconds: 900 })
  assert.equal(short.text('Credentials.Expiration'), '2026-03-04T05:21:07Z')
})

test('a guest is named in the answer, with the size of what was passed', async () => {
  const answer = await wire.sts(ada, 'GetFederationToken', { Name: 'guest' })
  assert.deepEqual(Object.keys(answer.result), ['Credentials', 'FederatedUser', 'PackedPolicySize'])
  assert.equal(answer.text('FederatedUser.FederatedUserId'), `${account}:guest`)
  assert.equal(answer.text('FederatedUser.Arn'), guest('guest'))
  assert.equal(answer.text('PackedPolicySize'), '0')
  const who = await wire.sts(credentialsOf(answer), 'GetCallerIdentity')
  assert.deepEqual(who.result, {
    UserId: `${account}:guest`,
    Account: account,
    Arn: guest('guest'),
  })
})

test('neither can be had with a session', async () => {
  const sessions = await Promise.all([
    wire.session(ada, 'GetSessionToken', {}),
    wire.session(ada, 'GetFederationToken', { Name: 'guest', Policy: document }),
    wire.session(ada, 'AssumeRole', {
      RoleArn: `arn:aws:iam::${account}:role/open`,
      RoleSessionName: 'work',
    }),
  ])
  for (const session of sessions) {
    for (const action of ['GetSessionToken', 'GetFederationToken']) {
      const answer = await wire.sts(session, action, { Name: 'guest' })
      assert.equal(
        answer.summary,
        `403 AccessDenied: Cannot call ${action} with session credentials`,
      )
    }
  }
})

test('a session without MFA and a guest are unknown to IAM', async () => {
  const invalid = '403 InvalidClientTokenId: The security token included in the request is invalid'
  const session = await wire.session(ada, 'GetSessionToken', {})
  const visitor = await wire.session(ada, 'GetFederationToken', {
    Name: 'guest',
    ...list('PolicyArns', []),
    'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/AdministratorAccess',
  })
  for (const as of [session, visitor]) {
    assert.equal((await wire.iam(as, 'ListUsers')).summary, invalid)
    assert.equal((await wire.iam(as, 'GetUser')).summary, invalid)
    assert.equal((await wire.iam(as, 'ListUsers', { MaxItems: 'x' })).summary, invalid)
    assert.equal((await wire.sts(as, 'GetCallerIdentity')).summary, '200 OK')
  }
})

test('of STS a session may only assume roles, a guest not even that', async () => {
  const RoleArn = `arn:aws:iam::${account}:role/open`
  const input = { RoleArn, RoleSessionName: 'work' }
  const session = await wire.session(ada, 'GetSessionToken', {})
  const visitor = await wire.session(ada, 'GetFederationToken', {
    Name: 'guest',
    Policy: JSON.stringify(allow('sts:*')),
  })
  assert.equal((await wire.sts(session, 'AssumeRole', input)).summary, '200 OK')
  assert.equal(
    (await wire.sts(visitor, 'AssumeRole', input)).summary,
    `403 AccessDenied: User: ${guest('guest')} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  )
  for (const as of [session, visitor]) {
    const info = await wire.sts(as, 'GetAccessKeyInfo', { AccessKeyId: ada.accessKeyId })
    assert.equal(info.status, 403)
    assert.match(info.summary, /^403 (AccessDenied|InvalidClientTokenId): /)
  }
})

test('GetAccessKeyInfo tells the account of any key, active or not, to who is allowed', async () => {
  const ask = (as: Credentials, AccessKeyId?: string) =>
    wire.sts(as, 'GetAccessKeyInfo', { AccessKeyId })
  assert.deepEqual((await ask(ada, bare.accessKeyId)).result, { Account: account })
  const status = { UserName: 'bare', AccessKeyId: bare.accessKeyId }
  await wire.iam(wire.root, 'UpdateAccessKey', { ...status, Status: 'Inactive' })
  assert.deepEqual((await ask(ada, bare.accessKeyId)).result, { Account: account })
  await wire.iam(wire.root, 'UpdateAccessKey', { ...status, Status: 'Active' })
  const session = await wire.session(ada, 'GetSessionToken', {})
  assert.deepEqual((await ask(ada, session.accessKeyId)).result, { Account: account })
  assert.equal(
    (await ask(bare, ada.accessKeyId)).summary,
    `403 AccessDenied: User: ${user('bare')} is not authorized to perform: sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action`,
  )
  assert.equal((await ask(ada)).summary, one(at(null, 'accessKeyId', 'not be null')))
  assert.equal(
    (await ask(ada, 'short')).summary,
    one(at('short', 'accessKeyId', 'have length greater than or equal to 16')),
  )
  assert.match((await ask(ada, 'AKIAIOSFODNN7EXAMPLE')).summary, /^400 ValidationError: /)
})
