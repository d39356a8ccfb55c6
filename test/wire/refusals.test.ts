import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arn,
  base,
  named,
  nobody,
  profile,
  role,
  roleArn,
  user,
  userArn,
  wire,
  with_,
} from './authorization.fixture.ts'
import { account, allow, deny, type Parameters, tags, trusting } from './wire-service.ts'

/** What a refusal tells, which grants lift it, and what is told before it. */
test('a refusal says which kind of policy denied', async () => {
  assert.equal(
    await with_(deny('*'), 'ListUsers'),
    `${base('ListUsers', `arn:aws:iam::${account}:user/`)} with an explicit deny in an identity-based policy`,
  )
  await wire.iam(wire.root, 'PutUserPermissionsBoundary', {
    UserName: 'nobody',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
  })
  assert.equal(
    await with_(allow('*'), 'ListUsers'),
    `${base('ListUsers', `arn:aws:iam::${account}:user/`)} because no permissions boundary allows the iam:ListUsers action`,
  )
  await wire.iam(wire.root, 'PutUserPermissionsBoundary', {
    UserName: 'nobody',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/AWSDenyAll',
  })
  assert.equal(
    await with_(allow('*'), 'ListUsers'),
    `${base('ListUsers', `arn:aws:iam::${account}:user/`)} with an explicit deny in a permissions boundary: arn:aws:iam::aws:policy/AWSDenyAll`,
  )
  await wire.iam(wire.root, 'DeleteUserPermissionsBoundary', { UserName: 'nobody' })
})

test('a grant names the stored ARN; one on the old path is dead', async () => {
  assert.equal(await with_(allow('iam:GetUser', userArn), 'GetUser', { UserName: 'ADA' }), '200 OK')
  assert.match(await with_(allow('iam:GetUser', arn('user/Ada')), 'GetUser', user), /^403/)
  assert.match(await with_(allow('iam:GetUser', arn('user/u/ada')), 'GetUser', user), /^403/)
  assert.equal(await with_(allow('iam:GetUser', arn('user/u/*')), 'GetUser', user), '200 OK')
  assert.match(await with_(allow('iam:ListUsers', userArn), 'ListUsers'), /^403/)
  assert.equal(await with_(allow('iam:GetUser', arn('user/${aws:username}')), 'GetUser'), '200 OK')
})

test('creating with tags needs the Tag permission on what is to be', async () => {
  const input = { UserName: 'tagged', ...tags({ a: 'b' }) }
  assert.equal(
    await with_(allow('iam:CreateUser'), 'CreateUser', input),
    `${base('TagUser', arn('user/tagged'))} because no identity-based policy allows the iam:TagUser action`,
  )
  assert.equal(await with_(allow(['iam:CreateUser', 'iam:TagUser']), 'CreateUser', input), '200 OK')
})

test('giving a role to an instance profile needs iam:PassRole on the role', async () => {
  const action = 'AddRoleToInstanceProfile'
  const input = { ...profile, ...role }
  assert.equal(
    await with_(allow(`iam:${action}`), action, input),
    `${base('PassRole', roleArn)} because no identity-based policy allows the iam:PassRole action`,
  )
})

test('input that is malformed is told to anyone, what the operation itself refuses to nobody else', async () => {
  const ask = async (action: string, parameters: Parameters): Promise<string> =>
    (await wire.iam(nobody, action, parameters)).summary
  const value = "Value at 'maxItems' failed to satisfy constraint: Member must have value"
  assert.equal(
    await ask('ListUsers', { MaxItems: 0 }),
    `400 ValidationError: 1 validation error detected: ${value} greater than or equal to 1`,
  )
  assert.match(await ask('ListUsers', { MaxItems: 'x' }), /^400 MalformedInput: /)
  assert.match(await ask('CreateUser', { UserName: 'a/b' }), /^400 ValidationError: The specified/)
  assert.match(await ask('TagUser', { ...user, ...tags({ a: '', A: '' }) }), /^403 AccessDenied/)
  assert.match(await ask('TagUser', { ...user, ...tags({ 'aws:a': '' }) }), /^403 AccessDenied/)
  assert.match(await ask('TagUser', { ...user, Tags: '' }), /^403 AccessDenied/)
  assert.match(await ask('CreateUser', { UserName: 'ada' }), /^403 AccessDenied/)
  assert.match(await ask('ListUsers', { Marker: 'x' }), /^403 AccessDenied/)
  assert.match(await ask('PutUserPolicy', { ...user, ...named, PolicyDocument: '{' }), /^403/)
  assert.match(await ask('CreateRole', { RoleName: 'x', AssumeRolePolicyDocument: '{' }), /^403/)
  assert.match(await ask('GetUser', { UserName: 'ghost' }), /^403 AccessDenied/)
  assert.match(
    await ask('GetPolicy', { PolicyArn: 'arn:aws:iam::123456789012:policy/ghost' }),
    /^403/,
  )
})

test('of a tag sent twice the last value is what authorization sees', async () => {
  const twice = {
    ...user,
    'Tags.member.1.Key': 'team',
    'Tags.member.1.Value': 'bad',
    'Tags.member.2.Key': 'team',
    'Tags.member.2.Value': 'good',
  }
  const only = (value: string): object =>
    allow('iam:TagUser', '*', { Condition: { StringEquals: { 'aws:RequestTag/team': value } } })
  assert.match(await with_(only('good'), 'TagUser', twice), /^400 InvalidInput: Duplicate/)
  assert.match(await with_(only('bad'), 'TagUser', twice), /^403 AccessDenied/)
})

test('an entity that is not there is named by its kind', async () => {
  const answer = await wire.iam(nobody, 'GetUser', { UserName: 'ghost' })
  assert.equal(
    answer.summary,
    `${base('GetUser', 'user ghost')} because no identity-based policy allows the iam:GetUser action`,
  )
})

test('a role session that names no user must name one', async () => {
  const boss = await wire.newUser('boss', { policy: allow('sts:*') })
  await wire.newRole('all', trusting(account), { policy: allow('*') })
  const session = await wire.session(boss, 'AssumeRole', {
    RoleArn: arn('role/all'),
    RoleSessionName: 'work',
  })
  const must = '400 ValidationError: Must specify userName when calling with non-User credentials'
  for (const action of ['GetUser', 'CreateAccessKey', 'ListAccessKeys', 'ListMFADevices']) {
    assert.equal((await wire.iam(session, action)).summary, must, action)
  }
  const gone = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }
  assert.equal((await wire.iam(session, 'DeleteAccessKey', gone)).summary, must)
})

test('root may do everything without a policy', async () => {
  assert.equal((await wire.iam(wire.root, 'ListUsers')).summary, '200 OK')
  const self = await wire.iam(wire.root, 'GetUser')
  assert.deepEqual(Object.keys(self.result), ['User'])
  assert.equal(self.text('User.Arn'), arn('root'))
  assert.equal(self.text('User.UserId'), account)
})
