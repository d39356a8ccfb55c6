import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  account,
  allow,
  type Credentials,
  deny,
  list,
  openWire,
  tags,
  trusting,
  type Wire,
} from './wire-service.ts'

/** What a list of users is authorized on. */
const usersArn = `arn:aws:iam::${account}:user/`

/**
 * The levers that end or narrow sessions already issued, each seen from the next request on.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
let wire: Wire
let ada: Credentials
let count = 0

before(async () => {
  wire = await openWire()
  ada = await wire.newUser('ada', { policy: allow(['sts:*', 'iam:ListUsers']) })
})
after(() => wire[Symbol.asyncDispose]())

const arnOf = (name: string): string => `arn:aws:iam::${account}:role/${name}`
const tagging = { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }

/** A role of its own for each test, and who assumes it. */
async function workerRole(policy: object = allow(['iam:ListUsers', 'sts:*'])) {
  const name = `worker-${count++}`
  const id = await wire.newRole(name, trusting(account, tagging), { policy })
  const enter = (more: Readonly<Record<string, string>> = {}, as = ada): Promise<Credentials> =>
    wire.session(as, 'AssumeRole', { RoleArn: arnOf(name), RoleSessionName: 'work', ...more })
  const put = async (PolicyName: string, document: object): Promise<void> => {
    const input = { RoleName: name, PolicyName, PolicyDocument: JSON.stringify(document) }
    assert.equal((await wire.iam(wire.root, 'PutRolePolicy', input)).summary, '200 OK')
  }
  return { name, id, enter, put }
}

const listUsers = async (as: Credentials): Promise<string> =>
  (await wire.iam(as, 'ListUsers')).summary
const who = (name: string, session = 'work'): string =>
  `arn:aws:sts::${account}:assumed-role/${name}/${session}`
const explicit = (caller: string): string =>
  `403 AccessDenied: User: ${caller} is not authorized to perform: iam:ListUsers on resource: ${usersArn} with an explicit deny in an identity-based policy`
const implicit = (caller: string, kind = 'identity-based'): string =>
  `403 AccessDenied: User: ${caller} is not authorized to perform: iam:ListUsers on resource: ${usersArn} because no ${kind} policy allows the iam:ListUsers action`
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

test('a managed session policy is read at use, an inline one is frozen', async () => {
  const { name, enter } = await workerRole()
  const made = await wire.iam(wire.root, 'CreatePolicy', {
    PolicyName: 'live',
    PolicyDocument: JSON.stringify(allow('iam:*')),
  })
  const PolicyArn = made.text('Policy.Arn')
  const session = await enter({ 'PolicyArns.member.1.arn': PolicyArn })
  const inline = await enter({ Policy: JSON.stringify(allow('s3:*')) })
  assert.equal(await listUsers(session), '200 OK')
  assert.equal(await listUsers(inline), implicit(who(name), 'session'))
  await wire.iam(wire.root, 'CreatePolicyVersion', {
    PolicyArn,
    PolicyDocument: JSON.stringify(deny('iam:*')),
    SetAsDefault: true,
  })
  assert.equal(
    await listUsers(session),
    `403 AccessDenied: User: ${who(name)} is not authorized to perform: iam:ListUsers on resource: ${usersArn} with an explicit deny in a session policy`,
  )
  await wire.iam(wire.root, 'SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' })
  assert.equal(await listUsers(session), '200 OK')
})

test('a managed session policy is the one its ARN names, path and case included', async () => {
  const { name, enter } = await workerRole()
  const create = async (Path: string): Promise<string> => {
    const input = { PolicyName: 'exact', Path, PolicyDocument: JSON.stringify(allow('iam:*')) }
    return (await wire.iam(wire.root, 'CreatePolicy', input)).text('Policy.Arn')
  }
  const PolicyArn = await create('/old/')
  const session = await enter({ 'PolicyArns.member.1.arn': PolicyArn })
  assert.equal(await listUsers(session), '200 OK')
  await wire.iam(wire.root, 'DeletePolicy', { PolicyArn })
  await create('/new/')
  assert.equal(await listUsers(session), implicit(who(name), 'session'))
  const boss = await wire.newUser('exact', { policy: allow('*') })
  for (const other of [PolicyArn, PolicyArn.replace('old', 'NEW')]) {
    const answer = await wire.sts(boss, 'AssumeRole', {
      RoleArn: `arn:aws:iam::${account}:role/${name}`,
      RoleSessionName: 'work',
      'PolicyArns.member.1.arn': other,
    })
    assert.match(answer.summary, /^400 ValidationError: /)
  }
})

test('a session that lost one of its policies may do nothing, for it may have been a Deny', async () => {
  const { name, enter } = await workerRole()
  const made = await wire.iam(wire.root, 'CreatePolicy', {
    PolicyName: 'lost',
    PolicyDocument: JSON.stringify(deny('iam:DeleteUser')),
  })
  const PolicyArn = made.text('Policy.Arn')
  const Policy = JSON.stringify(allow('*'))
  const session = await enter({ Policy, 'PolicyArns.member.1.arn': PolicyArn })
  assert.equal(await listUsers(session), '200 OK')
  await wire.iam(wire.root, 'DeletePolicy', { PolicyArn })
  assert.equal(await listUsers(session), implicit(who(name), 'session'))
})

test('a session policy never grants what the role lacks', async () => {
  const { name, enter } = await workerRole(allow('s3:*'))
  const session = await enter({ Policy: JSON.stringify(allow('*')) })
  assert.equal(await listUsers(session), implicit(who(name)))
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
    `403 AccessDenied: User: arn:aws:iam::${account}:user/carl is not authorized to perform: iam:${action} on resource: ${on} with an explicit deny in an identity-based policy`
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
  assert.match(await listUsers(dora), /with an explicit deny in an identity-based policy$/)
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
