import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextKeysOf } from './context-keys.ts'
import { decide } from './decide.ts'
import { denialMessage } from './denial-message.ts'
import { explain } from './explain.ts'
import { parsePolicy } from './parse-policy.ts'
import type { AccessRequest, AttachedPolicy, PolicySources } from './request.ts'

const alice = {
  type: 'user',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/alice',
  id: 'AIDAALICEALICEALICE01',
} as const
const asked: AccessRequest = {
  principal: alice,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
  context: new Map([['aws:username', 'alice']]),
}
const all = { Effect: 'Allow', Action: '*', Resource: '*' }

function policy(...Statement: object[]): AttachedPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement })
  return { name: 'mine', sourceType: 'user', policy: parsePolicy(text, 'identity') }
}

test('every statement says what kept it out', () => {
  const identity = [
    policy(
      { ...all, Action: 'sqs:*' },
      { ...all, Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}/*' },
      { ...all, Condition: { StringEquals: { 'aws:UserName': 'bob' } } },
      { ...all, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } },
      { ...all, Sid: 'Last', Condition: { StringEquals: { 'aws:UserName': '${aws:username}' } } },
    ),
  ]
  const explained = explain(asked, { identity })
  const statements = explained.layers[0]?.policies[0]?.statements ?? []
  assert.deepEqual(
    statements.map(({ failed }) => failed.join()),
    ['action', 'resource', 'condition', 'condition', ''],
  )
  assert.deepEqual(statements[4]?.conditions, [
    {
      operator: 'StringEquals',
      key: 'aws:UserName',
      wanted: ['alice'],
      actual: 'alice',
      holds: true,
    },
  ])
  assert.deepEqual(explained.missingContextKeys, ['aws:PrincipalTag/team', 'aws:SourceVpc'])
  assert.equal(explained.effect, 'allow')
  assert.equal(explained.decidedBy?.sid, 'Last')
  assert.equal(explained.decidedBy?.policy, 'mine')
  assert.equal(explained.decidedBy?.sourceType, 'user')
})

test('keys that operators do not need are not missing', () => {
  const identity = [
    policy(
      { ...all, Condition: { StringNotEquals: { 'x:a': '1' } } },
      { ...all, Condition: { 'ForAllValues:StringEquals': { 'x:b': '1' } } },
    ),
  ]
  assert.deepEqual(explain(asked, { identity }).missingContextKeys, [])
})

const text = (request: Partial<AccessRequest>, sources: Partial<PolicySources> = {}): string => {
  const whole = { ...asked, ...request }
  return denialMessage(whole, decide(whole, { identity: [], ...sources }))
}
const base =
  'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k'

test('denials speak as AWS does', () => {
  const because = `${base} because no identity-based policy allows the s3:GetObject action`
  assert.equal(text({}), because)
  const identity = [policy({ ...all, Effect: 'Deny' })]
  assert.equal(text({}, { identity }), `${base} with an explicit deny in an identity-based policy`)
  const [denyAll] = identity.map((inline) => ({
    ...inline,
    name: 'arn:aws:iam::aws:policy/AWSDenyAll',
  }))
  assert.equal(
    text({}, { boundary: denyAll }),
    `${base} with an explicit deny in a permissions boundary: arn:aws:iam::aws:policy/AWSDenyAll`,
  )
  const scp = parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: { ...all, Effect: 'Deny' } }),
    'scp',
  )
  assert.equal(
    text({}, { scps: [[{ name: 's', policy: scp }]] }),
    `${base} with an explicit deny in a service control policy`,
  )
  assert.equal(
    text({ action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/r' }),
    'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r',
  )
  assert.equal(
    text({ action: 'sts:AssumeRoleWithSAML' }),
    'Not authorized to perform sts:AssumeRoleWithSAML',
  )
  assert.equal(
    text({ action: 'sts:GetAccessKeyInfo', resource: '*' }),
    'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action',
  )
  assert.match(text({ principal: { type: 'anonymous' } }), /^User: anonymous is not authorized/)
})

const keys = (document: unknown): string[] => contextKeysOf(JSON.stringify(document))

test('context keys are those of conditions and variables, as written', () => {
  const Statement = {
    Effect: 'Allow',
    Action: 's3:${not:this}',
    Resource: ['arn:aws:s3:::${aws:username}/${*}', "${x:y, 'd'}"],
    Condition: {
      NumericLessThan: { 'x:N': '${a:b}', 'x:n': '1' },
      StringLike: { '${v:k}': '${$}', 'x:N': '2' },
    },
  }
  assert.deepEqual(keys({ Version: '2012-10-17', Statement }), [
    'aws:username',
    '*',
    'x:y',
    'x:N',
    'a:b',
    'x:n',
    '${v:k}',
    '$',
  ])
  assert.deepEqual(keys({ Version: '2008-10-17', Statement }), ['x:N', 'x:n', '${v:k}'])
})

test('context keys are read laxly', () => {
  for (const document of [
    {},
    { Statement: [] },
    { Statement: { Effect: 'Allow' } },
    { Statement: { Effect: 'Allow', Action: 'abc', Resource: 'bad', Principal: '*' } },
    { Statement: { Effect: 'Allow', Action: [], Resource: [] } },
  ]) {
    assert.deepEqual(keys(document), [])
  }
  for (const document of [
    { Statement: {} },
    { Foo: 1 },
    { Statement: { Effect: 'Allow', Condition: { Same: { a: 'b' } } } },
  ]) {
    assert.throws(() => keys(document), { name: 'PolicyError' })
  }
})

test('a short policy cannot make gigabytes of a long value', () => {
  const many = '${aws:long}'.repeat(10_000)
  const long = 'x'.repeat(100_000)
  const context = new Map([
    ['aws:long', long],
    ['aws:arn', `arn:aws:s3:::${long}`],
  ])
  const refused: readonly (readonly [operator: string, key: string, wanted: string])[] = [
    ['StringEquals', 'aws:long', many],
    ['StringEqualsIgnoreCase', 'aws:long', many],
    ['StringLike', 'aws:long', `*${many}`],
    ['ArnLike', 'aws:arn', `arn:aws:s3:::${many}`],
    ['ArnLike', 'aws:arn', many],
  ]
  const outcomes = (Effect: string, negation: string) =>
    refused.map(([operator, key, wanted]) => {
      const name = operator.replace(/^(String|Arn)/, `$1${negation}`)
      const identity = [policy({ ...all, Effect, Condition: { [name]: { [key]: wanted } } })]
      const { effect, layers } = explain({ ...asked, context }, { identity })
      assert.equal(decide({ ...asked, context }, { identity }).effect, effect)
      // Not spelt out: it is shown as it was written.
      const [condition] = layers[0]?.policies[0]?.statements[0]?.conditions ?? []
      assert.deepEqual(condition?.wanted, [wanted])
      return effect
    })
  const [no, yes, deny] = ['implicit-deny', 'allow', 'explicit-deny']
  assert.deepEqual(outcomes('Allow', ''), [no, no, no, no, no])
  assert.deepEqual(outcomes('Allow', 'Not'), [yes, yes, yes, yes, no])
  // What is no ARN grants nothing and denies all, however long it would have been.
  assert.deepEqual(outcomes('Deny', ''), [no, no, no, no, deny])
  for (const Resource of [many, `*${many}`, `${many}*`]) {
    const identity = [policy({ ...all, Resource })]
    assert.equal(explain({ ...asked, context, resource: long }, { identity }).effect, no)
  }
})

test('a value fits exactly as far as the text it is compared with is long', () => {
  const context = new Map([
    ['aws:a', 'arn:aws'],
    ['aws:b', ':s3:::b'],
    ['aws:all', 'arn:aws:s3:::b'],
    ['aws:part', 'b'],
  ])
  const effectOf = (operator: string, wanted: string, key = 'aws:all'): string => {
    const identity = [policy({ ...all, Condition: { [operator]: { [key]: wanted } } })]
    return decide({ ...asked, context }, { identity }).effect
  }
  for (const operator of ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnLike']) {
    for (const whole of ['${aws:a}${aws:b}', 'arn:aws:s3:::${aws:part}', '${aws:all}']) {
      assert.equal(effectOf(operator, whole), 'allow', `${operator} ${whole}`)
      assert.equal(effectOf(operator, `${whole}\${aws:part}`), 'implicit-deny', operator)
    }
  }
  assert.equal(effectOf('ArnLike', '${aws:a}:*:*:*:*${aws:part}'), 'allow')
  assert.equal(effectOf('ArnLike', '${aws:a}:${aws:b}:s3:::b'), 'implicit-deny')
})

test('a document of nothing but variables is explained', () => {
  const Resource = '${a}'.repeat(200_000)
  const Condition = { StringEquals: { 'aws:UserName': '${a}'.repeat(200_000) } }
  const text = JSON.stringify({ Version: '2012-10-17', Statement: { ...all, Condition } })
  const identity = [
    { name: 'mine', policy: parsePolicy(text, 'identity') },
    policy({ ...all, Resource }),
  ]
  const { missingContextKeys, layers } = explain(asked, { identity })
  assert.deepEqual(missingContextKeys, ['a'])
  assert.deepEqual(layers[0]?.policies[1]?.statements[0]?.unresolvedVariables, ['a'])
})
