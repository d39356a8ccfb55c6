import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPackedPolicySize, packedPolicySize } from './packed-policy.ts'

const none = { policy: undefined, policyArns: [], tags: [] }
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
})
const wide = (count: number, length: number) =>
  Array.from({ length: count }, (_, n) => ({ Key: `T${n + 1}`, Value: 'a'.repeat(length) }))

test('nothing has no size, and the least that is passed has one', () => {
  assert.equal(packedPolicySize(none), undefined)
  assert.equal(packedPolicySize({ ...none, tags: [{ Key: 'a', Value: '' }] }), 1)
})

test('nine tags of 250 equal letters take the 498 % that AWS was seen to count', () => {
  assert.throws(() => checkPackedPolicySize({ ...none, tags: wide(9, 250) }), {
    code: 'PackedPolicyTooLarge',
    message: 'Packed size of session tags consumes 498% of allotted space.',
  })
})

test('fifty short tags fit, as AWS documents', () => {
  const tags = Array.from({ length: 50 }, (_, n) => ({ Key: `key-${n}`, Value: `value-${n}` }))
  assert.ok((packedPolicySize({ ...none, tags }) ?? 101) <= 100)
})

test('tags and policies share the space, and whichever is too much is named', () => {
  const alone = packedPolicySize({ ...none, policy }) ?? 0
  const tags = wide(1, 440)
  assert.ok(alone > 0 && (packedPolicySize({ ...none, tags }) ?? 0) <= 100)
  assert.throws(() => checkPackedPolicySize({ ...none, policy, tags }), {
    message: /^Packed policy consumes 10\d% of allotted space, please use smaller policy\.$/,
  })
})

test('more than 2,048 characters are too much, however well they pack', () => {
  const long = policy.replace('*', 'x'.repeat(2000))
  assert.throws(() => checkPackedPolicySize({ ...none, policy: long }), {
    message: /^Packed policy consumes 10\d%/,
  })
})
