import { LRUCache } from 'lru-cache'
import type { Keyring } from '../../primitives/keyring.ts'
import type { Random } from '../../primitives/random.ts'
import type { Session } from './session.ts'

export interface SessionCredentials {
  readonly secretAccessKey: string
  readonly sessionToken: string
}

export interface OpenedSession {
  readonly session: Session
  readonly secretAccessKey: string
}

/** Makes and opens session tokens. Stateless: any node with the keyring opens what another sealed. */
export interface SessionTokens {
  seal(session: Session): SessionCredentials
  /**
   * Undefined for anything that this keyring did not seal. Says nothing about expiry, nor whether the session is that of
   * `accessKeyId`, under which a token opened before is looked for.
   */
  open(token: string, accessKeyId: string): OpenedSession | undefined
}

interface RememberedToken extends OpenedSession {
  readonly token: string
}

/** A live token is opened once and then found: decryption is the dearest step of a small request. */
const remembered = 10_000
/** All of them together, so that long tokens cannot fill the memory. */
const rememberedCharacters = 32 * 1024 * 1024

/** @param keyring - asked at each use, since keys rotate while the service runs */
export function sessionTokens(keyring: () => Keyring, random: Random): SessionTokens {
  // By key id, which is short; of two live tokens with one key id the last used is kept.
  const cache = new LRUCache<string, RememberedToken>({
    max: remembered,
    maxSize: rememberedCharacters,
    sizeCalculation: ({ token }) => token.length,
  })
  return {
    seal(session) {
      const keys = keyring()
      const nonce = random.bytes(12)
      const sealed = keys.seal('session', Buffer.from(JSON.stringify(session)), nonce)
      return {
        sessionToken: sealed.toString('base64'),
        secretAccessKey: keys.deriveSecret(keys.newestKeyId, session.accessKeyId, nonce),
      }
    },
    open(token, accessKeyId) {
      const known = cache.get(accessKeyId)
      if (known?.token === token) return known
      const opened = keyring().open('session', fromBase64(token))
      if (!opened) return undefined
      // Sealed by us, so the text has the shape it was given when it was sealed.
      const session = JSON.parse(opened.plain.toString()) as Session
      const secretAccessKey = keyring().deriveSecret(
        opened.keyId,
        session.accessKeyId,
        opened.nonce,
      )
      const result = { token, session, secretAccessKey }
      cache.set(session.accessKeyId, result)
      return result
    },
  }
}

/** Node's decoder skips what is not base64; a token with such characters is not one of ours. */
function fromBase64(token: string): Uint8Array {
  const bytes = Buffer.from(token, 'base64')
  return bytes.toString('base64') === token ? bytes : new Uint8Array(0)
}
