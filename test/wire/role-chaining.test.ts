import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import {
  base,
  denied,
  openAssumeRole,
  parameterValue,
  role,
  tooLongForRole,
  worker,
} from './assume-role.fixture.ts'
import { account, allow, credentialsOf, list, tags } from './wire-service.ts'

/** Roles assumed by sessions of roles: how long, with which tags and identity. */
const { wire, ada, assume } = await openAssumeRole()
after(() => wire[Symbol.asyncDispose]())

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
})

test('a session of a user’s own counts as a link of the chain too', async () => {
  const own = await wire.session(ada, 'GetSessionToken', {})
  assert.equal(
    (await assume({ DurationSeconds: 3601 }, own)).summary,
    '400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  )
  assert.equal((await assume({ DurationSeconds: 3600 }, own)).summary, '200 OK')
  assert.equal((await assume({ DurationSeconds: 3601 }, ada)).summary, '200 OK')
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
