import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { roles } from '../../directory/records/role.ts'
import { otherAccount, type TestIam, testAccount, testIam } from '../iam.fixture.ts'
import { userOperations } from '../users/user-operations.ts'
import { roleOperations } from './role-operations.ts'

const start = async (): Promise<TestIam> => {
  const iam = await testIam({ ...roleOperations, ...userOperations })
  await iam.call('CreateUser', { UserName: 'Ada', Path: '/eng/' })
  await iam.call('CreateUser', { UserName: 'Bob' }, { account: otherAccount })
  return iam
}
const ada = `arn:aws:iam::${testAccount}:user/eng/Ada`
const bob = `arn:aws:iam::${otherAccount}:user/Bob`

const trusting = (principal: unknown, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }],
  })

const make = (iam: TestIam, document: string, RoleName = 'r'): Promise<unknown> =>
  iam.call('CreateRole', { RoleName, AssumeRolePolicyDocument: document })

const shown = async ({ call }: TestIam, RoleName = 'r'): Promise<string> =>
  decodeURIComponent((await call('GetRole', { RoleName })).Role.AssumeRolePolicyDocument ?? '')

const bound = async ({ services }: TestIam): Promise<Readonly<Record<string, string>>> =>
  (await services.directory.account(testAccount))?.records.get(roles, 'r')?.trustedIds ?? {}

test('users, roles and sessions of any account are bound to the unique id they had', async () => {
  const iam = await start()
  await make(iam, trusting({ Service: 'ec2.amazonaws.com' }), 'Base')
  const base = (await iam.call('GetRole', { RoleName: 'base' })).Role
  const session = `arn:aws:sts::${testAccount}:assumed-role/Base/me`
  await make(iam, trusting({ AWS: [ada, bob, base.Arn, session] }))
  const { User } = await iam.call('GetUser', { UserName: 'Ada' })
  const other = await iam.call('GetUser', { UserName: 'Bob' }, { account: otherAccount })
  assert.deepEqual(await bound(iam), {
    [ada]: User.UserId,
    [bob]: other.User.UserId,
    [base.Arn]: base.RoleId,
    [session]: base.RoleId,
  })
  assert.equal(await shown(iam), trusting({ AWS: [ada, bob, base.Arn, session] }))
})

test('a principal that is nobody is refused with its text', async () => {
  const iam = await start()
  const nobodies = [
    `arn:aws:iam::${testAccount}:user/eng/none`,
    `arn:aws:iam::${testAccount}:user/Ada`, // without its path
    `arn:aws:iam::${testAccount}:user/eng/ada`, // in another case
    `arn:aws:iam::${testAccount}:role/none`,
    `arn:aws:iam::${testAccount}:user/*`,
    `arn:aws:iam::${testAccount}:group/eng`,
    `arn:aws:iam::${testAccount}:instance-profile/x`,
    `arn:aws:sts::${testAccount}:assumed-role/none/me`,
    `arn:aws:iam::999999999999:root`,
    `arn:aws:iam::999999999999:user/Ada`,
    `arn:aws-cn:iam::${testAccount}:root`,
    '999999999999',
    'AIDAAAAAAAAAAAAAAAAAA',
    'Ada',
  ]
  for (const nobody of nobodies) {
    await assert.rejects(make(iam, trusting({ AWS: nobody })), {
      code: 'MalformedPolicyDocument',
      message: `Invalid principal in policy: "AWS":"${nobody}"`,
    })
  }
  for (const service of ['ec2', 'ec2.example.com', 'EC2.amazonaws.com', '.amazonaws.com']) {
    await assert.rejects(make(iam, trusting({ Service: service })), {
      code: 'MalformedPolicyDocument',
      message: `Invalid principal in policy: "SERVICE":"${service}"`,
    })
  }
  await assert.rejects(iam.call('GetRole', { RoleName: 'r' }), { code: 'NoSuchEntity' })
})

