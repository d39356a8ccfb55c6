import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain, type PolicyKind, type PolicySources, parsePolicy } from '../policy/engine.ts'
import { smallestChange } from './smallest-change.ts'

const account = '111122223333'
const callerArn = `arn:aws:iam::${account}:user/ada`
const role = `arn:aws:iam::${account}:role/r`

function policy(kind: PolicyKind, ...Statement: object[]) {
  const text = JSON.stringify({ Version: '2012-10-17', Statement })
  return { name: kind, policy: parsePolicy(text, kind, 'evaluate') }
}
const allow = (Action: string, Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})

function changeFor(sources: PolicySources, action = 's3:GetObject', resource = 'arn:aws:s3:::b/k') {
  const principal = { type: 'user', account, arn: callerArn, id: 'AIDA1' } as const
  const context = new Map([['aws:username', 'ada']])
  const explanation = explain({ principal, action, resource, context }, sources)
  const record = {
    callerArn,
    principal: { id: 'AIDA1', name: 'ada' },
    action,
    resource,
    explanation,
    statements: [],
  }
  return smallestChange(record)
}

test('what was allowed needs no change', () => {
  assert.equal(changeFor({ identity: [policy('identity', allow('*', '*'))] }), undefined)
})

test('a statement that only a condition kept out is nearer than one with another resource', () => {
  const identity = [
    policy(
      'identity',
      allow('s3:*', 'arn:aws:s3:::other/*'),
      allow('s3:*', '*', { Sid: 'S', Condition: { StringEquals: { 'x:k': 'v' } } }),
    ),
  ]
  assert.deepEqual(changeFor({ identity }), {
    layer: 'identity',
    policy: 'identity',
    index: 1,
    text: 'Statement 2 ("S") of identity would allow it if x:k met StringEquals "v" (the request has no such key).',
    statement: null,
  })
})

test('without a near statement one is proposed, and other silent layers are named', () => {
  const change = changeFor({
    identity: [policy('identity', allow('sqs:*', 'arn:aws:sqs:*'))],
    boundary: policy('boundary', allow('sqs:*', '*')),
  })
  assert.equal(
    change?.text,
    'An identity-based policy must allow s3:GetObject on arn:aws:s3:::b/k: add a statement such as the one given. Besides, the permissions boundary must allow it.',
  )
  assert.deepEqual(change?.statement, {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/k',
  })
})

test('a Deny has to go, by its condition if it has one, and something must still allow', () => {
  const Condition = { StringEquals: { 'aws:username': 'ada' } }
  const deny = policy('identity', { ...allow('*', '*'), Effect: 'Deny', Condition })
  assert.equal(
    changeFor({ identity: [deny] })?.text,
    'Statement 1 of identity denies it; it would not if StringEquals on aws:username did not hold (the request has "ada"). A Deny wins over every Allow. Besides, an identity-based policy must allow it.',
  )
  const both = [policy('identity', allow('*', '*'), { ...allow('*', '*'), Effect: 'Deny' })]
  assert.equal(
    changeFor({ identity: both })?.text,
    'Statement 2 of identity denies it; it has to be narrowed or removed. A Deny wins over every Allow.',
  )
})

test('a trust policy that names the account needs an identity-based policy beside it', () => {
  const trust = (AWS: string) => ({
    identity: [],
    resource: policy('trust', {
      Effect: 'Allow',
      Principal: { AWS },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': '42' } },
    }),
  })
  const byAccount = changeFor(trust(account), 'sts:AssumeRole', role)?.text ?? ''
  assert.match(byAccount, /sts:ExternalId.* Besides, an identity-based policy must allow it\.$/)
  const byName = changeFor(trust(callerArn), 'sts:AssumeRole', role)?.text ?? ''
  assert.match(byName, /sts:ExternalId met StringEquals "42" \(the request has no such key\)\.$/)
})
