import assert from 'node:assert/strict'
import { createDecipheriv, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { systemRandom } from './random.ts'
import { sealingKey } from './sealing-key.ts'

const secrets = {
  encryption: Buffer.alloc(32, 1),
  authentication: Buffer.alloc(32, 2),
  secrets: Buffer.alloc(32, 3),
}
const head = Buffer.from('head')
const tagBytes = 32
const counterBytes = 16

test('a value is what AES-256-CTR and HMAC-SHA-256 make of it', () => {
  const key = sealingKey(secrets, systemRandom)
  for (const text of ['', 'a', 'ünï 🦉', 'x'.repeat(100), 'y'.repeat(70_000)]) {
    const bytes = Buffer.from(key.seal(head, text).bytes)
    const tag = createHmac('sha256', secrets.authentication).update(bytes.subarray(0, -tagBytes))
    assert.deepEqual(bytes.subarray(-tagBytes), tag.digest())
    const from = head.length + counterBytes
    const counter = bytes.subarray(head.length, from)
    const cipher = createDecipheriv('aes-256-ctr', secrets.encryption, counter)
    assert.equal(cipher.update(bytes.subarray(from, -tagBytes)).toString(), text)
    assert.deepEqual(bytes.subarray(0, head.length), head)
  }
})

test('a value does not open under another key of any of the three', () => {
  const { bytes } = sealingKey(secrets, systemRandom).seal(head, 'text')
  const sealed = Buffer.from(bytes)
  const opened = sealingKey(secrets, systemRandom).open(sealed, head.length)
  assert.equal(opened?.text, 'text')
  const other = Buffer.alloc(32, 9)
  const open = (changed: Partial<typeof secrets>) =>
    sealingKey({ ...secrets, ...changed }, systemRandom).open(sealed, head.length)
  assert.equal(open({ authentication: other }), undefined)
  assert.notEqual(open({ encryption: other })?.text, 'text')
  assert.notEqual(open({ secrets: other })?.secret, opened?.secret)
})