test('accounts, federated users and services stand for themselves', async () => {
  const iam = await start()
  const federated = `arn:aws:sts::${otherAccount}:federated-user/x-y`
  const accounts = [`arn:aws:iam::${otherAccount}:root`, testAccount, federated]
  await make(
    iam,
    trusting({ AWS: accounts, Service: ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com.cn'] }),
  )
  assert.deepEqual(await bound(iam), {})
})

test('a bare account id is kept in the answer of the creation and then shown as an ARN', async () => {
  const iam = await start()
  const condition = { Condition: { StringEquals: { 'sts:ExternalId': testAccount } } }
  const sent = trusting({ AWS: [testAccount, '*'] }, condition)
  const { Role } = await iam.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: sent })
  assert.equal(decodeURIComponent(Role.AssumeRolePolicyDocument ?? ''), sent)
  const root = `arn:aws:iam::${testAccount}:root`
  assert.equal(await shown(iam), trusting({ AWS: [root, '*'] }, condition))
})

test('a trusted user that is gone is shown as its id, also when its name is taken again', async () => {
  const iam = await start()
  const sent = `{"Version":"2012-10-17", "Statement":{ "Effect":"Allow","Principal":{"AWS":"${ada.replaceAll('/', '\\/')}"},
    "Action":"sts:AssumeRole"}}`
  await make(iam, sent)
  assert.equal(await shown(iam), sent)
  const { User } = await iam.call('GetUser', { UserName: 'Ada' })
  await iam.call('DeleteUser', { UserName: 'Ada' })
  const expected = sent.replace(ada.replaceAll('/', '\\/'), User.UserId)
  assert.equal(await shown(iam), expected)
  await iam.call('CreateUser', { UserName: 'Ada', Path: '/eng/' })
  assert.equal(await shown(iam), expected)
  const [listed] = (await iam.call('ListRoles', {})).Roles
  assert.equal(decodeURIComponent(listed?.AssumeRolePolicyDocument ?? ''), expected)
})

test('after a restart the accounts of those a role trusts are read again', async () => {
  const iam = await start()
  await make(iam, trusting({ AWS: bob }))
  const { User } = await iam.call('GetUser', { UserName: 'Bob' }, { account: otherAccount })
  const operations = { ...roleOperations, ...userOperations }
  assert.equal(await shown(await testIam(operations, iam.store)), trusting({ AWS: bob }))
  await iam.call('DeleteUser', { UserName: 'Bob' }, { account: otherAccount })
  const restarted = await testIam(operations, iam.store)
  assert.equal(await shown(restarted), trusting({ AWS: User.UserId }))
  const again = { RoleName: 'r', PolicyDocument: trusting({ AWS: ada }) }
  await restarted.call('UpdateAssumeRolePolicy', again)
  assert.equal(await shown(restarted), trusting({ AWS: ada }))
})

test('what is shown can be stored again and then trusts the same', async () => {
  const iam = await start()
  const session = `arn:aws:sts::${testAccount}:assumed-role/Base/me`
  await make(iam, trusting({ Service: 'ec2.amazonaws.com' }), 'Base')
  const { User } = await iam.call('GetUser', { UserName: 'Ada' })
  const principals = [ada, bob, session, testAccount, '*', User.UserId]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...principals), { minLength: 1 }),
      fc.integer({ min: 0, max: 4 }),
      fc.stringMatching(/^[a-z{}"\\ é]{0,9}$/),
      async (AWS, indent, value) => {
        const condition = { Condition: { StringLike: { 'aws:PrincipalTag/x': value } } }
        const sent = JSON.stringify(JSON.parse(trusting({ AWS }, condition)), undefined, indent)
        await iam.call('UpdateAssumeRolePolicy', { RoleName: 'Base', PolicyDocument: sent })
        const once = await shown(iam, 'Base')
        await iam.call('UpdateAssumeRolePolicy', { RoleName: 'Base', PolicyDocument: once })
        assert.equal(await shown(iam, 'Base'), once)
      },
    ),
    { numRuns: 50 },
  )
})

