import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { normalizePolicy } from './normalize-policy.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'
import type { AccessRequest, AttachedPolicy, PolicySources, Principal } from './request.ts'

const account = '111122223333'
const user: Principal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/a`,
  id: 'AIDAAAAAAAAAAAAAAAAA1',
}
const role: Principal = {
  type: 'assumed-role',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/R/s`,
  roleArn: `arn:aws:iam::${account}:role/R`,
  id: 'AROAAAAAAAAAAAAAAAAA1',
}
const provider = `arn:aws:iam::${account}:saml-provider/idp`
const principal = fc.constantFrom<Principal>(
  user,
  role,
  { ...role, serviceLinked: true },
  { type: 'root', account, arn: `arn:aws:iam::${account}:root` },
  {
    type: 'federated-user',
    account,
    arn: `arn:aws:sts::${account}:federated-user/f`,
    issuer: user,
  },
  { type: 'service', service: 'ec2.amazonaws.com' },
  { type: 'saml', account, provider },
  { type: 'anonymous' },
)

const action = fc.constantFrom('s3:GetObject', 'S3:getobject', 'sqs:SendMessage')
const resource = fc.constantFrom(
  '*',
  'arn:aws:s3:::b/k',
  'arn:aws:s3:::b',
  `arn:aws:sqs:r:${account}:q`,
  'arn:aws:sqs:r:444455556666:q',
)
const context = fc
  .dictionary(
    fc.constantFrom('x:a', 'x:b', 'aws:tagkeys'),
    fc.oneof(fc.constantFrom('1', 'a', ''), fc.array(fc.constantFrom('1', 'a'), { maxLength: 2 })),
  )
  .map((entries) => new Map(Object.entries(entries)))
const request: fc.Arbitrary<AccessRequest> = fc.record({ principal, action, resource, context })

const actions = fc.constantFrom('*', 's3:*', 's3:Get*', 'sqs:SendMessage', 'SQS:*', '*:*')
const resources = fc.constantFrom(
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b',
  'arn:aws:sqs:*',
  'arn:aws:s3:::${x:a}*',
)
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }))
const condition = fc.dictionary(
  fc.constantFrom(
    'StringEquals',
    'StringNotLike',
    'NumericLessThan',
    'ForAllValues:StringEquals',
    'ForAnyValue:StringLike',
    'BoolIfExists',
    'Null',
  ),
  fc.dictionary(
    fc.constantFrom('x:a', 'X:B', 'aws:TagKeys'),
    some(fc.constantFrom('1', 'a', 'true', '${x:a}')),
  ),
  { maxKeys: 2 },
)
const named = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: [account] },
  { AWS: [user.arn, account] },
  { AWS: role.roleArn },
  { AWS: [role.arn, role.roleArn, account] },
  { Service: 'ec2.amazonaws.com' },
  { Federated: provider },
)

type Statement = Record<string, unknown>

function statement(effect: fc.Arbitrary<string>, principals: boolean): fc.Arbitrary<Statement> {
  const either = (name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Statement> =>
    fc.oneof(
      { weight: 4, arbitrary: value.map((v) => ({ [name]: v })) },
      value.map((v) => ({ [`Not${name}`]: v })),
    )
  const parts = [
    effect.map((Effect): Statement => ({ Effect })),
    either('Action', some(actions)),
    either('Resource', some(resources)),
    condition.map((Condition): Statement => ({ Condition })),
    ...(principals ? [either('Principal', named)] : []),
  ]
  return fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Statement)
}

const anyEffect = fc.constantFrom('Allow', 'Allow', 'Deny')

function compiled(kind: PolicyKind, statements: readonly Statement[]): AttachedPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  return { name: kind, policy: parsePolicy(text, kind, 'evaluate') }
}

const policyOf = (kind: PolicyKind, principals = false): fc.Arbitrary<AttachedPolicy> =>
  fc
    .array(statement(anyEffect, principals), { minLength: 1, maxLength: 4 })
    .map((statements) => compiled(kind, statements))
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined })
const levels = (kind: PolicyKind): fc.Arbitrary<AttachedPolicy[][] | undefined> =>
  maybe(fc.array(fc.array(policyOf(kind), { maxLength: 2 }), { maxLength: 2 }))

const sources: fc.Arbitrary<PolicySources> = fc.record({
  identity: fc.array(policyOf('identity'), { maxLength: 6 }),
  boundary: maybe(policyOf('boundary')),
  session: maybe(fc.array(policyOf('session'), { maxLength: 2 })),
  resource: maybe(policyOf('resource', true)),
  scps: levels('scp'),
  vpcEndpoint: maybe(policyOf('vpc-endpoint', true)),
})

