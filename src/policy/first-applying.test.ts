import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decide } from './decide.ts'
import { parsePolicy } from './parse-policy.ts'
import type { AccessRequest, AttachedPolicy, Principal } from './request.ts'

const account = '111122223333'
const principal: Principal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/a`,
  id: 'AIDAAAAAAAAAAAAAAAAA1',
}

const compiled = (statements: readonly unknown[]): AttachedPolicy => ({
  name: 'p',
  policy: parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    'identity',
    'evaluate',
  ),
})

const value = fc.constantFrom(
  '',
  'a',
  'ab',
  'abc',
  'A',
  'a*',
  '*',
  'a?',
  '?b',
  '${x:b}',
  'a${x:b}*',
)
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }))
const operator = fc.constantFrom(
  'StringEquals',
  'StringEquals',
  'StringLike',
  'StringLike',
  'StringNotEquals',
  'StringEqualsIfExists',
  'StringEqualsIgnoreCase',
  'ForAnyValue:StringLike',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringEqualsIgnoreCase',
  'StringLikeIfExists',
  'NumericEquals',
  'NumericLessThan',
  'DateEqualsIfExists',
  'Bool',
  'ArnLike',
  'ForAllValues:ArnEquals',
  'ArnNotLike',
)
const nowhere = 'arn:aws:s3:::nowhere/*'
const resource = fc.oneof(
  { weight: 5, arbitrary: fc.constant('*') },
  { weight: 3, arbitrary: fc.constantFrom('arn:aws:s3:::b/*', 'arn:aws:s3:::b*') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'arn:aws:s3:::*/k',
      'arn:aws:s3:::*-logs/?',
      'arn:aws:s3:::b/${x:a}',
      'arn:aws:s3:::b/${x:a}*',
      'arn:aws:s3:::b/k',
      nowhere,
    ),
  },
)
/** Most ask for something that no request has, so that what is wrongly found or missed shows. */
const rare = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('none', 'none*', 'arn:aws:s3:::none', '77') },
  { weight: 1, arbitrary: value },
)
const condition = fc.dictionary(
  operator,
  fc.dictionary(fc.constantFrom('x:a', 'X:b', 'aws:TagKeys'), some(rare), { minKeys: 1 }),
  { minKeys: 1, maxKeys: 2 },
)
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    Action: fc.constant('s3:GetObject'),
    Resource: some(resource),
    Condition: fc.option(condition, { nil: undefined, freq: 12 }),
  })
  // Without a condition a statement would cover up what comes after it.
  .map((one) => (one.Condition === undefined ? { ...one, Resource: nowhere } : one))
const asked = fc.constantFrom(
  '1',
  '1e0',
  'TRUE',
  '2026-01-01T00:00Z',
  'arn:aws:s3:::b',
  'arn:aws:s3:::ab',
  '',
  'a',
  'ab',
  'abc',
  'A',
  'a*',
  'k',
)
const request: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constant(principal),
  action: fc.constant('s3:GetObject'),
  resource: fc.constantFrom(
    'arn:aws:s3:::b/k',
    'arn:aws:s3:::b/ab',
    'arn:aws:s3:::eu-logs/k',
    'arn:aws:s3:::c',
  ),
  context: fc
    .dictionary(
      fc.constantFrom('x:a', 'x:b', 'aws:tagkeys'),
      fc.oneof(asked, fc.array(asked, { maxLength: 2 })),
    )
    .map((entries) => new Map(Object.entries(entries))),
  multivaluedKeys: fc.constantFrom(undefined, new Set(['x:b'])),
})

test('the index finds the very statement that trying them one by one finds', () => {
  fc.assert(
    fc.property(
      fc.array(request, { minLength: 1, maxLength: 8 }),
      fc.array(statement, { minLength: 60, maxLength: 120 }),
      (requests, statements) => {
        const whole = compiled(statements)
        const apart = statements.map((one) => compiled([one]))
        for (const one of requests) {
          const { effect, statement: found } = decide(one, { identity: [whole] })
          const each = apart.map((policy) => decide(one, { identity: [policy] }).effect)
          const denying = each.indexOf('explicit-deny')
          const first = denying === -1 ? each.indexOf('allow') : denying
          assert.equal(effect, first === -1 ? 'implicit-deny' : each[first])
          assert.equal(found?.index ?? -1, first)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('of the statements that apply the first written decides, however general its action', () => {
  const written = ['*', 's3:*', 's3:GetObject', '*:GetObject'].map((Action) => ({
    Effect: 'Allow',
    Action,
    Resource: '*',
  }))
  const asked = { principal, action: 's3:GetObject', resource: '*', context: new Map() }
  for (const order of [written, written.toReversed()]) {
    assert.equal(decide(asked, { identity: [compiled(order)] }).statement?.index, 0)
  }
})

test('a long list under a prefix does not come before what was written earlier', () => {
  const under = Array.from({ length: 40 }, () => ({
    Effect: 'Allow',
    Action: '*',
    Resource: 'arn:aws:s3:::b*',
  }))
  const asked = {
    principal,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    context: new Map(),
  }
  const first = { Effect: 'Allow', Action: '*', Resource: '*' }
  assert.equal(decide(asked, { identity: [compiled([first, ...under])] }).statement?.index, 0)
  const policy = compiled([...under, first])
  assert.equal(decide(asked, { identity: [policy] }).statement?.index, 0)
  const elsewhere = { ...asked, resource: 'arn:aws:s3:::c' }
  assert.equal(decide(elsewhere, { identity: [policy] }).statement?.index, 40)
})

test('a long list of NotResource reaches what it does not name, and only that', () => {
  const list = Array.from({ length: 40 }, (_, i) => ({
    Effect: 'Deny',
    Action: '*',
    NotResource: ['arn:aws:s3:::a*', `arn:aws:s3:::ab-${i}/k`],
  }))
  const identity = [compiled([...list, { Effect: 'Allow', Action: '*', Resource: '*' }])]
  const decided = (resource: string): string => {
    const asked = { principal, action: 's3:GetObject', resource, context: new Map() }
    const { effect, statement } = decide(asked, { identity })
    return `${effect} ${statement?.index}`
  }
  assert.equal(decided('arn:aws:s3:::a/k'), 'allow 40')
  assert.equal(decided('arn:aws:s3:::b/k'), 'explicit-deny 0')
  assert.equal(decided('arn:aws:s3:::x-0/b'), 'explicit-deny 0')
})
