import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compiledBytes, PolicyCache } from './policy-cache.ts'

const policy = (more: object, id: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: `s3:Get${id}`, Resource: '*', ...more },
  })
const usual = (id: number): string => policy({ Resource: [`arn:aws:s3:::${id}/*`] }, id)
/** As long as a session policy may be, and of as many values as fit. */
const hostile = (id: number): string =>
  policy({ Condition: { NumericEquals: { 'aws:k': Array(930).fill(1) } } }, id)
const statement = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...more } })

test('a text is compiled once, for each kind of policy', () => {
  const cache = new PolicyCache()
  assert.equal(cache.compile(usual(1), 'identity'), cache.compile(usual(1), 'identity'))
  assert.notEqual(cache.compile(usual(1), 'identity'), cache.compile(usual(1), 'session'))
})

test('thousands of usual policies are remembered, and as many hostile ones are not', () => {
  const cache = new PolicyCache()
  const first = cache.compile(usual(0), 'session')
  for (let id = 1; id < 4000; id++) cache.compile(usual(id), 'session')
  assert.equal(cache.compile(usual(0), 'session'), first)
  const forgotten = cache.compile(hostile(0), 'session')
  for (let id = 1; id < 400; id++) cache.compile(hostile(id), 'session')
  assert.notEqual(cache.compile(hostile(0), 'session'), forgotten)
})

test('what a compiled policy takes goes by its values more than by its length', () => {
  assert.ok(compiledBytes(hostile(0)) > 400_000)
  assert.ok(compiledBytes(usual(0)) < 10_000)
  assert.ok(compiledBytes(policy({ Resource: `arn:aws:s3:::${'a'.repeat(2000)}` }, 0)) < 10_000)
  assert.ok(compiledBytes(policy({ Resource: `arn:aws:s3:::${'*'.repeat(2000)}` }, 0)) > 90_000)
})

test('what was stored stays valid when later rules would refuse to store it', () => {
  const cache = new PolicyCache()
  const trust = statement({ Principal: { AWS: '*' }, Action: 'sts:*', Sid: 'any name' })
  assert.equal(cache.compile(trust, 'trust').kind, 'trust')
  const identity = statement({ Action: '*:Get*', Resource: '*' })
  assert.equal(cache.compile(identity, 'identity').kind, 'identity')
})

test('a session policy comes from a request and is judged as such', () => {
  const cache = new PolicyCache()
  const noArn = statement({ Action: 's3:Get*', Resource: 'bucket' })
  assert.throws(() => cache.compile(noArn, 'session'), /must be in ARN format/)
})