test('decide and explain never disagree', () => {
  fc.assert(
    fc.property(request, sources, (asked, policies) => {
      // Twice, because the second time goes by the combined index.
      decide(asked, policies)
      const decision = decide(asked, policies)
      const explained = explain(asked, policies)
      assert.equal(explained.effect, decision.effect)
      assert.equal(explained.layer, decision.layer)
      const denied = explained.layers.find(({ effect }) => effect === 'explicit-deny')
      assert.equal(denied?.layer, decision.effect === 'explicit-deny' ? decision.layer : undefined)
      const { decidedBy } = explained
      if (decidedBy !== null) {
        const statements = explained.layers
          .filter(({ layer }) => layer === decision.layer)
          .flatMap((layer) => layer.policies.flatMap((policy) => policy.statements))
        const wanted = decision.effect === 'allow' ? 'Allow' : 'Deny'
        assert.ok(
          statements.some((s) => s.applies && s.effect === wanted && s.index === decidedBy.index),
        )
      }
      if (decision.effect === 'implicit-deny') {
        const own = explained.layers.filter(({ layer }) => layer === decision.layer)
        if (['boundary', 'scp', 'vpc-endpoint'].includes(decision.layer)) {
          assert.ok(own.some(({ effect }) => effect === 'implicit-deny'))
        }
      }
      assert.deepEqual(JSON.parse(JSON.stringify(explained)), explained)
    }),
    { numRuns: 1500 },
  )
})

test('adding a Deny never grants', () => {
  const denies = fc.array(statement(fc.constant('Deny'), false), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(request, sources, denies, (asked, policies, added) => {
      const before = decide(asked, policies).effect
      const identity = [...policies.identity, compiled('identity', added)]
      const after = decide(asked, { ...policies, identity }).effect
      assert.ok(before === 'allow' || after !== 'allow')
    }),
  )
})

test('adding an Allow never denies', () => {
  const allows = fc.array(statement(fc.constant('Allow'), false), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(request, sources, allows, (asked, policies, added) => {
      const before = decide(asked, policies).effect
      const identity = [...policies.identity, compiled('identity', added)]
      const after = decide(asked, { ...policies, identity }).effect
      assert.ok(before !== 'allow' || after === 'allow')
    }),
  )
})

test('the order of statements and of policies does not matter', () => {
  const statements = fc.array(statement(anyEffect, true), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(request, sources, statements, (asked, policies, list) => {
      const effect = (order: readonly Statement[], identity: readonly AttachedPolicy[]): string =>
        decide(asked, { ...policies, identity, resource: compiled('resource', order) }).effect
      assert.equal(
        effect(list, policies.identity),
        effect(list.toReversed(), policies.identity.toReversed()),
      )
    }),
  )
})

test('many statements under one index decide as each policy by itself', () => {
  const many = fc.array(statement(anyEffect, false), { minLength: 34, maxLength: 60 })
  fc.assert(
    fc.property(request, many, (asked, statements) => {
      const whole = [compiled('identity', statements)]
      const apart = statements.map((one) => compiled('identity', [one]))
      const first = decide(asked, { identity: apart }).effect
      assert.equal(decide(asked, { identity: apart }).effect, first)
      assert.equal(decide(asked, { identity: whole }).effect, first)
    }),
    { numRuns: 200 },
  )
})

test('a list of policies that was changed in place is noticed', () => {
  const other = { Effect: 'Allow', Action: 'x:y', Resource: '*' }
  const identity = Array.from({ length: 6 }, () => compiled('identity', [other]))
  const asked = { principal: user, action: 's3:GetObject', resource: '*', context: new Map() }
  for (let i = 0; i < 3; i++) assert.equal(decide(asked, { identity }).effect, 'implicit-deny')
  identity[5] = compiled('identity', [{ Effect: 'Allow', Action: '*', Resource: '*' }])
  for (let i = 0; i < 3; i++) assert.equal(decide(asked, { identity }).effect, 'allow')
})

test('every request gets a decision, whatever it asks for', () => {
  const text = fc.string({ maxLength: 30 })
  fc.assert(
    fc.property(request, sources, text, text, (asked, policies, a, r) => {
      const { effect } = decide({ ...asked, action: a, resource: r }, policies)
      assert.ok(['allow', 'implicit-deny', 'explicit-deny'].includes(effect))
    }),
  )
})

test('a policy and its normal form decide alike, and the normal form is its own', () => {
  fc.assert(
    fc.property(request, policyOf('identity'), policyOf('resource', true), (asked, own, named) => {
      const normal = ({ name, policy }: AttachedPolicy): AttachedPolicy => {
        const again = parsePolicy(normalizePolicy(policy), policy.kind, 'evaluate')
        assert.equal(normalizePolicy(again), normalizePolicy(policy))
        return { name, policy: again }
      }
      const before = decide(asked, { identity: [own], resource: named })
      const after = decide(asked, { identity: [normal(own)], resource: normal(named) })
      assert.equal(after.effect, before.effect)
      assert.equal(after.layer, before.layer)
      assert.equal(after.statement?.index, before.statement?.index)
    }),
  )
})
