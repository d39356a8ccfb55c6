import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import { account, allow, openWire, otherAccount, trusting, type Wire } from './wire-service.ts'

/** Which trust policies a role takes, whom they name, and who is trusted once somebody is gone. */
let wire: Wire
before(async () => {
  wire = await openWire()
  await wire.newAccount(otherAccount)
  await wire.newUser('ada')
  await wire.newRole('kept', trusting(account))
})
after(() => wire[Symbol.asyncDispose]())

const user = (name: string, of = account): string => `arn:aws:iam::${of}:user/${name}`
const role = (name: string, of = account): string => `arn:aws:iam::${of}:role/${name}`

const sound = { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }
const v2012 = (statement: unknown): object => ({ Version: '2012-10-17', Statement: statement })
const by = (principal: unknown): object => v2012({ ...sound, Principal: principal })
const doing = (action: unknown): object => v2012({ ...sound, Action: action })
const { Principal: _principal, ...withoutPrincipal } = sound
const { Action: _action, ...withoutAction } = sound
const { Effect: _effect, ...withoutEffect } = sound
const onlySts = 'AssumeRole policy may only specify STS AssumeRole actions.'
const nobody = (type: string, value: string): string =>
  `Invalid principal in policy: "${type}":"${value}"`
const domains = 'Federated principals must be valid domain names or SAML metadata ARNs'

