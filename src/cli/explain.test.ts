import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { element, serviceFixture } from './service.fixture.ts'

const fixture = await serviceFixture()
after(() => fixture[Symbol.asyncDispose]())
const { call, run, rootKey } = fixture

const document = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Team',
        Effect: 'Allow',
        Action: 'iam:ListUsers',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } },
      },
      { Sid: 'NoRoles', Effect: 'Deny', Action: 'iam:ListRoles', Resource: '*' },
    ],
  },
  undefined,
  2,
)
const ada = await fixture.user('ada', document)
const denied = async (Action: string) => {
  const answer = await call('iam', ada, { Action })
  assert.equal(answer.status, 403)
  return answer
}
const idOf = ({ headers }: { headers: Headers }): string => headers.get('x-amzn-RequestId') ?? ''

test('a refusal is explained: each layer, the compared values, the smallest change', async () => {
  const { output, status } = await run('explain', idOf(await denied('ListUsers')))
  assert.equal(status, 0)
  for (const line of [
    'DENIED: nothing allows it',
    '  action    iam:ListUsers',
    'identity-based policies: silent',
    '└─ own',
    '   │  ✗ StringEquals aws:PrincipalTag/team "blue": the request has no such key',
    '   └─ Deny statement 2 "NoRoles" (line 15) does not apply: other action',
    '  Statement 1 ("Team") of own would allow it if aws:PrincipalTag/team met StringEquals "blue" (the request has no such key).',
  ]) {
    assert.ok(output.split('\n').includes(line), `${line}\nis not in\n${output}`)
  }
})

test('the deciding statement is quoted as it was then, with its line numbers', async () => {
  const id = idOf(await denied('ListRoles'))
  await call('iam', rootKey, { Action: 'DeleteUserPolicy', UserName: 'ada', PolicyName: 'own' })
  const { output } = await run('explain', id)
  assert.ok(
    output.includes('decided by own, line 15:\n  15 │     {\n  16 │       "Sid": "NoRoles",\n'),
  )
  const put = { UserName: 'ada', PolicyName: 'own', PolicyDocument: document }
  await call('iam', rootKey, { Action: 'PutUserPolicy', ...put })
})

test('--json gives the record, and a request that was not refused is none', async () => {
  const id = idOf(await denied('ListRoles'))
  const record = JSON.parse((await run('explain', id, '--json')).output)
  assert.equal(record.requestId, id)
  assert.equal(record.explanation.effect, 'explicit-deny')
  assert.equal(record.statements[0].text.includes('NoRoles'), true)
  assert.equal(record.smallestChange.index, 1)
  const { output, status } = await run('explain', 'no-such-request')
  assert.match(output, /^NoSuchEntity: No refused request with id no-such-request/)
  assert.equal(status, 1)
})

test('without a request id the newest refusal is explained, also of one caller: not every client shows ids', async () => {
  const bob = await fixture.user('bob')
  const own = idOf(await denied('ListRoles'))
  const refused = await call('iam', bob, { Action: 'GetUser' })
  assert.match((await run('explain')).output, new RegExp(`^  request   ${idOf(refused)}$`, 'm'))
  for (const caller of [`arn:aws:iam::${fixture.service.account}:user/ada`, ada.accessKeyId]) {
    const { output } = await run('explain', '--caller', caller)
    assert.match(output, new RegExp(`^  request   ${own}$`, 'm'))
  }
  assert.deepEqual(await run('explain', '--caller', 'nobody'), {
    output: 'NoSuchEntity: No refused request of nobody is on record.',
    status: 1,
  })
  const both = await run('explain', own, '--caller', 'nobody')
  assert.deepEqual(both, { output: 'Give a request id or --caller, not both.', status: 1 })
})

test('what AccessDenied says names neither policies, statements nor condition values', async () => {
  for (const action of ['ListUsers', 'ListRoles']) {
    const { body } = await denied(action)
    assert.doesNotMatch(body, /own|Team|NoRoles|blue|PrincipalTag/)
  }
})

test('simulate decides by the policies in force, with the keys given', async () => {
  const asked = ['--principal', `arn:aws:iam::${fixture.service.account}:user/ada`]
  const list = [...asked, '--action', 'iam:ListUsers']
  assert.match((await run('simulate', ...list)).output, /^DENIED: nothing allows it/)
  const allowed = await run('simulate', ...list, '--context', 'aws:PrincipalTag/team=blue')
  assert.match(allowed.output, /^ALLOWED\n/)
  const json = await run('simulate', ...list, '--json')
  assert.equal(JSON.parse(json.output).allowed, false)
  const wrong = await run('simulate', ...list, '--context', 'team')
  assert.deepEqual(
    [wrong.status, wrong.output],
    [1, '--context team is not of the form key=value.'],
  )
  const nobody = await run('simulate', '--principal', 'arn:aws:iam::1:user/x', '--action', 'a:b')
  assert.match(nobody.output, /^NoSuchEntity: /)
})