test('a trusted user that was renamed is shown by its new ARN', async () => {
  const iam = await start()
  await make(iam, trusting({ AWS: ada }))
  await iam.call('UpdateUser', { UserName: 'Ada', NewUserName: 'Eva', NewPath: '/' })
  assert.equal(await shown(iam), trusting({ AWS: `arn:aws:iam::${testAccount}:user/Eva` }))
})

test('an id is accepted while its owner lives, and shown as the ARN', async () => {
  const iam = await start()
  const { User } = await iam.call('GetUser', { UserName: 'Ada' })
  await make(iam, trusting({ AWS: User.UserId }))
  assert.equal(await shown(iam), trusting({ AWS: ada }))
  await iam.call('DeleteUser', { UserName: 'Ada' })
  assert.equal(await shown(iam), trusting({ AWS: User.UserId }))
  const again = { RoleName: 'r', PolicyDocument: trusting({ AWS: User.UserId }) }
  await assert.rejects(iam.call('UpdateAssumeRolePolicy', again), {
    code: 'MalformedPolicyDocument',
  })
})

test('UpdateAssumeRolePolicy binds anew', async () => {
  const iam = await start()
  await make(iam, trusting({ AWS: ada }))
  await iam.call('UpdateAssumeRolePolicy', {
    RoleName: 'R',
    PolicyDocument: trusting({ AWS: bob }),
  })
  assert.deepEqual(Object.keys(await bound(iam)), [bob])
  await assert.rejects(iam.call('UpdateAssumeRolePolicy', { RoleName: 'x', PolicyDocument: '{' }), {
    code: 'NoSuchEntity',
    message: 'The role with name x cannot be found.',
  })
  await assert.rejects(iam.call('UpdateAssumeRolePolicy', { RoleName: 'r', PolicyDocument: '{' }), {
    code: 'MalformedPolicyDocument',
    message: 'This policy contains invalid Json',
  })
})

test('a trust policy has 2,048 characters, white space between its parts not counted', async () => {
  const iam = await start()
  const empty = trusting({ Service: 'ec2.amazonaws.com' }, { Sid: '' })
  const sized = (size: number): string =>
    trusting({ Service: 'ec2.amazonaws.com' }, { Sid: 'x'.repeat(size - empty.length) })
  await make(iam, JSON.stringify(JSON.parse(sized(2048)), undefined, 4))
  await assert.rejects(make(iam, sized(2049), 's'), {
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for ACLSizePerRole: 2048',
  })
})

test('a provider that many share must be narrowed to a tenant', async () => {
  const iam = await start()
  const github = 'token.actions.githubusercontent.com'
  const web = (condition: object): string =>
    trusting(
      { Federated: `arn:aws:iam::${testAccount}:oidc-provider/${github}` },
      { Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition },
    )
  const refused: object[] = [
    { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } },
    { StringLike: { [`${github}:sub`]: '*' } },
    { StringLike: { [`${github}:sub`]: ['repo:a/b:*', '*:x'] } },
    { StringEquals: { [`${github}:sub`]: ' ' } },
    { StringNotEquals: { [`${github}:sub`]: 'repo:a/b' } },
    { StringEqualsIfExists: { [`${github}:sub`]: 'repo:a/b' } },
    { Null: { [`${github}:sub`]: 'false' } },
  ]
  for (const condition of refused) {
    await assert.rejects(make(iam, web(condition)), { code: 'MalformedPolicyDocument' })
  }
  const taken: object[] = [
    { StringLike: { [`${github}:sub`]: 'repo:a/*' } },
    { StringEquals: { [`${github}:JOB_workflow_ref`]: 'a/b/c.yml@main' } },
    { 'ForAnyValue:StringEqualsIgnoreCase': { [`${github}:sub`]: ['repo:a/b'] } },
  ]
  for (const [index, condition] of taken.entries()) await make(iam, web(condition), `t${index}`)
  const own = { Federated: `arn:aws:iam::${testAccount}:oidc-provider/id.example.com` }
  await make(iam, trusting(own, { Action: 'sts:AssumeRoleWithWebIdentity' }), 'own')
})
