import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keyring, newMasterKey } from './keyring.ts'
import { systemRandom } from './random.ts'

const first = newMasterKey(systemRandom, 0, [])
const second = newMasterKey(systemRandom, 1, [first])
const nonce = (): Buffer => systemRandom.bytes(12)

test('what is sealed opens to the same bytes', () => {
  const ring = keyring([first])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (plain) => {
      const opened = ring.open('session', ring.seal('session', plain, nonce()))
      assert.deepEqual(new Uint8Array(opened?.plain ?? []), plain)
    }),
  )
})

test('a sealed value with any byte changed, or cut short, does not open', () => {
  const ring = keyring([first])
  const sealed = ring.seal('session', Buffer.from('who'), nonce())
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.equal(ring.open('session', changed), undefined, `byte ${at}`)
    assert.equal(ring.open('session', sealed.subarray(0, at)), undefined, `length ${at}`)
  }
})

test('a value sealed for one purpose does not open for another', () => {
  const ring = keyring([first])
  const sealed = ring.seal('record', Buffer.from('secret'), nonce())
  assert.equal(ring.open('session', sealed), undefined)
})

test('after a rotation the newest key seals and the older still opens', () => {
  const before = keyring([first])
  const after = keyring([first, second])
  const old = before.seal('session', Buffer.from('old'), nonce())
  assert.equal(after.open('session', old)?.plain.toString(), 'old')
  assert.equal(after.newestKeyId, second.id)
  assert.equal(
    before.open('session', after.seal('session', Buffer.from('new'), nonce())),
    undefined,
  )
})

test('a derived secret is bound to its key, access key id and nonce', () => {
  const ring = keyring([first, second])
  const n = nonce()
  const secret = ring.deriveSecret(first.id, 'ASIA1', n)
  assert.match(secret, /^[A-Za-z0-9+/]{40}$/)
  assert.equal(keyring([first]).deriveSecret(first.id, 'ASIA1', n), secret)
  assert.notEqual(ring.deriveSecret(first.id, 'ASIA2', n), secret)
  assert.notEqual(ring.deriveSecret(second.id, 'ASIA1', n), secret)
  assert.notEqual(ring.deriveSecret(first.id, 'ASIA1', nonce()), secret)
})

test('a keyring without a key, or with a short one, is refused', () => {
  assert.throws(() => keyring([]), /at least one key/)
  assert.throws(() => keyring([{ ...first, secret: new Uint8Array(16) }]), /a key has 32/)
})
