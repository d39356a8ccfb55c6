import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'
import { type HmacKey, hmacKey } from '../sigv4/hmac-key.ts'
import type { Random } from './random.ts'

/**
 * Authenticated encryption of texts under one key: AES-256-CTR, then HMAC-SHA-256 over all that was written (RFC 2104).
 * Composed here and not left to GCM, because a cipher object for each value costs several times all the rest.
 */
export interface SealingKey {
  /** @param head - bytes before the sealed text that must not change either */
  seal(head: Uint8Array, text: string): SealedBytes
  /** Undefined for anything that this key did not seal behind this head. */
  open(sealed: Buffer, headBytes: number): OpenedText | undefined
}

export interface SealedBytes {
  /** Head and sealed text; to be used before the next value is sealed. */
  readonly bytes: Buffer
  readonly secret: string
}

export interface OpenedText {
  readonly text: string
  /** 40 base64 characters that follow from the sealed bytes and the key, and that nothing else tells. */
  readonly secret: string
}

/** 32 bytes each. */
export interface SealingSecrets {
  readonly encryption: Uint8Array
  readonly authentication: Uint8Array
  readonly secrets: Uint8Array
}

const paddedBytes = 64
const counterBytes = 16
const tagBytes = 32
const secretCharacters = 40

export function sealingKey(
  { encryption, authentication, secrets }: SealingSecrets,
  random: Random,
): SealingKey {
  const tagKey = hmacKey(authentication)
  // The message's inner hash serves both: under outer keys of their own, neither result tells of the other.
  const secretKey = hmacKey(secrets)
  const cipherKey = createSecretKey(encryption)
  const stream = keystream(cipherKey, random)
  // Written and read within one call, so that sealing a short text allocates next to nothing.
  const scratch = Buffer.alloc(4096)
  const envelope = Buffer.alloc(paddedBytes + tagBytes)

  function outerHash({ outer }: HmacKey, inner: string, encoding: 'binary' | 'base64'): string {
    envelope.set(outer)
    envelope.write(inner, paddedBytes, 'latin1')
    return hash('sha256', envelope, encoding)
  }

  const secretOf = (inner: string): string =>
    outerHash(secretKey, inner, 'base64').slice(0, secretCharacters)

  return {
    seal(head, text) {
      const textFrom = paddedBytes + head.length + counterBytes
      // A UTF-16 unit takes at most three bytes.
      const most = textFrom + text.length * 3 + tagBytes
      const bytes = most <= scratch.length ? scratch : Buffer.alloc(most)
      bytes.set(tagKey.inner)
      bytes.set(head, paddedBytes)
      const end = textFrom + bytes.write(text, textFrom)
      stream.encrypt(bytes, textFrom - counterBytes, end)
      const inner = hash('sha256', bytes.subarray(0, end), 'binary')
      bytes.write(outerHash(tagKey, inner, 'binary'), end, 'latin1')
      return { bytes: bytes.subarray(paddedBytes, end + tagBytes), secret: secretOf(inner) }
    },
    open(sealed, headBytes) {
      const textFrom = headBytes + counterBytes
      const end = sealed.length - tagBytes
      if (end < textFrom) return undefined
      const message = Buffer.concat([tagKey.inner, sealed.subarray(0, end)])
      const inner = hash('sha256', message, 'binary')
      const tag = Buffer.from(outerHash(tagKey, inner, 'binary'), 'latin1')
      if (!timingSafeEqual(tag, sealed.subarray(end))) return undefined
      const counter = sealed.subarray(headBytes, textFrom)
      const text = createDecipheriv('aes-256-ctr', cipherKey, counter)
        .update(sealed.subarray(textFrom, end))
        .toString()
      return { text, secret: secretOf(inner) }
    },
  }
}

const blockBytes = 16
const smallestStream = 1024
const largestStream = 256 * 1024
const nonceBytes = 12

interface Keystream {
  /** Writes the counter that it begins with at `from`, and encrypts what follows up to `end`. */
  encrypt(bytes: Buffer, from: number, end: number): void
}

/**
 * AES in counter mode, made thousands of blocks at a time under a fresh random nonce of 96 bits: the more the more are
 * wanted. Each value begins at a block of its own, and no block is used twice.
 */
function keystream(key: KeyObject, random: Random): Keystream {
  let zeros = Buffer.alloc(smallestStream)
  let nonce: Buffer = Buffer.alloc(nonceBytes)
  let stream: Buffer = Buffer.alloc(0)
  let used = 0

  function renew(bytes: number): void {
    if (stream.length > 0 && zeros.length < largestStream) zeros = Buffer.alloc(zeros.length * 4)
    const plain = bytes <= zeros.length ? zeros : Buffer.alloc(bytes)
    nonce = random.bytes(nonceBytes)
    const first = Buffer.concat([nonce, Buffer.alloc(counterBytes - nonceBytes)])
    stream = createCipheriv('aes-256-ctr', key, first).update(plain)
    used = 0
  }

  return {
    encrypt(bytes, from, end) {
      const textFrom = from + counterBytes
      const length = end - textFrom
      // An empty text takes a block too, so that no two values are the same.
      const blocks = Math.max(1, Math.ceil(length / blockBytes))
      if (used + blocks * blockBytes > stream.length) renew(blocks * blockBytes)
      bytes.set(nonce, from)
      bytes.writeUInt32BE(used / blockBytes, from + nonceBytes)
      for (let at = 0; at < length; at += 1) {
        bytes[textFrom + at] = (bytes[textFrom + at] as number) ^ (stream[used + at] as number)
      }
      used += blocks * blockBytes
    },
  }
}
