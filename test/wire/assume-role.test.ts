import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  account,
  allow,
  type Credentials,
  credentialsOf,
  deny,
  list,
  openWire,
  otherAccount,
  type Parameters,
  tags,
  trusting,
  type Wire,
} from './wire-service.ts'

/** AssumeRole: what is refused in which order, how long, with which tags, identity and policies. */
let wire: Wire
let ada: Credentials
let bob: Credentials
let workerId: string
let foreign: Credentials

const role = (name: string, of = account): string => `arn:aws:iam::${of}:role/${name}`
const worker = role('deep/Worker')
const tagging = { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }

before(async () => {
  wire = await openWire()
  const foreignRoot = await wire.newAccount(otherAccount)
  ada = await wire.newUser('ada', { policy: allow('sts:*') })
  bob = await wire.newUser('bob')
  foreign = await wire.newUser('eve', { as: foreignRoot, policy: allow('sts:AssumeRole') })
  workerId = await wire.newRole('Worker', trusting(account, tagging), {
    path: '/deep/',
    policy: allow('sts:*'),
    parameters: { MaxSessionDuration: 7200 },
  })
  await wire.newRole('Next', trusting(account, tagging), { policy: allow(['sts:*', 'iam:*']) })
  await wire.newRole('hour', trusting(account))
  await wire.newRole('outside', trusting(otherAccount))
  await wire.newRole('open', trusting('*'))
  await wire.newRole('secret', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'a:b/c' } },
      },
    ],
  })
  await wire.newRole('plain', trusting(account))
  const contextual = { Action: ['sts:AssumeRole', 'sts:SetContext'] }
  await wire.newRole('contextual', trusting(account, contextual))
})
after(() => wire[Symbol.asyncDispose]())

const base = { RoleArn: worker, RoleSessionName: 'work' }
const assume = (parameters: Parameters, as = ada) =>
  wire.sts(as, 'AssumeRole', { ...base, ...parameters })