const refused: readonly (readonly [document: unknown, text: string])[] = [
  ['no JSON', 'This policy contains invalid Json'],
  ['{', 'This policy contains invalid Json'],
  ['', 'empty'],
  [v2012([]), 'Could not parse the policy: Statement is empty!'],
  [{ Version: '2012-10-17' }, 'Could not parse the policy: Statement is empty!'],
  [{ Version: '2000-01-01', Statement: sound }, 'The policy must contain a valid version string'],
  [{ ...v2012(sound), More: 'x' }, 'Unknown field More'],
  [v2012({ ...sound, More: 'x' }), 'Unknown field More'],
  [
    v2012([
      { ...sound, Sid: 'one' },
      { ...sound, Sid: 'one' },
    ]),
    'The Statement Ids in the policy are not unique',
  ],
  [v2012(withoutEffect), 'Missing required field Effect'],
  [v2012({ ...sound, Effect: 'Maybe' }), 'Invalid effect: Maybe'],
  [v2012({ ...sound, Effect: 'allow' }), 'Invalid effect: allow'],
  [v2012(withoutPrincipal), 'Missing required field Principal'],
  [by({}), 'Missing required field Principal cannot be empty!'],
  [by('*'), 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'],
  [by('text'), 'Principal must be a JSON object.'],
  [by([account]), 'Principal must be a JSON object.'],
  [by({ AWS: user('ghost') }), nobody('AWS', user('ghost'))],
  [by({ AWS: role('ghost') }), nobody('AWS', role('ghost'))],
  [by({ AWS: [account, user('ghost')] }), nobody('AWS', user('ghost'))],
  [by({ AWS: user('ada*') }), nobody('AWS', user('ada*'))],
  [by({ AWS: user('*') }), nobody('AWS', user('*'))],
  [
    by({ AWS: `arn:aws:iam::${account}:group/staff` }),
    nobody('AWS', `arn:aws:iam::${account}:group/staff`),
  ],
  [by({ AWS: '999999999999' }), nobody('AWS', '999999999999')],
  [by({ AWS: 'arn:aws:iam::999999999999:root' }), nobody('AWS', 'arn:aws:iam::999999999999:root')],
  [by({ AWS: '12345' }), nobody('AWS', '12345')],
  [by({ AWS: 'ada' }), nobody('AWS', 'ada')],
  [
    by({ AWS: `arn:aws-cn:iam::${account}:root` }),
    nobody('AWS', `arn:aws-cn:iam::${account}:root`),
  ],
  [by({ AWS: 'AIDAAAAAAAAAAAAAAAAAA' }), nobody('AWS', 'AIDAAAAAAAAAAAAAAAAAA')],
  [
    by({ AWS: `arn:aws:sts::${account}:assumed-role/ghost/work` }),
    nobody('AWS', `arn:aws:sts::${account}:assumed-role/ghost/work`),
  ],
  [by({ Service: 'ghost' }), nobody('SERVICE', 'ghost')],
  [by({ Service: '*' }), nobody('SERVICE', '*')],
  [by({ Other: 'x' }), 'Syntax error at position (1,77)'],
  [by({ AWS: [] }), 'The passed in policy has a statement with no principals!'],
  [by({ Federated: 'no domain' }), domains],
  [
    v2012({ ...withoutPrincipal, NotPrincipal: { AWS: account } }),
    'Allow with NotPrincipal is not allowed.',
  ],
  [
    v2012({ ...withoutPrincipal, Effect: 'Deny', NotPrincipal: { AWS: account } }),
    'AssumeRole policy must not contain NotPrincipal field.',
  ],
  [v2012({ ...sound, Sid: 'any name' }), 'The following Statement Ids are invalid: any name'],
  [v2012(withoutAction), 'Missing required field Action'],
  [doing([]), 'Missing required field Action'],
  [doing('*'), onlySts],
  [doing('s3:GetObject'), onlySts],
  [doing('sts:GetCallerIdentity'), onlySts],
  [doing('sts:*'), onlySts],
  [doing('STS:assumerole'), onlySts],
  [doing(['sts:AssumeRole', 'iam:GetUser']), onlySts],
  [v2012({ ...withoutAction, NotAction: 'sts:AssumeRole' }), onlySts],
  [v2012({ ...sound, Resource: '*' }), 'Has prohibited field Resource'],
  [v2012({ ...sound, NotResource: '*' }), 'AssumeRole policy must not contain resources.'],
]

const kept: readonly object[] = [
  by({ AWS: account }),
  by({ AWS: `arn:aws:iam::${account}:root` }),
  by({ AWS: otherAccount }),
  by({ AWS: '*' }),
  by({ AWS: [account, user('ada')] }),
  by({ Service: 'ec2.amazonaws.com' }),
  by({ Service: ['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'] }),
  by({ Service: 's3.us-east-1.amazonaws.com' }),
  by({ AWS: account, Service: 'ec2.amazonaws.com' }),
  by({ AWS: `arn:aws:sts::${account}:federated-user/guest` }),
  by({ AWS: `arn:aws:sts::${account}:assumed-role/kept/work` }),
  doing(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']),
  doing('sts:Assume*'),
  { Version: '2008-10-17', Statement: sound },
  { Statement: sound },
  { ...v2012(sound), Id: 'any' },
  v2012({ ...sound, Sid: 'AnyName1' }),
  v2012([sound, { ...sound, Effect: 'Deny', Principal: { AWS: '*' } }]),
  v2012({ ...sound, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
]

const textOf = (document: unknown): string =>
  typeof document === 'string' ? document : JSON.stringify(document)
const tooShort = (field: string): string =>
  `400 ValidationError: 1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must have length greater than or equal to 1`

for (const [document, text] of refused) {
  test(`refused: ${textOf(document)}`, async () => {
    const { iam, root } = wire
    const expected = (field: string): string =>
      text === 'empty' ? tooShort(field) : `400 MalformedPolicyDocument: ${text}`
    const create = { RoleName: 'new', AssumeRolePolicyDocument: textOf(document) }
    assert.equal(
      (await iam(root, 'CreateRole', create)).summary,
      expected('assumeRolePolicyDocument'),
    )
    const update = { RoleName: 'kept', PolicyDocument: textOf(document) }
    assert.equal(
      (await iam(root, 'UpdateAssumeRolePolicy', update)).summary,
      expected('policyDocument'),
    )
  })
}

for (const [index, document] of kept.entries()) {
  test(`kept: ${textOf(document)}`, async () => {
    const { iam, root } = wire
    const RoleName = `kept-${index}`
    const create = { RoleName, AssumeRolePolicyDocument: textOf(document) }
    const made = await iam(root, 'CreateRole', create)
    assert.equal(made.summary, '200 OK')
    assert.equal(decodeURIComponent(made.text('Role.AssumeRolePolicyDocument')), textOf(document))
  })
}

const shown = async (name: string): Promise<string> => {
  const got = await wire.iam(wire.root, 'GetRole', { RoleName: name })
  return decodeURIComponent(got.text('Role.AssumeRolePolicyDocument'))
}

const assume = async (as: Credentials, name: string): Promise<string> => {
  const input = { RoleArn: role(name), RoleSessionName: 'work' }
  return (await wire.sts(as, 'AssumeRole', input)).summary
}

test('an account by its id is shown as its root afterwards', async () => {
  await wire.newRole('by-account', trusting(account))
  assert.match(await shown('by-account'), /"AWS":"arn:aws:iam::123456789012:root"/)
})

test('a user that comes back under its name is not who was trusted', async () => {
  const { iam, root } = wire
  const first = await wire.newUser('zoe')
  const id = (await iam(root, 'GetUser', { UserName: 'zoe' })).text('User.UserId')
  await wire.newRole('zoes', trusting(user('zoe')))
  assert.equal(await assume(first, 'zoes'), '200 OK')
  assert.ok((await shown('zoes')).includes(user('zoe')))
  await iam(root, 'DeleteAccessKey', { UserName: 'zoe', AccessKeyId: first.accessKeyId })
  await iam(root, 'DeleteUser', { UserName: 'zoe' })
  assert.match(await shown('zoes'), new RegExp(`"AWS":"${id}"`))
  const second = await wire.newUser('zoe')
  const denied = `403 AccessDenied: User: ${user('zoe')} is not authorized to perform: sts:AssumeRole on resource: ${role('zoes')}`
  assert.equal(await assume(second, 'zoes'), denied)
  const again = { RoleName: 'zoes', PolicyDocument: JSON.stringify(trusting(user('zoe'))) }
  assert.equal((await iam(root, 'UpdateAssumeRolePolicy', again)).summary, '200 OK')
  assert.equal(await assume(second, 'zoes'), '200 OK')
})

test('a user keeps the trust under a new name', async () => {
  const { iam, root } = wire
  const key = await wire.newUser('before')
  await wire.newRole('renamed', trusting(user('before')))
  await iam(root, 'UpdateUser', { UserName: 'before', NewUserName: 'after', NewPath: '/new/' })
  assert.equal(await assume(key, 'renamed'), '200 OK')
  assert.ok((await shown('renamed')).includes(user('new/after')))
})

test('a role that comes back under its name is not who was trusted', async () => {
  const { iam, root, session } = wire
  const ada = await wire.newUser('opener', { policy: allow('sts:*') })
  const enter = async (): Promise<Credentials> =>
    session(ada, 'AssumeRole', { RoleArn: role('door'), RoleSessionName: 'work' })
  const id = await wire.newRole('door', trusting(account))
  await wire.newRole('room', trusting(role('door')))
  const first = await enter()
  assert.equal(await assume(first, 'room'), '200 OK')
  await iam(root, 'DeleteRole', { RoleName: 'door' })
  assert.match(await shown('room'), new RegExp(`"AWS":"${id}"`))
  await wire.newRole('door', trusting(account))
  const second = await enter()
  assert.match(await assume(second, 'room'), /^403 AccessDenied/)
  assert.equal(
    await assume(first, 'room'),
    '403 InvalidClientTokenId: The security token included in the request is invalid.',
  )
})

test('a session named in a trust policy is that session only', async () => {
  const { session } = wire
  const ada = await wire.newUser('chooser', { policy: allow('sts:*') })
  await wire.newRole('hall', trusting(account))
  await wire.newRole('safe', trusting(`arn:aws:sts::${account}:assumed-role/hall/right`))
  const named = (name: string): Promise<Credentials> =>
    session(ada, 'AssumeRole', { RoleArn: role('hall'), RoleSessionName: name })
  assert.equal(await assume(await named('right'), 'safe'), '200 OK')
  assert.match(await assume(await named('wrong'), 'safe'), /^403 AccessDenied/)
})

test('a role is not trusted by itself, unless it says so', async () => {
  const { session } = wire
  const ada = await wire.newUser('looper', { policy: allow('sts:*') })
  await wire.newRole('loop', trusting(user('looper')), { policy: allow('sts:*') })
  const first = await session(ada, 'AssumeRole', { RoleArn: role('loop'), RoleSessionName: 'work' })
  assert.match(await assume(first, 'loop'), /^403 AccessDenied/)
  const both = {
    RoleName: 'loop',
    PolicyDocument: JSON.stringify(trusting([user('looper'), role('loop')])),
  }
  assert.equal((await wire.iam(wire.root, 'UpdateAssumeRolePolicy', both)).summary, '200 OK')
  assert.equal(await assume(first, 'loop'), '200 OK')
})

test('a named user needs no policy of its own, an account’s users do', async () => {
  const bare = await wire.newUser('bare')
  await wire.newRole('for-bare', trusting(user('bare')))
  assert.equal(await assume(bare, 'for-bare'), '200 OK')
  await wire.newRole('for-account', trusting(account))
  assert.match(await assume(bare, 'for-account'), /^403 AccessDenied/)
})
