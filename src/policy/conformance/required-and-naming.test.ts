/**
 * The finer points of who is named: policies that must themselves allow, several statements that
 * name the caller differently, NotPrincipal, and what has no value.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Principal } from '../request.ts'
import {
  account,
  alice,
  allowAll,
  asked,
  attach,
  elsewhere,
  other,
  reaches,
  verdict,
} from './verdict.fixture.ts'

const roleArn = `arn:aws:iam::${account}:role/app`
const session: Extract<Principal, { type: 'assumed-role' }> = {
  type: 'assumed-role',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/app/one`,
  roleArn,
  id: 'AROAAPP00000000000001',
}
const root: Principal = { type: 'root', account, arn: `arn:aws:iam::${account}:root` }
const identity = [attach('identity', allowAll)]
const naming = (AWS: unknown) => ({ ...allowAll, Principal: { AWS } })

test('a policy that is required must name the caller or its account, whatever identity policies say', () => {
  const foreign = attach('resource', naming(other))
  assert.equal(verdict(asked, { identity, resource: foreign }), 'allow identity')
  const required = { ...foreign, required: true }
  assert.equal(verdict(asked, { identity, resource: required }), 'implicit-deny resource')
  const delegating = { ...attach('resource', naming(account)), required: true }
  assert.equal(verdict(asked, { identity, resource: delegating }), 'allow identity')
  assert.equal(verdict(asked, { identity: [], resource: delegating }), 'implicit-deny identity')
})

test('of several statements the one that names the caller most closely counts', () => {
  const request = { ...asked, principal: session }
  for (const list of [
    [naming(roleArn), naming(account)],
    [naming(account), naming(roleArn)],
    [naming(other), naming(account), naming(session.arn), naming(account)],
  ]) {
    const resource = attach('resource', ...list)
    assert.equal(verdict(request, { identity: [], resource }), 'allow resource')
  }
})

test('silent session policies of root limit nothing, and denying ones deny', () => {
  const request = { ...asked, principal: root }
  const silent = { identity: [], session: [attach('session', elsewhere)] }
  assert.equal(verdict(request, silent), 'allow identity')
  const denying = attach('session', { Effect: 'Deny', NotAction: 'sqs:*', Resource: '*' })
  assert.equal(verdict(request, { identity: [], session: [denying] }), 'explicit-deny session')
})

const notPrincipals: readonly (readonly [string, readonly string[], Principal, boolean])[] = [
  ['user and account', [String(alice.type === 'user' && alice.arn), account], alice, true],
  ['the user alone', [String(alice.type === 'user' && alice.arn)], alice, false],
  ['the account alone', [account], alice, false],
  ['session, role and account', [session.arn, roleArn, account], session, true],
  ['session and account', [session.arn, account], session, false],
  ['role and account', [roleArn, account], session, false],
  ['session and role', [session.arn, roleArn], session, false],
  ['the root ARN', [root.arn], root, true],
  ['another account', [other], root, false],
]
for (const [name, AWS, principal, spared] of notPrincipals) {
  test(`Deny with NotPrincipal ${name} ${spared ? 'spares' : 'hits'} a ${principal.type}`, () => {
    const statement = { Effect: 'Deny', NotPrincipal: { AWS }, Action: '*', Resource: '*' }
    const resource = attach('resource', statement)
    const request = { ...asked, principal }
    const told = verdict(request, { identity, resource })
    assert.equal(told, spared ? 'allow identity' : 'explicit-deny resource')
    const boundary = attach('boundary', allowAll)
    assert.equal(verdict(request, { identity, resource, boundary }), 'explicit-deny resource')
  })
}

test('Allow with NotPrincipal names everyone but those listed', () => {
  const statement = {
    Effect: 'Allow',
    NotPrincipal: { AWS: session.arn },
    Action: '*',
    Resource: '*',
  }
  const resource = attach('resource', statement)
  assert.equal(verdict(asked, { identity: [], resource }), 'allow resource')
  assert.equal(
    verdict({ ...asked, principal: session }, { identity: [], resource }),
    'implicit-deny identity',
  )
  assert.equal(
    verdict({ ...asked, principal: { type: 'anonymous' } }, { identity: [], resource }),
    'allow resource',
  )
})

test('a variable without a value in NotResource grants nothing and spares nothing', () => {
  const NotResource = 'arn:aws:s3:::${x:none}/*'
  assert.equal(reaches({ NotResource }, 'arn:aws:s3:::b/k'), false)
  assert.equal(reaches({ NotResource }, 'arn:aws:s3:::b/k', { 'x:none': 'a' }), true)
  assert.equal(reaches({ NotResource }, 'arn:aws:s3:::b/k', { 'x:none': 'b' }), false)
  const deny = attach('identity', { Effect: 'Deny', Action: '*', NotResource })
  assert.equal(verdict(asked, { identity: [...identity, deny] }), 'explicit-deny identity')
})

test('an action is asked in any case, and NotAction leaves out what it names', () => {
  const rows: readonly (readonly [Record<string, unknown>, string, boolean])[] = [
    [{ Action: 's3:getobject' }, 'S3:GetObject', true],
    [{ Action: 'S3:GET*' }, 's3:GetObject', true],
    [{ Action: 's3:Get?bject' }, 's3:GetObject', true],
    [{ Action: '*:GetObject' }, 's3:GetObject', true],
    [{ Action: 's?:*' }, 's3:GetObject', true],
    [{ Action: 's3:Get' }, 's3:GetObject', false],
    [{ Action: 's3:*' }, 's3express:GetObject', false],
    [{ NotAction: 's3:*' }, 's3:GetObject', false],
    [{ NotAction: 'S3:getobject' }, 's3:GetObject', false],
    [{ NotAction: 's3:*' }, 'sqs:SendMessage', true],
    [{ NotAction: ['s3:*', 'sqs:*'] }, 'sqs:SendMessage', false],
    [{ NotAction: '*' }, 'sqs:SendMessage', false],
  ]
  for (const [element, action, expected] of rows) {
    const policy = attach('identity', { Effect: 'Allow', Resource: '*', ...element })
    const told = verdict({ ...asked, action }, { identity: [policy] })
    assert.equal(told.startsWith('allow'), expected, `${JSON.stringify(element)} ${action}`)
  }
})

test('a key that the request declares multivalued is one to plain operators and to variables', () => {
  const Condition = { StringEquals: { 'x:k': 'v' } }
  const own = attach('identity', { ...allowAll, Condition })
  const variable = attach('identity', { ...allowAll, Resource: "arn:aws:s3:::${x:k, 'bucket'}/*" })
  const context = new Map([['x:k', 'v']])
  const multivaluedKeys = new Set(['x:k'])
  assert.equal(verdict({ ...asked, context }, { identity: [own] }), 'allow identity')
  const declared = { ...asked, context, multivaluedKeys }
  assert.equal(verdict(declared, { identity: [own] }), 'implicit-deny identity')
  const bucket = { ...asked, context: new Map([['x:k', 'bucket']]) }
  assert.equal(verdict(bucket, { identity: [variable] }), 'allow identity')
  const refused = { ...bucket, multivaluedKeys }
  assert.equal(verdict(refused, { identity: [variable] }), 'implicit-deny identity')
  const absent = { ...asked, multivaluedKeys }
  assert.equal(verdict(absent, { identity: [variable] }), 'implicit-deny identity')
})

test('a session ARN bound to a role is not that of a role made anew', () => {
  const trust = attach('trust', { Effect: 'Allow', Principal: { AWS: session.arn }, Action: '*' })
  const request = { ...asked, principal: session, action: 'sts:AssumeRole', resource: roleArn }
  const bound = (id: string) => ({ ...trust, principalIds: new Map([[String(session.arn), id]]) })
  assert.equal(verdict(request, { identity: [], resource: bound(session.id) }), 'allow trust')
  const before = bound('AROABEFORE00000000001')
  assert.equal(verdict(request, { identity: [], resource: before }), 'implicit-deny trust')
})

test('AWS * in a resource policy names services too', () => {
  const service: Principal = { type: 'service', service: 'logs.amazonaws.com' }
  const request = { ...asked, principal: service }
  const resource = attach('resource', naming('*'))
  assert.equal(verdict(request, { identity: [], resource }), 'allow resource')
  const denying = attach('resource', naming('*'), { ...naming('*'), Effect: 'Deny' })
  assert.equal(verdict(request, { identity: [], resource: denying }), 'explicit-deny resource')
})