const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`
const denied = (who: string, action: string, on: string): string =>
  `403 AccessDenied: User: ${who} is not authorized to perform: ${action} on resource: ${on}`
const one = (clause: string): string =>
  `400 ValidationError: 1 validation error detected: ${clause}`
const two = (...clauses: readonly string[]): string =>
  `400 ValidationError: 2 validation errors detected: ${clauses.join('; ')}`
const at = (value: string | null, field: string, constraint: string): string =>
  `Value ${value === null ? 'null' : `'${value}'`} at '${field}' failed to satisfy constraint: Member must ${constraint}`
const arnPattern =
  'satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+'
const namePattern = 'satisfy regular expression pattern: [\\w+=,.@-]*'
const parameterValue = (text: string): string => `400 InvalidParameterValue: ${text}`
const duplicate = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'
const transitiveMissing = 'The specified transitive tag key must be included in the requested tags.'
const tooLongForRole =
  '400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'
const context = {
  'ProvidedContexts.member.1.ProviderArn': 'arn:aws:iam::aws:contextProvider/IdentityCenter',
  'ProvidedContexts.member.1.ContextAssertion': 'assertion',
}
const long = (length: number): string => 'x'.repeat(length)
const fiftyOne = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))

const rows: readonly (readonly [name: string, parameters: Parameters, answer: string])[] = [
  ['all is well', {}, '200 OK'],
  ['no role', { RoleArn: undefined }, one(at(null, 'roleArn', 'not be null'))],
  [
    'no session name',
    { RoleSessionName: undefined },
    one(at(null, 'roleSessionName', 'not be null')),
  ],
  [
    'neither',
    { RoleArn: undefined, RoleSessionName: undefined },
    two(at(null, 'roleArn', 'not be null'), at(null, 'roleSessionName', 'not be null')),
  ],
  [
    'an empty role',
    { RoleArn: '' },
    two(
      at('', 'roleArn', arnPattern),
      at('', 'roleArn', 'have length greater than or equal to 20'),
    ),
  ],
  [
    'a short role',
    { RoleArn: 'arn:aws:iam::x' },
    one(at('arn:aws:iam::x', 'roleArn', 'have length greater than or equal to 20')),
  ],
  [
    'a session name of one letter',
    { RoleSessionName: 'a' },
    one(at('a', 'roleSessionName', 'have length greater than or equal to 2')),
  ],
  [
    'a session name with a colon',
    { RoleSessionName: 'Session1:2' },
    one(at('Session1:2', 'roleSessionName', namePattern)),
  ],
  [
    'a session name of 65 letters',
    { RoleSessionName: long(65) },
    one(at(long(65), 'roleSessionName', 'have length less than or equal to 64')),
  ],
  ['a session name of 64 letters', { RoleSessionName: long(64) }, '200 OK'],
  ['a session name of two letters', { RoleSessionName: '=@' }, '200 OK'],
  [
    '899 seconds',
    { DurationSeconds: 899 },
    one(at('899', 'durationSeconds', 'have value greater than or equal to 900')),
  ],
  [
    '0 seconds',
    { DurationSeconds: 0 },
    one(at('0', 'durationSeconds', 'have value greater than or equal to 900')),
  ],
  [
    '43201 seconds',
    { DurationSeconds: 43201 },
    one(at('43201', 'durationSeconds', 'have value less than or equal to 43200')),
  ],
  ['0900 seconds', { DurationSeconds: '0900' }, '200 OK'],
  ['+900 seconds', { DurationSeconds: '+900' }, '200 OK'],
  [
    'no number of seconds',
    { DurationSeconds: '' },
    '400 MalformedInput: missing value for decimal type',
  ],
  ['the longest that the role allows', { DurationSeconds: 7200 }, '200 OK'],
  ['longer than the role allows', { DurationSeconds: 7201 }, tooLongForRole],
  ['twelve hours', { DurationSeconds: 43200 }, tooLongForRole],
  [
    'longer than a role without a setting allows',
    { RoleArn: role('hour'), DurationSeconds: 3601 },
    tooLongForRole,
  ],
  [
    'an external id of one letter',
    { ExternalId: 'a' },
    one(at('a', 'externalId', 'have length greater than or equal to 2')),
  ],
  [
    'an external id with a space',
    { ExternalId: 'a b' },
    one(at('a b', 'externalId', 'satisfy regular expression pattern: [\\w+=,.@:\\/-]*')),
  ],
  ['an external id that nobody asked for', { ExternalId: 'any' }, '200 OK'],
  [
    'a source identity of one letter',
    { SourceIdentity: 'a' },
    one(at('a', 'sourceIdentity', 'have length greater than or equal to 2')),
  ],
  [
    'a text that is no ARN',
    { RoleArn: 'nothing-valid-in-here' },
    '400 ValidationError: nothing-valid-in-here is invalid',
  ],
  [
    'an ARN without partition',
    { RoleArn: 'arn::b:::something/test-role' },
    '400 ValidationError: arn::b:::something/test-role is invalid',
  ],
  [
    'an ARN without service',
    { RoleArn: 'arn:a::::something/test-role' },
    '400 ValidationError: arn:a::::something/test-role is invalid',
  ],
  [
    'an ARN of five parts',
    { RoleArn: 'arn:a:::something/test-role' },
    '400 ValidationError: arn:a:::something/test-role is invalid',
  ],
  [
    'an ARN without resource',
    { RoleArn: 'arn:a:a::aaaaaaaaaa:' },
    '400 ValidationError: arn:a:a::aaaaaaaaaa: is invalid',
  ],
  [
    'an ARN of nothing',
    { RoleArn: 'arn:a:b:c:d:something' },
    denied(user('ada'), 'sts:AssumeRole', 'arn:a:b:c:d:something'),
  ],
  [
    'a role that is not there',
    { RoleArn: role('ghost') },
    denied(user('ada'), 'sts:AssumeRole', role('ghost')),
  ],
  [
    'a role of an account that is not there',
    { RoleArn: role('ghost', '999999999999') },
    denied(user('ada'), 'sts:AssumeRole', role('ghost', '999999999999')),
  ],
  [
    'a role that does not trust the caller',
    { RoleArn: role('outside') },
    denied(user('ada'), 'sts:AssumeRole', role('outside')),
  ],
  [
    'the role in another case',
    { RoleArn: role('deep/worker') },
    denied(user('ada'), 'sts:AssumeRole', role('deep/worker')),
  ],
  [
    'the role without its path',
    { RoleArn: role('Worker') },
    denied(user('ada'), 'sts:AssumeRole', role('Worker')),
  ],
  [
    'the role under another path',
    { RoleArn: role('x/Worker') },
    denied(user('ada'), 'sts:AssumeRole', role('x/Worker')),
  ],
  [
    'a user',
    { RoleArn: user('adaadaada') },
    denied(user('ada'), 'sts:AssumeRole', user('adaadaada')),
  ],
  [
    'another partition',
    { RoleArn: worker.replace('arn:aws:', 'arn:aws-cn:') },
    denied(user('ada'), 'sts:AssumeRole', worker.replace('arn:aws:', 'arn:aws-cn:')),
  ],
  [
    'the external id that the role asks for',
    { RoleArn: role('secret'), ExternalId: 'a:b/c' },
    '200 OK',
  ],
  [
    'another external id',
    { RoleArn: role('secret'), ExternalId: 'a:b/d' },
    denied(user('ada'), 'sts:AssumeRole', role('secret')),
  ],
  [
    'the external id in capitals',
    { RoleArn: role('secret'), ExternalId: 'A:B/C' },
    denied(user('ada'), 'sts:AssumeRole', role('secret')),
  ],
  [
    'no external id',
    { RoleArn: role('secret') },
    denied(user('ada'), 'sts:AssumeRole', role('secret')),
  ],
  [
    'an MFA serial without code',
    { SerialNumber: 'arn:aws:iam::123456789012:mfa/ada' },
    '403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  ],
  [
    'an MFA code without serial',
    { TokenCode: '123456' },
    '403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  ],
  [
    'an MFA device that is not there',
    { SerialNumber: 'arn:aws:iam::123456789012:mfa/ada', TokenCode: '123456' },
    '403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  ],
  // Tags.
  ['tags', tags({ Team: 'red', Empty: '' }), '200 OK'],
  [
    'fifty tags',
    tags(
      Object.fromEntries(
        Object.entries(fiftyOne)
          .slice(1)
          .map(([key]) => [key, '']),
      ),
    ),
    '200 OK',
  ],
  ['keys that differ in case', tags({ a: '1', A: '2' }), parameterValue(duplicate)],
  [
    'a transitive key that is no tag',
    { ...tags({ a: '1' }), ...list('TransitiveTagKeys', ['b']) },
    parameterValue(transitiveMissing),
  ],
  [
    'a transitive key without tags',
    list('TransitiveTagKeys', ['b']),
    parameterValue(transitiveMissing),
  ],
  [
    'a transitive key in another case',
    { ...tags({ Team: '1' }), ...list('TransitiveTagKeys', ['team']) },
    '200 OK',
  ],
  [
    'a reserved key',
    tags({ 'aws:x': '1' }),
    parameterValue('Tag keys beginning with aws: are reserved for system use.'),
  ],
  ['a reserved value', tags({ x: 'aws:y' }), '200 OK'],
  [
    'a tag without key',
    { 'Tags.member.1.Value': 'x' },
    one(at(null, 'tags.1.member.key', 'not be null')),
  ],
  [
    'a tag without value',
    { 'Tags.member.1.Key': 'x' },
    one(at(null, 'tags.1.member.value', 'not be null')),
  ],
  [
    'an empty key',
    tags({ '': 'x' }),
    two(
      at(
        '',
        'tags.1.member.key',
        'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+',
      ),
      at('', 'tags.1.member.key', 'have length greater than or equal to 1'),
    ),
  ],
  [
    'a key of 129 letters',
    tags({ [long(129)]: '' }),
    one(at(long(129), 'tags.1.member.key', 'have length less than or equal to 128')),
  ],
  [
    'a value of 257 letters',
    tags({ a: long(257) }),
    one(at(long(257), 'tags.1.member.value', 'have length less than or equal to 256')),
  ],
  // Session policies.
  [
    'a policy that is no JSON',
    { Policy: 'text' },
    '400 MalformedPolicyDocument: The policy is not in the valid JSON format.',
  ],
  [
    'a policy with a broken statement',
    { Policy: '{"Version":"2012-10-17","Statement":[{}]}' },
    '400 MalformedPolicyDocument: Syntax errors in policy.',
  ],
  [
    'a policy with a principal',
    { Policy: JSON.stringify(trusting('*')) },
    '400 MalformedPolicyDocument: Policy document should not specify a principal.',
  ],
  [
    'a policy with bad base64',
    {
      Policy: JSON.stringify(
        allow('s3:*', '*', { Condition: { BinaryEquals: { k: 'no-binary' } } }),
      ),
    },
    '400 MalformedPolicyDocument: The policy failed legacy parsing',
  ],
  [
    'a policy with a number that is none',
    { Policy: JSON.stringify(allow('s3:*', '*', { Condition: { NumericEquals: { k: 'NaN' } } })) },
    '200 OK',
  ],
  [
    'a policy with an IPv6 network with host bits',
    {
      Policy: JSON.stringify(
        allow('s3:*', '*', { Condition: { IpAddress: { k: '2001:db8::5/64' } } }),
      ),
    },
    '200 OK',
  ],
  [
    'a policy ARN',
    { 'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    '200 OK',
  ],
  [
    'eleven policy ARNs',
    Object.fromEntries(
      Array.from({ length: 11 }, (_, n) => [
        `PolicyArns.member.${n + 1}.arn`,
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
      ]),
    ),
    one(
      `Value '[${Array(11).fill('{arn=arn:aws:iam::aws:policy/ReadOnlyAccess}').join(', ')}]' at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10`,
    ),
  ],
  [
    'a policy ARN that is too short',
    { 'PolicyArns.member.1.arn': 'x' },
    one(at('x', 'policyArns.1.member.arn', 'have length greater than or equal to 20')),
  ],
  // What is wrong with the input comes before what is wrong with the caller.
  [
    'a bad name for a role that is not there',
    { RoleArn: role('ghost'), RoleSessionName: 'a' },
    one(at('a', 'roleSessionName', 'have length greater than or equal to 2')),
  ],
  [
    'twins for a role that is not there',
    { RoleArn: role('ghost'), ...tags({ a: '', A: '' }) },
    parameterValue(duplicate),
  ],
  [
    'a bad policy for a role that is not there',
    { RoleArn: role('ghost'), Policy: '{' },
    denied(user('ada'), 'sts:AssumeRole', role('ghost')),
  ],
  [
    'too long for a role that is not there',
    { RoleArn: role('ghost'), DurationSeconds: 43200 },
    denied(user('ada'), 'sts:AssumeRole', role('ghost')),
  ],
  [
    'tags for a role that does not trust them',
    { RoleArn: role('plain'), ...tags({ a: '' }) },
    denied(user('ada'), 'sts:TagSession', role('plain')),
  ],
  [
    'an identity for a role that does not trust it',
    { RoleArn: role('plain'), SourceIdentity: 'ada' },
    denied(user('ada'), 'sts:SetSourceIdentity', role('plain')),
  ],
  [
    'a context for a role that does not trust it',
    { RoleArn: role('plain'), ...context },
    denied(user('ada'), 'sts:SetContext', role('plain')),
  ],
  [
    'a context that nobody here can verify',
    { RoleArn: role('contextual'), ...context },
    '400 ExpiredTokenException: The context assertion that was passed is expired or is not valid.',
  ],
]

for (const [name, parameters, answer] of rows) {
  test(`${name}: ${answer.slice(0, 70)}`, async () => {
    assert.equal((await assume(parameters)).summary, answer)
  })
}

test('the answer has credentials, who they are and nothing that was not asked for', async () => {
  const answer = await assume({})
  assert.deepEqual(Object.keys(answer.result), ['Credentials', 'AssumedRoleUser'])
  assert.equal(answer.text('AssumedRoleUser.AssumedRoleId'), `${workerId}:work`)
  const arn = `arn:aws:sts::${account}:assumed-role/Worker/work`
  assert.equal(answer.text('AssumedRoleUser.Arn'), arn)
  assert.equal(answer.text('Credentials.Expiration'), '2026-03-04T06:06:07Z')
  assert.match(answer.text('Credentials.AccessKeyId'), /^ASIA[A-Z2-7]{16}$/)
  assert.match(answer.text('Credentials.SecretAccessKey'), /^[A-Za-z0-9/+]{40}$/)
  const who = await wire.sts(credentialsOf(answer), 'GetCallerIdentity')
  assert.deepEqual(who.result, { Arn: arn, UserId: `${workerId}:work`, Account: account })
})

test('with tags, identity or policies the answer says so', async () => {
  const tagged = await assume(tags({ a: 'b' }))
  assert.match(tagged.text('PackedPolicySize'), /^[1-9]\d?$/)
  const named = await assume({ SourceIdentity: 'ada' })
  assert.equal(named.text('SourceIdentity'), 'ada')
  assert.deepEqual(Object.keys(named.result), ['Credentials', 'AssumedRoleUser', 'SourceIdentity'])
  const limited = await assume({ Policy: JSON.stringify(allow('s3:*')) })
  assert.match(limited.text('PackedPolicySize'), /^[1-9]\d?$/)
})

test('inherited tags take space too, until there is no more', async () => {
  const first = await wire.session(ada, 'AssumeRole', {
    ...base,
    ...tags({ Team: long(250) }),
    ...list('TransitiveTagKeys', ['Team']),
  })
  const next = { RoleArn: role('Next') }
  assert.equal((await assume(next, first)).text('PackedPolicySize'), '56')
  assert.equal(
    (await assume({ ...next, ...tags({ More: long(250) }) }, first)).summary,
    '400 PackedPolicyTooLarge: Packed size of session tags consumes 112% of allotted space.',
  )
})

test('policies that take too much space are refused', async () => {
  const word = (n: number): string => ((n * 2654435761) % 4294967296).toString(36)
  const actions = Array.from({ length: 90 }, (_, n) => `${word(n + 1)}:${word(n + 1000)}`)
  const answer = await assume({ Policy: JSON.stringify(allow(actions)) })
  assert.match(
    answer.summary,
    /^400 PackedPolicyTooLarge: Packed policy consumes 1\d\d% of allotted space, please use smaller policy\.$/,
  )
})

test('a caller without permission, one of another account and root are refused alike', async () => {
  assert.equal((await assume({}, bob)).summary, denied(user('bob'), 'sts:AssumeRole', worker))
  const eve = `arn:aws:iam::${otherAccount}:user/eve`
  assert.equal((await assume({}, foreign)).summary, denied(eve, 'sts:AssumeRole', worker))
  const roots = '403 AccessDenied: Roles may not be assumed by root accounts.'
  assert.equal((await assume({}, wire.root)).summary, roots)
  assert.equal((await assume({ RoleArn: role('ghost') }, wire.root)).summary, roots)
  const invalid = '400 ValidationError: nothing-valid-in-here is invalid'
  assert.equal((await assume({ RoleArn: 'nothing-valid-in-here' }, wire.root)).summary, invalid)
})

test('another account needs both sides, a principal * does the same for its own account only', async () => {
  const outside = { RoleArn: role('outside') }
  assert.equal((await assume(outside, foreign)).summary, '200 OK')
  const open = { RoleArn: role('open') }
  assert.equal((await assume(open, foreign)).summary, '200 OK')
  assert.equal((await assume(open, bob)).summary, '200 OK')
  const foreignRoot = await wire.session(wire.root, 'GetSessionToken', {})
  assert.match((await assume(open, foreignRoot)).summary, /Roles may not be assumed by root/)
})

test('the policies of the caller count: a Deny, a boundary, a session policy', async () => {
  const carl = await wire.newUser('carl', { policy: deny('sts:AssumeRole') })
  const open = { RoleArn: role('open') }
  assert.equal(
    (await assume(open, carl)).summary,
    denied(user('carl'), 'sts:AssumeRole', role('open')),
  )
  const dora = await wire.newUser('dora', { policy: allow('sts:*') })
  await wire.iam(wire.root, 'PutUserPermissionsBoundary', {
    UserName: 'dora',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  })
  assert.equal((await assume({}, dora)).summary, denied(user('dora'), 'sts:AssumeRole', worker))
  const limited = await wire.session(ada, 'AssumeRole', {
    ...base,
    Policy: JSON.stringify(allow('s3:*')),
  })
  const who = `arn:aws:sts::${account}:assumed-role/Worker/work`
  const next = { RoleArn: role('Next') }
  assert.equal((await assume(next, limited)).summary, denied(who, 'sts:AssumeRole', role('Next')))
})

test('a chained session lasts an hour at most, whatever the role allows', async () => {
  const first = await wire.session(ada, 'AssumeRole', base)
  const chained = { RoleArn: worker, DurationSeconds: 3601 }
  assert.equal(
    (await assume(chained, first)).summary,
    '400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  )
  assert.equal((await assume({ ...chained, DurationSeconds: 3600 }, first)).summary, '200 OK')
  // What the role allows is told first, and of a role that is out of reach neither.
  const tooLong = { DurationSeconds: 3601 }
  assert.equal((await assume({ ...tooLong, RoleArn: role('Next') }, first)).summary, tooLongForRole)
  const who = `arn:aws:sts::${account}:assumed-role/Worker/work`
  const ghost = role('ghost')
  assert.equal(
    (await assume({ ...tooLong, RoleArn: ghost }, first)).summary,
    denied(who, 'sts:AssumeRole', ghost),
  )
  const plain = await wire.session(ada, 'GetSessionToken', {})
  assert.equal((await assume({ DurationSeconds: 7200 }, plain)).summary, '200 OK')
})

test('a chain without end does not make tokens longer and longer', async () => {
  let session = await wire.session(ada, 'AssumeRole', base)
  const lengths: number[] = []
  for (let hop = 1; hop <= 40; hop++) {
    session = await wire.session(session, 'AssumeRole', base)
    lengths.push(session.sessionToken?.length ?? 0)
  }
  assert.ok((lengths[30] ?? 0) > (lengths[0] ?? 0))
  assert.equal(lengths.at(-1), lengths[32])
  assert.equal((await wire.sts(session, 'GetCallerIdentity')).summary, '200 OK')
})

test('transitive tags go along the chain, stay, and cannot be set again', async () => {
  const first = await wire.session(ada, 'AssumeRole', {
    ...base,
    ...tags({ Team: 'red', Own: 'x' }),
    ...list('TransitiveTagKeys', ['Team']),
  })
  const conflict = parameterValue(
    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  )
  const next = { RoleArn: role('Next') }
  assert.equal((await assume({ ...next, ...tags({ Team: 'blue' }) }, first)).summary, conflict)
  assert.equal((await assume({ ...next, ...tags({ TEAM: 'red' }) }, first)).summary, conflict)
  assert.equal((await assume({ ...next, ...tags({ Own: 'y' }) }, first)).summary, '200 OK')
  const second = credentialsOf(await assume(next, first))
  assert.equal((await assume({ ...next, ...tags({ team: '' }) }, second)).summary, conflict)
  const seen = async (as: Credentials, key: string, value: string): Promise<boolean> => {
    const condition = { Condition: { StringEquals: { [`aws:PrincipalTag/${key}`]: value } } }
    await wire.iam(wire.root, 'PutRolePolicy', {
      RoleName: 'Next',
      PolicyName: 'own',
      PolicyDocument: JSON.stringify(allow('iam:ListUsers', '*', condition)),
    })
    return (await wire.iam(as, 'ListUsers')).status === 200
  }
  assert.ok(await seen(second, 'Team', 'red'))
  assert.ok(!(await seen(second, 'Own', 'x')))
})

test('a role that does not trust sts:TagSession cannot be reached with transitive tags', async () => {
  const first = await wire.session(ada, 'AssumeRole', {
    ...base,
    ...tags({ Team: 'red' }),
    ...list('TransitiveTagKeys', ['Team']),
  })
  const who = `arn:aws:sts::${account}:assumed-role/Worker/work`
  assert.equal(
    (await assume({ RoleArn: role('plain') }, first)).summary,
    denied(who, 'sts:TagSession', role('plain')),
  )
})

test('a source identity goes along the chain and cannot change', async () => {
  const first = await wire.session(ada, 'AssumeRole', { ...base, SourceIdentity: 'ada' })
  const second = await assume({ RoleArn: role('deep/Worker') }, first)
  assert.equal(second.text('SourceIdentity'), 'ada')
  assert.equal((await assume({ SourceIdentity: 'ada' }, first)).text('SourceIdentity'), 'ada')
  const who = `arn:aws:sts::${account}:assumed-role/Worker/work`
  const changed = await assume({ SourceIdentity: 'eve' }, first)
  assert.equal(
    changed.summary,
    '400 ValidationError: The source identity is already set for this assume role session',
  )
  assert.equal(
    (await assume({ RoleArn: role('plain') }, first)).summary,
    denied(who, 'sts:SetSourceIdentity', role('plain')),
  )
})
