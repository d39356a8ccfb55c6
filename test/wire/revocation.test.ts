import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ada,
  arnOf,
  explicit,
  implicit,
  listUsers,
  usersArn,
  who,
  wire,
  workerRole,
} from './role-sessions.fixture.ts'
import { account, allow, deny, list, tags, trusting } from './wire-service.ts'

/**
 * The levers that end or narrow sessions already issued, each seen from the next request on.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
const now = (): string => new Date(wire.service.clock.now()).toISOString()

/** The console's document, with its four spaces and arrays of one element. */
const revokeOlder = (time: string) =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: ['*'],
          Resource: ['*'],
          Condition: { DateLessThan: { 'aws:TokenIssueTime': time } },
        },
      ],
    },
    undefined,
    4,
  )

test('AWSRevokeOlderSessions ends the sessions issued before it and none after', async () => {
  const { name, enter } = await workerRole()
  const older = await enter()
  wire.service.clock.advance({ seconds: 10 })
  const input = {
    RoleName: name,
    PolicyName: 'AWSRevokeOlderSessions',
    PolicyDocument: revokeOlder(now()),
  }
  assert.equal((await wire.iam(wire.root, 'PutRolePolicy', input)).summary, '200 OK')
  assert.equal(await listUsers(older), explicit(who(name)))
  assert.equal((await wire.sts(older, 'GetCallerIdentity')).summary, '200 OK')
  assert.equal(await listUsers(await enter()), '200 OK')
  wire.service.clock.advance({ seconds: 10 })
  assert.equal(await listUsers(await enter()), '200 OK')
  assert.equal(await listUsers(older), explicit(who(name)))
  await wire.iam(wire.root, 'DeleteRolePolicy', {
    RoleName: name,
    PolicyName: 'AWSRevokeOlderSessions',
  })
  assert.equal(await listUsers(older), '200 OK')
})

test('a revoked parent leaves what was assumed from it', async () => {
  const first = await workerRole()
  const second = await workerRole()
  const parent = await first.enter()
  const child = await second.enter({}, parent)
  await first.put('AWSRevokeOlderSessions', JSON.parse(revokeOlder('2099-01-01T00:00:00Z')))
  assert.equal(await listUsers(parent), explicit(who(first.name)))
  assert.equal(await listUsers(child), '200 OK')
})

test('the same on a user ends its sessions and spares its key', async () => {
  const bob = await wire.newUser('bob', { policy: allow(['iam:ListUsers', 'sts:*']) })
  const { name, enter } = await workerRole()
  const session = await wire.session(bob, 'GetSessionToken', {})
  const role = await enter({}, bob)
  wire.service.clock.advance({ seconds: 5 })
  const input = {
    UserName: 'bob',
    PolicyName: 'AWSRevokeOlderSessions',
    PolicyDocument: revokeOlder(now()),
  }
  assert.equal((await wire.iam(wire.root, 'PutUserPolicy', input)).summary, '200 OK')
  assert.equal(await listUsers(bob), '200 OK')
  const assume = { RoleArn: arnOf(name), RoleSessionName: 'work' }
  assert.match((await wire.sts(session, 'AssumeRole', assume)).summary, /^403 AccessDenied/)
  assert.equal((await wire.sts(bob, 'AssumeRole', assume)).summary, '200 OK')
  assert.equal(await listUsers(role), '200 OK')
})

test('one session is denied by its id, the others go on', async () => {
  const { name, id, enter, put } = await workerRole()
  const [bad, good] = [
    await enter({ RoleSessionName: 'bad' }),
    await enter({ RoleSessionName: 'good' }),
  ]
  await put('one', deny('*', '*', { Condition: { StringEquals: { 'aws:userid': `${id}:bad` } } }))
  assert.equal(await listUsers(bad), explicit(who(name, 'bad')))
  assert.equal(await listUsers(good), '200 OK')
})

