import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Keyring, keyring, type MasterKey, newMasterKey } from './keyring.ts'
import { systemRandom } from './random.ts'

const first = newMasterKey(systemRandom, 0, [])
const second = newMasterKey(systemRandom, 1, [first])
const ringOf = (...keys: MasterKey[]): Keyring => keyring(keys, systemRandom)

test('what is sealed opens to the same text, with the same secret', () => {
  const ring = ringOf(first)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (plain) => {
      const { text, secret } = ring.seal('session', plain)
      assert.deepEqual(ringOf(first, second).open('session', text), { text: plain, secret })
    }),
  )
})

test('texts of any length are sealed, one after another, and none shows through', () => {
  const ring = ringOf(first)
  const sealed = [0, 1, 15, 16, 17, 2000, 5000, 65_535, 65_536, 65_537, 300_000, 3].map(
    (length) => {
      const plain = 'x'.repeat(length)
      return { plain, ...ring.seal('record', plain) }
    },
  )
  for (const { plain, text, secret } of sealed) {
    assert.deepEqual(ring.open('record', text), { text: plain, secret })
    // Three of them in a row come by chance in one sealed text of many.
    if (plain.length > 8) assert.ok(!Buffer.from(text, 'base64').includes('x'.repeat(8)))
  }
})

test('no two values share any of their keystream', () => {
  const ring = ringOf(first)
  const blocks = new Set<string>()
  let count = 0
  for (let n = 0; n < 500; n++) {
    // Of equal blocks of text, equal keystream would make equal blocks.
    const bytes = Buffer.from(ring.seal('session', ' '.repeat(16 * (n % 40))).text, 'base64')
    for (let at = 21; at < bytes.length - 32; at += 16) {
      blocks.add(bytes.toString('hex', at, at + 16))
      count += 1
    }
  }
  assert.equal(blocks.size, count)
})

test('a sealed value with any byte changed, or cut short, does not open', () => {
  const ring = ringOf(first)
  const { text } = ring.seal('session', 'who')
  const sealed = Buffer.from(text, 'base64')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.equal(ring.open('session', changed.toString('base64')), undefined, `byte ${at}`)
    const short = sealed.subarray(0, at).toString('base64')
    assert.equal(ring.open('session', short), undefined, `length ${at}`)
  }
})

test('another spelling of a good value does not open', () => {
  const ring = ringOf(first)
  const { text } = ring.seal('session', 'who')
  for (const other of [` ${text}`, `${text}\n`, `${text}=`, text.replace(/=+$/, '.')]) {
    assert.equal(ring.open('session', other), undefined)
  }
})

test('a value sealed for one purpose does not open for another', () => {
  const ring = ringOf(first)
  assert.equal(ring.open('session', ring.seal('record', 'secret').text), undefined)
})

test('after a rotation the newest key seals and the older still opens', () => {
  const before = ringOf(first)
  const after = ringOf(first, second)
  assert.equal(after.open('session', before.seal('session', 'old').text)?.text, 'old')
  assert.equal(before.open('session', after.seal('session', 'new').text), undefined)
})

test('the secret of a value is its own, and cannot be seen in it', () => {
  const ring = ringOf(first)
  assert.notEqual(ring.seal('session', '').text, ring.seal('session', '').text)
  const one = ring.seal('session', 'ASIA1')
  const two = ring.seal('session', 'ASIA1')
  assert.match(one.secret, /^[A-Za-z0-9+/]{40}$/)
  assert.notEqual(one.secret, two.secret)
  assert.notEqual(one.text, two.text)
  const bytes = Buffer.from(one.text, 'base64')
  assert.ok(!bytes.includes(Buffer.from(one.secret, 'base64').subarray(0, 4)))
})

test('a keyring without a key, or with a short one, is refused', () => {
  assert.throws(() => ringOf(), /at least one key/)
  assert.throws(() => ringOf({ ...first, secret: new Uint8Array(16) }), /a key has 32/)
})