test('simulate asks the trust policy of a role, as the request does', async () => {
  const { account } = fixture.service
  const ref = (principal: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
    })
  const RoleName = 'deploy'
  const user = `arn:aws:iam::${account}:user/ada`
  const role = `arn:aws:iam::${account}:role/deploy`
  const other = ref(`arn:aws:iam::${account}:root`)
  await call('iam', rootKey, { Action: 'CreateRole', RoleName, AssumeRolePolicyDocument: other })
  const asked = ['--principal', user, '--action', 'sts:AssumeRole', '--resource', role]
  const refused = await run('simulate', ...asked)
  assert.match(refused.output, /^DENIED[\s\S]*role trust policy: allows/)
  const assume = { Action: 'AssumeRole', RoleArn: role, RoleSessionName: 'session' }
  assert.equal((await call('sts', ada, assume)).status, 403)
  const trusted = { RoleName, PolicyDocument: ref(user) }
  await call('iam', rootKey, { Action: 'UpdateAssumeRolePolicy', ...trusted })
  assert.match((await run('simulate', ...asked)).output, /^ALLOWED/)
  assert.equal((await call('sts', ada, assume)).status, 200)
})

test('a refusal hands out a message that only those with permission can decode', async () => {
  const message = (await denied('ListRoles')).headers.get('x-watchword-encoded-message') ?? ''
  const decode = { Action: 'DecodeAuthorizationMessage', EncodedMessage: message }
  const own = await call('sts', ada, decode)
  assert.equal(own.status, 403)
  assert.equal(
    element(own.body, 'Message'),
    `User: arn:aws:iam::${fixture.service.account}:user/ada is not authorized to perform: sts:DecodeAuthorizationMessage because no identity-based policy allows the sts:DecodeAuthorizationMessage action`,
  )
  const { body } = await call('sts', rootKey, decode)
  const decoded = JSON.parse(element(body, 'DecodedMessage'))
  assert.deepEqual(decoded.matchedStatements, {
    items: [
      {
        statementId: 'NoRoles',
        effect: 'DENY',
        principals: { items: [] },
        principalGroups: { items: [] },
        actions: { items: [{ value: 'iam:ListRoles' }] },
        resources: { items: [{ value: '*' }] },
        conditions: { items: [] },
      },
    ],
  })
  const { principal, ...context } = decoded.context
  assert.deepEqual(context, {
    action: 'iam:ListRoles',
    resource: '*',
    conditions: { items: [] },
  })
  assert.equal(principal.name, 'ada')
  assert.match(principal.id, /^AIDA/)
  assert.deepEqual([decoded.allowed, decoded.explicitDeny], [false, true])
})

test('a message that is forged, expired or of another account is invalid', async () => {
  const message = (await denied('ListRoles')).headers.get('x-watchword-encoded-message') ?? ''
  const decode = async (EncodedMessage: string, key = rootKey) => {
    const answer = await call('sts', key, { Action: 'DecodeAuthorizationMessage', EncodedMessage })
    return [answer.status, element(answer.body, 'Code')]
  }
  const invalid = [400, 'InvalidAuthorizationMessageException']
  assert.deepEqual(await decode('AAAA'), invalid)
  assert.deepEqual(await decode(`${message}A`), invalid)
  const made = JSON.parse((await run('account', 'create', '--json')).output)
  const foreign = {
    accessKeyId: made.RootAccessKeyId,
    secretAccessKey: made.RootSecretAccessKey,
  }
  assert.deepEqual(await decode(message, foreign), invalid)
  assert.equal((await decode(message))[0], 200)
  fixture.service.clock.advance({ seconds: 7 * 24 * 3600 })
  assert.deepEqual(await decode(message), invalid)
})

test('a stored policy’s findings come back in a header; a sound one has none', async () => {
  const put = async (Resource: string) => {
    const statement = { Effect: 'Allow', Action: 'iam:PassRole', Resource }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    const input = { UserName: 'ada', PolicyName: 'pass', PolicyDocument }
    const answer = await call('iam', rootKey, { Action: 'PutUserPolicy', ...input })
    assert.equal(answer.status, 200)
    return answer.headers.get('x-watchword-lint')
  }
  assert.match((await put('*')) ?? '', /^1 finding; [a-z-]+ at \d+:\d+$/)
  assert.equal(await put(`arn:aws:iam::${fixture.service.account}:role/deploy`), null)
  const read = await call('iam', rootKey, { Action: 'ListUsers' })
  assert.equal(read.headers.get('x-watchword-lint'), null)
})
