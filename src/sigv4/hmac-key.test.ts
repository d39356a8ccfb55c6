import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { hmacHex, hmacKey } from './hmac-key.ts'

test('a padded key gives the HMAC that node:crypto gives, for texts short and long', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.integer({ min: 300, max: 2000 }).map((length) => 'x'.repeat(length)),
  )
  fc.assert(
    fc.property(key, text, (bytes, message) => {
      const expected = createHmac('sha256', bytes).update(message, 'utf8').digest('hex')
      assert.equal(hmacHex(hmacKey(bytes), message), expected)
    }),
  )
})
