import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newMasterKey } from '../primitives/keyring.ts'
import { masterKeys } from '../primitives/master-keys.ts'
import { systemRandom } from '../primitives/random.ts'
import { encodeMessage, openMessage } from './encoded-message.ts'
import type { Services } from './services.ts'

const week = 7 * 24 * 3600 * 1000
const content = { requestId: 'c67cfacd-a305-4290-9acb-daecc012e431', account: '111122223333' }

function services(): Services {
  const keys = masterKeys([newMasterKey(systemRandom, 0, [])], systemRandom, async () => {})
  // Only what sealing takes.
  return { keyring: keys.current } as Partial<Services> as Services
}

test('a message opens until it expires, also after the keys were rotated', async () => {
  const keys = masterKeys([newMasterKey(systemRandom, 0, [])], systemRandom, async () => {})
  const own = { keyring: keys.current } as Partial<Services> as Services
  const message = encodeMessage(content, 1_000, own)
  assert.match(message, /^[A-Za-z0-9_-]{100,300}$/)
  await keys.rotate(2_000)
  assert.deepEqual(openMessage(message, 1_000 + week - 1, own), content)
  assert.equal(openMessage(message, 1_000 + week, own), undefined)
})

test('what is no message of this service does not open', () => {
  const own = services()
  const message = encodeMessage(content, 0, own)
  const session = own.keyring().seal('session', '[]')
  const wrong = [
    '',
    'not a message',
    message.slice(0, -1),
    `${message.slice(0, 40)}${message[40] === 'A' ? 'B' : 'A'}${message.slice(41)}`,
    Buffer.from(session.text, 'base64').toString('base64url'),
    encodeMessage(content, 0, services()),
  ]
  for (const text of wrong) assert.equal(openMessage(text, 0, own), undefined, text)
})
