import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { base, denied, openAssumeRole, role, user, worker } from './assume-role.fixture.ts'
import { account, allow, credentialsOf, deny, otherAccount } from './wire-service.ts'

/** AssumeRole: what it answers, and whom it refuses. */
const { wire, ada, bob, foreign, workerId, assume } = await openAssumeRole()
after(() => wire[Symbol.asyncDispose]())

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
