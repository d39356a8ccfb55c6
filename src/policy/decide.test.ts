import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  account,
  alice,
  allow,
  anonymous,
  attached,
  deny,
  federated,
  foreignQueue,
  nothing,
  other,
  outcome,
  queue,
  queueAllows,
  roleArn,
  root,
  service,
  session,
  sessionArn,
} from './decide.fixture.ts'
import type { PolicySources, Principal } from './request.ts'

test('nothing is allowed by default, except to root', () => {
  assert.equal(outcome(alice, {}), 'implicit-deny identity')
  assert.equal(outcome(session, {}), 'implicit-deny identity')
  assert.equal(outcome(anonymous, {}), 'implicit-deny resource')
  assert.equal(outcome(root, {}), 'allow identity')
})

test('identity policies allow within boundary and session policies', () => {
  const identity = [allow('identity')]
  assert.equal(outcome(alice, { identity }), 'allow identity')
  assert.equal(
    outcome(alice, { identity, boundary: nothing('boundary') }),
    'implicit-deny boundary',
  )
  assert.equal(outcome(alice, { identity, boundary: allow('boundary') }), 'allow identity')
  assert.equal(outcome(alice, { boundary: allow('boundary') }), 'implicit-deny identity')
  assert.equal(outcome(session, { identity, session: [] }), 'implicit-deny session')
  assert.equal(outcome(session, { identity, session: [allow('session')] }), 'allow identity')
  const two = [nothing('session'), allow('session')]
  assert.equal(outcome(session, { identity, session: two }), 'allow identity')
})

test('a federated user without session policies may do nothing', () => {
  const identity = [allow('identity')]
  assert.equal(outcome(federated, { identity }), 'implicit-deny session')
  assert.equal(outcome(federated, { identity, session: [allow('session')] }), 'allow identity')
  const direct = queueAllows(federated.arn)
  assert.equal(outcome(federated, { resource: direct }), 'allow resource')
})

test('an explicit deny of any layer ends every grant', () => {
  const identity = [allow('identity')]
  const resource = queueAllows(alice.arn)
  const layers: Partial<PolicySources>[] = [
    { identity: [...identity, deny('identity')] },
    { identity, boundary: deny('boundary') },
    { identity, session: [deny('session')] },
    { identity, scps: [[deny('scp')]] },
    { identity, rcps: [[deny('rcp', { Principal: '*' })]] },
    { identity, vpcEndpoint: deny('vpc-endpoint', { Principal: '*' }) },
    { identity, resource: deny('resource', { Principal: '*' }) },
  ]
  for (const sources of layers) {
    assert.match(outcome(alice, { resource, ...sources }), /^explicit-deny/)
  }
})

test('same account: how a resource policy names the caller decides what limits it', () => {
  const no = { boundary: nothing('boundary'), session: [nothing('session')] }
  const cases: [Principal, unknown, string, string][] = [
    [alice, alice.arn, 'allow resource', 'allow resource'],
    [alice, alice.id, 'allow resource', 'allow resource'],
    [session, sessionArn, 'allow resource', 'allow resource'],
    [federated, federated.arn, 'allow resource', 'allow resource'],
    [session, roleArn, 'allow resource', 'implicit-deny boundary'],
    [federated, alice.arn, 'implicit-deny session', 'implicit-deny boundary'],
    [alice, '*', 'allow resource', 'allow resource'],
    [session, '*', 'allow resource', 'allow resource'],
    [alice, account, 'implicit-deny identity', 'implicit-deny identity'],
    [alice, `arn:aws:iam::${account}:root`, 'implicit-deny identity', 'implicit-deny identity'],
    [alice, other, 'implicit-deny identity', 'implicit-deny identity'],
  ]
  for (const [principal, aws, free, limited] of cases) {
    const resource = queueAllows(aws)
    assert.equal(outcome(principal, { resource }), free, `${principal.type} by ${String(aws)}`)
    assert.equal(outcome(principal, { resource, ...no }), limited, `${String(aws)}, limited`)
  }
})

test('the closest of several names counts', () => {
  const resource = queueAllows([account, roleArn, sessionArn])
  assert.equal(outcome(session, { resource, session: [] }), 'allow resource')
})

test('cross-account both sides must allow', () => {
  const more = { resource: foreignQueue }
  const identity = [allow('identity')]
  const resource = queueAllows(alice.arn)
  assert.equal(outcome(alice, { identity }, more), 'implicit-deny resource')
  assert.equal(outcome(alice, { resource }, more), 'implicit-deny identity')
  assert.equal(outcome(alice, { identity, resource }, more), 'allow identity')
  for (const aws of ['*', account, alice.arn]) {
    const named = queueAllows(aws)
    assert.equal(outcome(alice, { identity, resource: named }, more), 'allow identity')
    const boundary = nothing('boundary')
    assert.equal(
      outcome(alice, { identity, resource: named, boundary }, more),
      'implicit-deny boundary',
    )
  }
  const bucket = { resource: 'arn:aws:s3:::b', resourceAccount: other }
  assert.equal(outcome(alice, { identity }, bucket), 'implicit-deny resource')
})

