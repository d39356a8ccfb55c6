import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSigningKeyCache } from './index.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const scopeOf = (region: string) => ({ date: '20260101', region, service: 'sts' })
const credentialOf = (region: string) => `AKIAEXAMPLE/20260101/${region}/sts/aws4_request`

test('a key is made once for a credential, and anew for another secret', () => {
  const cache = createSigningKeyCache()
  const key = cache.signingKey(secret, credentialOf('eu-west-1'), scopeOf('eu-west-1'))
  const again = cache.signingKey(secret, credentialOf('eu-west-1'), scopeOf('eu-west-1'))
  assert.equal(again, key)
  const other = cache.signingKey('other', credentialOf('eu-west-1'), scopeOf('eu-west-1'))
  assert.notDeepEqual(other, key)
})

test('a key of a region name that is no name at all is right, and not kept', () => {
  const cache = createSigningKeyCache()
  const region = 'x'.repeat(10_000)
  const key = cache.signingKey(secret, credentialOf(region), scopeOf(region))
  const again = cache.signingKey(secret, credentialOf(region), scopeOf(region))
  assert.notEqual(again, key)
  assert.deepEqual(again, key)
})
