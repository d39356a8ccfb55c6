import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  account,
  alice,
  attached,
  nothing,
  other,
  outcome,
  roleArn,
  root,
  service,
  session,
} from './decide.fixture.ts'
import type { PolicySources, Principal } from './request.ts'

const assumeRole = (
  principal: Principal,
  trust: unknown,
  sources: Partial<PolicySources> = {},
  more: { ids?: Map<string, string>; resource?: string } = {},
): string => {
  const resource = more.resource ?? roleArn
  const policy = attached('trust', { Effect: 'Allow', Principal: trust, Action: 'sts:AssumeRole' })
  return outcome(
    principal,
    { resource: { ...policy, principalIds: more.ids }, ...sources },
    { action: 'sts:AssumeRole', resource },
  )
}
const mayAssume = attached('identity', { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })

test('a trust policy must itself allow or delegate', () => {
  const identity = [mayAssume]
  assert.equal(assumeRole(alice, { AWS: other }, { identity }), 'implicit-deny trust')
  assert.equal(assumeRole(alice, { AWS: alice.arn }), 'allow trust')
  assert.equal(assumeRole(alice, { AWS: '*' }), 'allow trust')
  assert.equal(assumeRole(alice, { AWS: account }), 'implicit-deny identity')
  assert.equal(assumeRole(alice, { AWS: account }, { identity }), 'allow identity')
  const boundary = nothing('boundary')
  assert.equal(assumeRole(alice, { AWS: alice.arn }, { boundary }), 'implicit-deny boundary')
  assert.equal(assumeRole(root, { AWS: other }), 'implicit-deny trust')
})

test('a role does not trust its own sessions by itself', () => {
  const identity = [mayAssume]
  assert.equal(assumeRole(session, { AWS: alice.arn }, { identity }), 'implicit-deny trust')
  assert.equal(assumeRole(session, { AWS: roleArn }), 'allow trust')
})

test('a principal ARN bound to a unique id names only its owner', () => {
  const bound = new Map([[String(alice.arn), alice.id]])
  assert.equal(assumeRole(alice, { AWS: alice.arn }, {}, { ids: bound }), 'allow trust')
  const recreated = { ...alice, id: 'AIDASOMEBODYNEW000001' }
  assert.equal(assumeRole(recreated, { AWS: alice.arn }, {}, { ids: bound }), 'implicit-deny trust')
})

test('a renamed user keeps the trust that was given to its id', () => {
  const ids = new Map([[String(alice.arn), alice.id]])
  const renamed = { ...alice, arn: `arn:aws:iam::${account}:user/staff/alicia` }
  assert.equal(assumeRole(renamed, { AWS: alice.arn }, {}, { ids }), 'allow trust')
  assert.equal(assumeRole(renamed, { AWS: alice.arn }), 'implicit-deny trust')
  assert.equal(assumeRole(renamed, { AWS: roleArn }, {}, { ids }), 'implicit-deny trust')
})

test('a session ARN bound to its role names no other session of it', () => {
  const ids = new Map([[String(session.arn), session.id]])
  assert.equal(assumeRole(session, { AWS: session.arn }, {}, { ids }), 'allow trust')
  const sibling = { ...session, arn: `${session.arn}-2` }
  assert.equal(assumeRole(sibling, { AWS: session.arn }, {}, { ids }), 'implicit-deny trust')
})

test('services and federated callers need to be named by their own kind', () => {
  assert.equal(assumeRole(service, { Service: 'ec2.amazonaws.com' }), 'allow trust')
  assert.equal(assumeRole(service, { Service: 'lambda.amazonaws.com' }), 'implicit-deny trust')
  assert.equal(assumeRole(service, { AWS: '*' }), 'implicit-deny trust')
  const provider = `arn:aws:iam::${account}:oidc-provider/idp.example.com`
  const web: Principal = { type: 'web-identity', account, provider }
  assert.equal(assumeRole(web, { AWS: '*' }), 'implicit-deny trust')
  assert.equal(assumeRole(web, { Federated: provider }), 'allow trust')
  const foreign = { ...web, account: other }
  assert.equal(assumeRole(foreign, { Federated: provider }), 'implicit-deny trust')
})
