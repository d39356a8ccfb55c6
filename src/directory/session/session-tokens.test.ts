import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Keyring, keyring, newMasterKey } from '../../primitives/keyring.ts'
import { systemRandom } from '../../primitives/random.ts'
import type { RoleSession } from './session.ts'
import { type SessionTokens, sessionTokens } from './session-tokens.ts'

const first = newMasterKey(systemRandom, 0, [])
const second = newMasterKey(systemRandom, 1, [first])
const session: RoleSession = {
  type: 'role',
  account: '111122223333',
  accessKeyId: 'ASIAEXAMPLE',
  roleName: 'ci',
  roleId: 'AROAEXAMPLE',
  sessionName: 'one',
  issuedAt: 1,
  expiresAt: 901,
  mfaAt: undefined,
  sourceIdentity: undefined,
  policy: undefined,
  policyArns: undefined,
  tags: [{ Key: 'team', Value: 'a' }],
  transitiveTagKeys: [],
  ancestors: [],
}
const tokensOf = (ring: Keyring): SessionTokens => sessionTokens(() => ring)

test('any node with the keyring opens a token, with the secret that was given out', () => {
  const { sessionToken, secretAccessKey } = tokensOf(keyring([first], systemRandom)).seal(session)
  const opened = tokensOf(keyring([first, second], systemRandom)).open(
    sessionToken,
    session.accessKeyId,
  )
  assert.deepEqual(opened?.session, session)
  assert.equal(opened?.secretAccessKey, secretAccessKey)
})

test('two sessions of one key id have different secrets', () => {
  const tokens = tokensOf(keyring([first], systemRandom))
  assert.notEqual(tokens.seal(session).secretAccessKey, tokens.seal(session).secretAccessKey)
})

test('a foreign token, a changed one, and another spelling of a good one do not open', () => {
  const tokens = tokensOf(keyring([first], systemRandom))
  const { sessionToken } = tokens.seal(session)
  const { sessionToken: foreign } = tokensOf(keyring([second], systemRandom)).seal(session)
  const changed = sessionToken.replace(/.(?=.{20}$)/, (c) => (c === 'A' ? 'B' : 'A'))
  for (const token of ['', 'x', foreign, changed, `${sessionToken} `, ` ${sessionToken}`]) {
    assert.equal(tokens.open(token, session.accessKeyId), undefined)
  }
})

test('a token opens as its own session, whatever was opened before under its access key id', () => {
  const tokens = tokensOf(keyring([first], systemRandom))
  const { sessionToken } = tokens.seal(session)
  const { sessionToken: twin, secretAccessKey } = tokens.seal({ ...session, sessionName: 'two' })
  for (let time = 0; time < 2; time++) {
    assert.deepEqual(tokens.open(sessionToken, session.accessKeyId)?.session, session)
    assert.deepEqual(tokens.open(sessionToken, 'ASIAOTHER')?.session, session)
    assert.equal(tokens.open(twin, session.accessKeyId)?.secretAccessKey, secretAccessKey)
  }
})
