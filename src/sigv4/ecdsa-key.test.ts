import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ecdsaKeys } from './ecdsa-key.ts'

test('a SigV4A key pair is the one AWS derives from the same secret', () => {
  // aws-c-auth, tests/key_derivation_tests.c
  const { privateKey, publicKey } = ecdsaKeys(
    'AKISORANDOMAASORANDOM',
    'q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom',
  )
  const hex = (text: string | undefined) => Buffer.from(text ?? '', 'base64url').toString('hex')
  const jwk = privateKey.export({ format: 'jwk' })
  assert.equal(hex(jwk.d), '7fd3bd010c0d9c292141c2b77bfbde1042c92e6836fff749d1269ec890fca1bd')
  const point = publicKey.export({ format: 'jwk' })
  assert.equal(hex(point.x), '15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb')
  assert.equal(hex(point.y), '0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0')
})
