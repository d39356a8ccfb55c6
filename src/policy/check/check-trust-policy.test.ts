import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePolicy } from '../parse-policy.ts'
import type { PolicyKind } from '../policy.ts'
import { PolicyError } from '../policy-error.ts'

const version = '2012-10-17'

function refusal(kind: PolicyKind, document: unknown): string {
  try {
    parsePolicy(typeof document === 'string' ? document : JSON.stringify(document), kind)
  } catch (error) {
    assert.ok(error instanceof PolicyError)
    return error.message
  }
  return 'accepted'
}

const trusted = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
const trust = (change: object): string =>
  refusal('trust', { Version: version, Statement: { ...trusted, ...change } })

test('trust policies are refused in their own words', () => {
  assert.equal(trust({}), 'accepted')
  assert.equal(refusal('trust', '{'), 'This policy contains invalid Json')
  assert.equal(trust({ Foo: 1 }), 'Unknown field Foo')
  assert.equal(
    refusal('trust', { Statement: [] }),
    'Could not parse the policy: Statement is empty!',
  )
  assert.equal(
    refusal('trust', { Version: 'x', Statement: trusted }),
    'The policy must contain a valid version string',
  )
  const twins = [
    { ...trusted, Sid: 'a' },
    { ...trusted, Sid: 'a' },
  ]
  assert.equal(
    refusal('trust', { Statement: twins }),
    'The Statement Ids in the policy are not unique',
  )
  assert.equal(trust({ Sid: 'a b' }), 'The following Statement Ids are invalid: a b')
  assert.equal(trust({ Effect: undefined }), 'Missing required field Effect')
  assert.equal(trust({ Effect: 'Maybe' }), 'Invalid effect: Maybe')
  assert.equal(trust({ Principal: undefined }), 'Missing required field Principal')
  assert.equal(trust({ Principal: {} }), 'Missing required field Principal cannot be empty!')
  assert.equal(
    trust({ Principal: { AWS: [] } }),
    'The passed in policy has a statement with no principals!',
  )
  assert.equal(trust({ Principal: [] }), 'Principal must be a JSON object.')
  assert.equal(
    trust({ Principal: '*' }),
    'AssumeRolepolicy contained an invalid principal: "STAR":"*".',
  )
  assert.equal(
    trust({ Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } }),
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:group/g"',
  )
  assert.equal(
    trust({ Principal: { Service: 'nothing' } }),
    'Invalid principal in policy: "SERVICE":"nothing"',
  )
  assert.equal(
    trust({ Principal: { Federated: 'x' } }),
    'Federated principals must be valid domain names or SAML metadata ARNs',
  )
  const notPrincipal = { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }
  assert.equal(trust(notPrincipal), 'Allow with NotPrincipal is not allowed.')
  assert.equal(trust({ Action: undefined }), 'Missing required field Action')
  const action = 'AssumeRole policy may only specify STS AssumeRole actions.'
  assert.equal(trust({ Action: 's3:GetObject' }), action)
  assert.equal(trust({ Action: '*' }), action)
  assert.equal(trust({ Action: 'sts:AssumeRole*' }), 'accepted')
  assert.equal(trust({ Action: 'sts:*' }), action)
  assert.equal(trust({ Action: 'STS:AssumeRole' }), action)
  assert.equal(trust({ Action: 'sts:assumerole' }), action)
  assert.equal(trust({ Resource: '*' }), 'Has prohibited field Resource')
  assert.equal(trust({ NotResource: '*' }), 'AssumeRole policy must not contain resources.')
})

test('a type of principal that is spelled wrong is a fault of the grammar, told by its place', () => {
  const compact = (type: string): string =>
    `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"${type}":"111122223333"},"Action":"sts:AssumeRole"}]}`
  assert.equal(refusal('trust', compact('AWS')), 'accepted')
  assert.equal(refusal('trust', compact('aws')), 'Syntax error at position (1,76)')
  const sorted =
    '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"service":"ec2.amazonaws.com"}}],"Version":"2012-10-17"}'
  assert.equal(refusal('trust', sorted), 'Syntax error at position (1,83)')
  const lines = '{"Statement": {\n  "Effect": "Allow",\n  "Principal": {"Aws": ["*"]}}}'
  assert.equal(refusal('trust', lines), 'Syntax error at position (3,25)')
  const number = '{"Statement":{"Effect":"Allow","Sid":12}}'
  assert.equal(refusal('trust', number), 'Syntax error at position (1,40)')
})

test('conditions of a trust policy have keys of a vendor and a name, and operators that exist', () => {
  const on = (operator: string, key: string): string =>
    trust({ Condition: { [operator]: { [key]: 'x' } } })
  assert.equal(on('StringEquals', 'sts:ExternalId'), 'accepted')
  assert.equal(on('StringEquals', 'oidc.example.com/id/1:sub'), 'accepted')
  assert.equal(on('StringEquals', 'aws:RequestTag/team:part'), 'accepted')
  const colons = 'Condition can contain only one colon.'
  assert.equal(on('StringEquals', 'https://oidc.example.com/id/1:sub'), colons)
  const vendor = 'Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  assert.equal(on('StringEquals', 'ExternalId'), vendor)
  assert.equal(on('StringMatch', 'sts:ExternalId'), 'Invalid Condition type : StringMatch')
})

test('a wildcard inside a principal is refused, for a Deny would pass everyone by', () => {
  const resource = (principal: object): string =>
    refusal('resource', {
      Version: version,
      Statement: { Effect: 'Deny', ...principal, Action: 's3:GetObject', Resource: '*' },
    })
  assert.equal(resource({ Principal: { AWS: ['111122223333', '*'] } }), 'accepted')
  assert.equal(
    resource({ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }),
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"',
  )
  assert.equal(
    resource({ NotPrincipal: { AWS: ['111122223333', 'arn:aws:iam::*:user/a'] } }),
    'Invalid principal in policy: "AWS":"arn:aws:iam::*:user/a"',
  )
  for (const type of ['Service', 'Federated', 'CanonicalUser']) {
    const text = `Invalid principal in policy: "${type.toUpperCase()}":"*"`
    assert.equal(resource({ Principal: { [type]: '*' } }), text)
  }
})

test('resource control policies may only deny, and name everyone', () => {
  const rcp = (change: object): string =>
    refusal('rcp', {
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', ...change },
    })
  assert.equal(rcp({}), 'accepted')
  assert.equal(rcp({ Principal: { AWS: '*' } }), 'accepted')
  assert.equal(rcp({ Effect: 'Allow', Action: '*' }), 'accepted')
  for (const change of [
    { Principal: { AWS: ['*'] } },
    { Principal: { AWS: '111122223333' } },
    { Action: '*' },
    { Action: undefined, NotAction: 's3:*' },
    { Effect: 'Allow' },
  ]) {
    assert.notEqual(rcp(change), 'accepted', JSON.stringify(change))
  }
})
