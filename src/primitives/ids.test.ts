import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accountOfId, ids } from './ids.ts'
import { systemRandom } from './random.ts'

const make = ids(systemRandom)
const account = fc.integer({ min: 0, max: 999_999_999_999 }).map((n) => String(n).padStart(12, '0'))

test('an id gives back the account it was made for', () => {
  fc.assert(
    fc.property(account, (id) => {
      assert.equal(accountOfId(make.accessKey(id)), id)
      assert.equal(accountOfId(make.sessionKey(id)), id)
      assert.equal(accountOfId(make.unique('AROA', id)), id)
    }),
  )
})

test('an id issued by AWS gives the account that AWS says', () => {
  assert.equal(accountOfId('ASIAQNZGKIQY56JQ7WML'), '029608264753')
})

test('ids have the lengths and alphabet of AWS', () => {
  assert.match(make.accessKey('000000000001'), /^AKIA[A-Z2-7]{16}$/)
  assert.match(make.unique('AIDA', '999999999999'), /^AIDA[A-Z2-7]{17}$/)
  assert.match(make.secret(), /^[A-Za-z0-9+/]{40}$/)
  assert.match(make.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('text that cannot carry an account gives none', () => {
  for (const id of [
    '',
    'AKIA',
    'AKIA0189AAAAAAAAAAAA',
    'AKIAIOSFODNN7exampl',
    'AKIA////////////////',
  ])
    assert.equal(accountOfId(id), undefined)
})
