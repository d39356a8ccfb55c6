import { LRUCache } from 'lru-cache'
import type { Keyring } from '../../primitives/keyring.ts'
import type { Session } from './session.ts'
import { readSession, writeSession } from './session-text.ts'

/** What signs the requests of a session, beside its access key id. */
export interface SessionCredentials {
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** What a token says, and the secret that must sign with it. */
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
export function sessionTokens(keyring: () => Keyring): SessionTokens {
  // By key id, which is short; of two live tokens with one key id the last used is kept.
  const cache = new LRUCache<string, RememberedToken>({
    max: remembered,
    maxSize: rememberedCharacters,
    sizeCalculation: ({ token }) => token.length,
  })
  return {
    seal(session) {
      const { text, secret } = keyring().seal('session', writeSession(session))
      return { sessionToken: text, secretAccessKey: secret }
    },
    open(token, accessKeyId) {
      const known = cache.get(accessKeyId)
      if (known?.token === token) return known
      const opened = keyring().open('session', token)
      if (!opened) return undefined
      const session = readSession(opened.text)
      if (!session) return undefined
      const result = { token, session, secretAccessKey: opened.secret }
      cache.set(session.accessKeyId, result)
      return result
    },
  }
}
