import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { type HmacKey, hmacHex, hmacKey } from '../sigv4/hmac-key.ts'
import type { Random } from './random.ts'

/**
 * The keys behind every sealed value. Each master key gives one sealing key per purpose and one for derived
 * secrets (HKDF-SHA256), so that a token can never be opened as a record. The newest key seals, all open.
 * A sealed value is: version (1 byte), key id (4), nonce (12), AES-256-GCM ciphertext, tag (16).
 */
export interface Keyring {
  /** Authenticated encryption with the newest key. `nonce` (12 bytes) must be fresh random. */
  seal(purpose: SealPurpose, plain: Uint8Array, nonce: Uint8Array): Buffer
  /** The plaintext and nonce, or undefined for anything not sealed by this keyring for this purpose. */
  open(purpose: SealPurpose, sealed: Uint8Array): Opened | undefined
  /** 40 base64 characters bound to `keyId`, an access key id and a nonce: the secret of a session. */
  deriveSecret(keyId: number, accessKeyId: string, nonce: Uint8Array): string
  readonly newestKeyId: number
}

export interface Opened {
  readonly keyId: number
  readonly nonce: Uint8Array
  readonly plain: Buffer
}

export type SealPurpose = 'session' | 'record' | 'message'

export interface MasterKey {
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly secret: Uint8Array
}

const version = 1
const headerLength = 17
const tagLength = 16

/** A new master key: 32 random bytes under a random id that no key in `taken` has. */
export function newMasterKey(random: Random, now: number, taken: readonly MasterKey[]): MasterKey {
  for (;;) {
    const id = random.bytes(4).readUInt32BE()
    if (!taken.some((key) => key.id === id)) {
      return { id, createdAt: now, secret: random.bytes(32) }
    }
  }
}

/** @throws Error when there is no key, or a key is not 32 bytes: the service must not start without one. */
export function keyring(keys: readonly MasterKey[]): Keyring {
  const newest = keys.at(-1)
  if (!newest)
    throw new Error('The keyring holds no key; a keyring needs at least one key of 32 bytes.')
  const derived = new Map(keys.map((key) => [key.id, deriveKeys(key)]))
  const newestKeys = derived.get(newest.id) ?? deriveKeys(newest)

  return {
    newestKeyId: newest.id,
    seal(purpose, plain, nonce) {
      const header = Buffer.allocUnsafe(headerLength)
      header[0] = version
      header.writeUInt32BE(newest.id, 1)
      header.set(nonce, 5)
      const cipher = createCipheriv('aes-256-gcm', newestKeys[purpose], nonce)
      cipher.setAAD(header)
      return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(purpose, sealed) {
      if (sealed.length < headerLength + tagLength || sealed[0] !== version) return undefined
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length)
      const keyId = bytes.readUInt32BE(1)
      const key = derived.get(keyId)
      if (!key) return undefined
      const nonce = bytes.subarray(5, headerLength)
      const decipher = createDecipheriv('aes-256-gcm', key[purpose], nonce)
      decipher.setAAD(bytes.subarray(0, headerLength))
      decipher.setAuthTag(bytes.subarray(-tagLength))
      const plain = decipher.update(bytes.subarray(headerLength, -tagLength))
      try {
        decipher.final()
      } catch {
        return undefined // the tag does not fit: forged or damaged
      }
      return { keyId, nonce, plain }
    },
    deriveSecret(keyId, accessKeyId, nonce) {
      const key = derived.get(keyId)
      if (!key) throw new Error('deriveSecret was asked for a key that is not in the keyring.')
      const mac = hmacHex(key.secret, accessKeyId + Buffer.from(nonce).toString('hex'))
      return Buffer.from(mac, 'hex').toString('base64', 0, 30)
    },
  }
}

/** Prepared once: handing over raw bytes costs Node several times the cipher's own work at each use. */
type DerivedKeys = Record<SealPurpose, KeyObject> & { readonly secret: HmacKey }

function deriveKeys(key: MasterKey): DerivedKeys {
  if (key.secret.length !== 32) {
    throw new Error(`Key ${key.id} of the keyring has ${key.secret.length} bytes; a key has 32.`)
  }
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key.secret, new Uint8Array(0), `watchword/1/${use}`, 32))
  return {
    session: createSecretKey(derive('seal-session')),
    record: createSecretKey(derive('seal-record')),
    message: createSecretKey(derive('seal-message')),
    secret: hmacKey(derive('session-secret')),
  }
}