test('partitions never cross', () => {
  const china = { resource: `arn:aws-cn:sqs:cn-north-1:${account}:jobs` }
  assert.equal(outcome(alice, { identity: [allow('identity')] }, china), 'implicit-deny identity')
  const resource = queueAllows(alice.arn)
  assert.equal(outcome(alice, { resource }, china), 'implicit-deny identity')
})

test('services, providers and anonymous callers are allowed by the resource alone', () => {
  const byService = allow('resource', { Principal: { Service: service.service } })
  assert.equal(outcome(service, { resource: byService }), 'allow resource')
  assert.equal(outcome(anonymous, { resource: byService }), 'implicit-deny resource')
  assert.equal(outcome(anonymous, { resource: queueAllows('*') }), 'allow resource')
  const everyone = allow('resource', { Principal: '*' })
  assert.equal(outcome(anonymous, { resource: everyone }), 'allow resource')
  assert.equal(outcome(anonymous, { resource: queueAllows(account) }), 'implicit-deny resource')
})

test('each SCP level must allow, and only principals of accounts are under them', () => {
  const identity = [allow('identity')]
  const full = attached('scp', { Effect: 'Allow', Action: '*', Resource: '*' })
  const some = nothing('scp')
  assert.equal(outcome(alice, { identity, scps: [[full], [full, some]] }), 'allow identity')
  assert.equal(outcome(alice, { identity, scps: [[full], [some]] }), 'implicit-deny scp')
  assert.equal(outcome(alice, { identity, scps: [[full], []] }), 'implicit-deny scp')
  assert.equal(outcome(root, { scps: [[some]] }), 'implicit-deny scp')
  assert.equal(
    outcome({ ...session, serviceLinked: true }, { identity, scps: [[some]] }),
    'allow identity',
  )
  const resource = allow('resource', { Principal: '*' })
  assert.equal(outcome(service, { resource, scps: [[some]] }), 'allow resource')
  assert.equal(outcome(anonymous, { resource, scps: [[some]] }), 'allow resource')
  assert.equal(outcome(alice, { resource, scps: [[some]] }), 'implicit-deny scp')
})

test('RCPs hold for everyone but service-linked roles, where there is a resource', () => {
  const identity = [allow('identity')]
  const rcps = [[deny('rcp', { Principal: '*' })]]
  assert.equal(outcome(alice, { identity, rcps }), 'explicit-deny rcp')
  assert.equal(outcome(root, { rcps }), 'explicit-deny rcp')
  assert.equal(outcome({ ...session, serviceLinked: true }, { identity, rcps }), 'allow identity')
  assert.equal(outcome(alice, { identity, rcps }, { resource: '*' }), 'allow identity')
  const only = [[allow('rcp', { Action: '*', Principal: '*' })]]
  assert.equal(outcome(alice, { identity, rcps: only }), 'allow identity')
})

test('a VPC endpoint policy limits and never grants', () => {
  const identity = [allow('identity')]
  const open = allow('vpc-endpoint', { Principal: '*' })
  assert.equal(outcome(alice, { identity, vpcEndpoint: open }), 'allow identity')
  assert.equal(outcome(alice, { vpcEndpoint: open }), 'implicit-deny identity')
  const others = allow('vpc-endpoint', { Principal: { AWS: other } })
  assert.equal(outcome(alice, { identity, vpcEndpoint: others }), 'implicit-deny vpc-endpoint')
})

test('an action without resource types is asked of *', () => {
  const more = { action: 'sqs:ListQueues', resource: '*' }
  const specific = attached('identity', { Effect: 'Allow', Action: 'sqs:*', Resource: queue })
  const denied = attached('identity', { Effect: 'Deny', Action: 'sqs:*', Resource: queue })
  const denyOthers = attached('identity', { Effect: 'Deny', Action: 'sqs:*', NotResource: queue })
  const all = allow('identity')
  assert.equal(outcome(alice, { identity: [specific] }, more), 'implicit-deny identity')
  assert.equal(outcome(alice, { identity: [all, denied] }, more), 'allow identity')
  assert.equal(outcome(alice, { identity: [all, denyOthers] }, more), 'explicit-deny identity')
})

test('Deny with NotPrincipal spares only callers named with their whole chain', () => {
  const root111 = `arn:aws:iam::${account}:root`
  const spare = (principal: Principal, ...aws: string[]): string =>
    outcome(principal, {
      identity: [allow('identity')],
      resource: attached('resource', {
        Effect: 'Deny',
        NotPrincipal: { AWS: aws },
        Action: '*',
        Resource: '*',
      }),
    })
  assert.equal(spare(alice, alice.arn, root111), 'allow identity')
  assert.equal(spare(alice, root111), 'explicit-deny resource')
  assert.equal(spare(session, sessionArn, roleArn, account), 'allow identity')
  assert.equal(spare(session, roleArn, account), 'explicit-deny resource')
  assert.equal(spare(root, account), 'allow identity')
  const bounded = outcome(alice, {
    identity: [allow('identity')],
    boundary: allow('boundary'),
    resource: attached('resource', {
      Effect: 'Deny',
      NotPrincipal: { AWS: [alice.arn, root111] },
      Action: '*',
      Resource: '*',
    }),
  })
  assert.equal(bounded, 'explicit-deny resource')
})
