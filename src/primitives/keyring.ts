import { hkdfSync } from 'node:crypto'
import type { Random } from './random.ts'
import { type OpenedText, type SealingKey, sealingKey } from './sealing-key.ts'

/**
 * The keys behind every sealed value. Each master key gives keys of its own for each purpose (HKDF-SHA256), so that a
 * token can never be opened as a record. The newest key seals, all open.
 * A sealed value is: version (1 byte), key id (4), counter (16), AES-256-CTR ciphertext, HMAC-SHA-256 (32).
 */
export interface Keyring {
  /** Authenticated encryption with the newest key, as text. */
  seal(purpose: SealPurpose, plain: string): Sealed
  /** Undefined for anything not sealed by this keyring for this purpose, to the letter. */
  open(purpose: SealPurpose, sealed: string): OpenedText | undefined
}

/** A sealed value. */
export interface Sealed {
  readonly text: string
  /** 40 base64 characters bound to this one value: opening it gives them again, and nothing else does. */
  readonly secret: string
}

export type SealPurpose = 'session' | 'record' | 'message'

/** What the keys of all purposes follow from: 32 secret bytes. */
export interface MasterKey {
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly secret: Uint8Array
}

const version = 2
const headBytes = 5

/** Messages travel in headers and on command lines. */
const encodings = {
  session: 'base64',
  record: 'base64',
  message: 'base64url',
} as const satisfies Record<SealPurpose, BufferEncoding>

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
export function keyring(keys: readonly MasterKey[], random: Random): Keyring {
  const newest = keys.at(-1)
  if (!newest)
    throw new Error('The keyring holds no key; a keyring needs at least one key of 32 bytes.')
  const derived = new Map(keys.map((key) => [key.id, deriveKeys(key, random)]))
  const newestKeys = derived.get(newest.id) ?? deriveKeys(newest, random)
  const head = Buffer.alloc(headBytes)
  head[0] = version
  head.writeUInt32BE(newest.id, 1)

  return {
    seal(purpose, plain) {
      const { bytes, secret } = newestKeys[purpose].seal(head, plain)
      return { text: bytes.toString(encodings[purpose]), secret }
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, encodings[purpose])
      // Node's decoder skips what does not belong; only the one spelling that was given out is ours.
      if (bytes.length < headBytes || bytes.toString(encodings[purpose]) !== sealed)
        return undefined
      if (bytes[0] !== version) return undefined
      return derived.get(bytes.readUInt32BE(1))?.[purpose].open(bytes, headBytes)
    },
  }
}

function deriveKeys(key: MasterKey, random: Random): Record<SealPurpose, SealingKey> {
  if (key.secret.length !== 32) {
    throw new Error(`Key ${key.id} of the keyring has ${key.secret.length} bytes; a key has 32.`)
  }
  const derive = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', key.secret, new Uint8Array(0), `watchword/2/${use}`, 32))
  const keyFor = (purpose: SealPurpose): SealingKey =>
    sealingKey(
      {
        encryption: derive(`${purpose}-encryption`),
        authentication: derive(`${purpose}-authentication`),
        secrets: derive(`${purpose}-secrets`),
      },
      random,
    )
  return { session: keyFor('session'), record: keyFor('record'), message: keyFor('message') }
}
