import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  arnPattern,
  at,
  context,
  denied,
  duplicate,
  long,
  namePattern,
  one,
  openAssumeRole,
  parameterValue,
  role,
  tooLongForRole,
  two,
  user,
  worker,
} from './assume-role.fixture.ts'
import { type Parameters, tags } from './wire-service.ts'

/** AssumeRole, one fault of its input at a time: role, session name, time, external id, MFA; and what is told first. */
const { wire, assume } = await openAssumeRole()
after(() => wire[Symbol.asyncDispose]())

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
