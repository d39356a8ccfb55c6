import { createHmac, type KeyObject } from 'node:crypto'
import { ecdsaKeys } from './ecdsa-key.ts'
import { type HmacKey, hmacKey } from './hmac-key.ts'

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text, 'utf8').digest()

/**
 * The SigV4 signing key of one day, region and service.
 *
 * @param scope - its `date` as `YYYYMMDD`
 * @returns 32 bytes
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function deriveSigningKey(
  secretAccessKey: string,
  scope: { readonly date: string; readonly region: string; readonly service: string },
): Buffer {
  const dated = hmac(`AWS4${secretAccessKey}`, scope.date)
  return hmac(hmac(hmac(dated, scope.region), scope.service), 'aws4_request')
}

/** Remembers derived keys. A changed secret is noticed, so a stale key is never used. */
export interface SigningKeyCache {
  /** @param credential - the access key id with the scope, one key each */
  signingKey(
    secretAccessKey: string,
    credential: string,
    scope: { readonly date: string; readonly region: string; readonly service: string },
  ): HmacKey
  publicKey(secretAccessKey: string, accessKeyId: string): KeyObject
}

/** A key is kept before its signature is known to hold: nobody may fill the memory, with a region name of any length. */
const longestKept = 256

/**
 * A cache of at most `limit` SigV4 keys and as many SigV4A keys.
 * Old keys go in halves: a full young generation becomes the old one, and the old one is dropped,
 * so a hit costs one look-up and moves nothing.
 */
export function createSigningKeyCache(limit = 10_000): SigningKeyCache {
  const symmetric = generations<HmacKey>(limit)
  const asymmetric = generations<KeyObject>(limit)
  return {
    signingKey(secret, credential, scope) {
      if (credential.length > longestKept) return hmacKey(deriveSigningKey(secret, scope))
      const known = symmetric.get(credential, secret)
      if (known !== undefined) return known
      const key = hmacKey(deriveSigningKey(secret, scope))
      // A copy: cut from a header, it would keep the whole header.
      symmetric.set(Buffer.from(credential).toString(), secret, key)
      return key
    },
    publicKey(secret, accessKeyId) {
      const known = asymmetric.get(accessKeyId, secret)
      if (known !== undefined) return known
      const key = ecdsaKeys(accessKeyId, secret).publicKey
      asymmetric.set(accessKeyId, secret, key)
      return key
    },
  }
}

interface Entry<Key> {
  readonly secret: string
  readonly key: Key
}

function generations<Key>(limit: number) {
  const half = Math.max(1, Math.floor(limit / 2))
  let young = new Map<string, Entry<Key>>()
  let old = new Map<string, Entry<Key>>()
  const add = (id: string, entry: Entry<Key>): void => {
    if (young.size >= half && !young.has(id)) {
      old = young
      young = new Map()
    }
    young.set(id, entry)
  }
  return {
    get(id: string, secret: string): Key | undefined {
      let entry = young.get(id)
      if (entry === undefined) {
        entry = old.get(id)
        if (entry !== undefined) add(id, entry)
      }
      return entry !== undefined && entry.secret === secret ? entry.key : undefined
    },
    set(id: string, secret: string, key: Key): void {
      add(id, { secret, key })
    },
  }
}