test('a source identity is denied on every hop, a session tag on its cohort', async () => {
  const first = await workerRole()
  const second = await workerRole()
  const [eve, bob] = [
    await second.enter({}, await first.enter({ SourceIdentity: 'eve' })),
    await second.enter({}, await first.enter({ SourceIdentity: 'bob' })),
  ]
  await second.put(
    'one',
    deny('*', '*', { Condition: { StringEquals: { 'aws:SourceIdentity': 'eve' } } }),
  )
  assert.equal(await listUsers(eve), explicit(who(second.name)))
  assert.equal(await listUsers(bob), '200 OK')
  const third = await workerRole()
  const red = await third.enter(tags({ Team: 'red' }) as Record<string, string>)
  const blue = await third.enter(tags({ Team: 'blue' }) as Record<string, string>)
  await third.put(
    'one',
    deny('*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
  )
  assert.equal(await listUsers(red), explicit(who(third.name)))
  assert.equal(await listUsers(blue), '200 OK')
})

test('what a role loses its sessions lose at once, and what it gains they gain', async () => {
  const { name, enter } = await workerRole()
  const session = await enter()
  const of = { RoleName: name }
  await wire.iam(wire.root, 'DeleteRolePolicy', { ...of, PolicyName: 'own' })
  assert.equal(await listUsers(session), implicit(who(name)))
  const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
  await wire.iam(wire.root, 'AttachRolePolicy', { ...of, PolicyArn })
  assert.equal(await listUsers(session), '200 OK')
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/AmazonS3FullAccess'
  await wire.iam(wire.root, 'PutRolePermissionsBoundary', { ...of, PermissionsBoundary })
  assert.equal(
    await listUsers(session),
    `403 AccessDenied: User: ${who(name)} is not authorized to perform: iam:ListUsers on resource: ${usersArn} because no permissions boundary allows the iam:ListUsers action`,
  )
  await wire.iam(wire.root, 'DeleteRolePermissionsBoundary', of)
  assert.equal(await listUsers(session), '200 OK')
})

test('a changed trust policy stops new sessions only', async () => {
  const { name, enter } = await workerRole()
  const session = await enter()
  const closed = {
    RoleName: name,
    PolicyDocument: JSON.stringify(trusting(account, { Effect: 'Deny' })),
  }
  assert.equal((await wire.iam(wire.root, 'UpdateAssumeRolePolicy', closed)).summary, '200 OK')
  const again = await wire.sts(ada, 'AssumeRole', { RoleArn: arnOf(name), RoleSessionName: 'work' })
  assert.match(again.summary, /^403 AccessDenied/)
  assert.equal(await listUsers(session), '200 OK')
})

test('a shorter maximum holds for new sessions only', async () => {
  const { name, enter } = await workerRole()
  await wire.iam(wire.root, 'UpdateRole', { RoleName: name, MaxSessionDuration: 7200 })
  const session = await enter({ DurationSeconds: '7200' })
  await wire.iam(wire.root, 'UpdateRole', { RoleName: name, MaxSessionDuration: 3600 })
  wire.service.clock.advance({ seconds: 7000 })
  assert.equal(await listUsers(session), '200 OK')
})

test('the quarantine policy takes away what AWS takes away, and no more', async () => {
  const carl = await wire.newUser('carl', { policy: allow('*') })
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3'
  await wire.iam(wire.root, 'AttachUserPolicy', { UserName: 'carl', PolicyArn })
  const refused = (action: string, on: string): string =>
    `403 AccessDenied: User: arn:aws:iam::${account}:user/carl is not authorized to perform: iam:${action} on resource: ${on} with an explicit deny in an identity-based policy: ${PolicyArn}`
  assert.equal(await listUsers(carl), refused('ListUsers', usersArn))
  assert.equal(
    (await wire.iam(carl, 'CreateUser', { UserName: 'new' })).summary,
    refused('CreateUser', `arn:aws:iam::${account}:user/new`),
  )
  assert.equal(
    (await wire.iam(carl, 'DetachUserPolicy', { UserName: 'carl', PolicyArn })).summary,
    refused('DetachUserPolicy', 'user carl'),
  )
  assert.equal((await wire.iam(carl, 'GetUser')).summary, '200 OK')
  assert.match(
    (await wire.sts(carl, 'GetFederationToken', { Name: 'guest' })).summary,
    /^403 AccessDenied/,
  )
})

test('AWSDenyAll stops everything but asking who one is', async () => {
  const dora = await wire.newUser('dora', { policy: allow('*') })
  const session = await wire.session(dora, 'GetSessionToken', {})
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSDenyAll'
  await wire.iam(wire.root, 'AttachUserPolicy', { UserName: 'dora', PolicyArn })
  assert.match(
    await listUsers(dora),
    /with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy\/AWSDenyAll$/,
  )
  for (const as of [dora, session]) {
    assert.equal((await wire.sts(as, 'GetCallerIdentity')).summary, '200 OK')
    const assume = { RoleArn: arnOf('worker-0'), RoleSessionName: 'work' }
    assert.match((await wire.sts(as, 'AssumeRole', assume)).summary, /^403 AccessDenied/)
  }
})

test('a role’s tags are read at use, a session tag beats them and stays', async () => {
  const { name, enter } = await workerRole(
    allow('iam:ListUsers', '*', {
      Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'red' } },
    }),
  )
  const plain = await enter()
  const tagged = await enter(tags({ team: 'red' }) as Record<string, string>)
  assert.equal(await listUsers(plain), implicit(who(name)))
  assert.equal(await listUsers(tagged), '200 OK')
  await wire.iam(wire.root, 'TagRole', { RoleName: name, ...tags({ Team: 'red' }) })
  assert.equal(await listUsers(plain), '200 OK')
  await wire.iam(wire.root, 'TagRole', { RoleName: name, ...tags({ Team: 'blue' }) })
  assert.equal(await listUsers(plain), implicit(who(name)))
  assert.equal(await listUsers(tagged), '200 OK')
  await wire.iam(wire.root, 'UntagRole', { RoleName: name, ...list('TagKeys', ['TEAM']) })
  assert.equal(await listUsers(plain), implicit(who(name)))
})
