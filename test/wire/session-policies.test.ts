import assert from 'node:assert/strict'
import { test } from 'node:test'
import { implicit, listUsers, usersArn, who, wire, workerRole } from './role-sessions.fixture.ts'
import { account, allow, deny } from './wire-service.ts'

/** Session policies: which are read at each use, and which are frozen in the token. */
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
    `403 AccessDenied: User: ${who(name)} is not authorized to perform: iam:ListUsers on resource: ${usersArn} with an explicit deny in a session policy: ${PolicyArn}`,
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
