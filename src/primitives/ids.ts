import { base32Value, encodeBase32 } from './base32.ts'
import type { Random } from './random.ts'

/**
 * Identifiers in AWS's forms. The account sits in the bits where AWS puts it (40 bits after a leading 1),
 * so that a key leads to its account without an index.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export interface Ids {
  /** `AKIA` + 16 characters: a long-term key. */
  accessKey(account: string): string
  /** `ASIA` + 16 characters: a temporary key; unique only together with its token, as on AWS. */
  sessionKey(account: string): string
  /** A 21-character unique id such as `AROA…`. */
  unique(prefix: UniqueIdPrefix, account: string): string
  /** 40 characters of the base64 alphabet. */
  secret(): string
  uuid(): string
}

export type UniqueIdPrefix = 'AIDA' | 'AGPA' | 'AROA' | 'ANPA' | 'AIPA'

/** Ids and secrets drawn from `random`. */
export function ids(random: Random): Ids {
  const tail = (account: string): string => {
    const bytes = random.bytes(10)
    // 1 bit of 1, 40 bits of account, 39 random bits; 80 bits are the 16 characters.
    const number = Number(account)
    const high = Math.floor(number / 2 ** 17)
    bytes[0] = 0x80 | (high >>> 16)
    bytes[1] = (high >>> 8) & 0xff
    bytes[2] = high & 0xff
    const low = number % 2 ** 17
    bytes[3] = low >>> 9
    bytes[4] = (low >>> 1) & 0xff
    bytes[5] = ((low & 1) << 7) | ((bytes[5] ?? 0) & 0x7f)
    return encodeBase32(bytes)
  }
  return {
    accessKey: (account) => `AKIA${tail(account)}`,
    sessionKey: (account) => `ASIA${tail(account)}`,
    unique: (prefix, account) => `${prefix}${tail(account)}${encodeBase32(random.bytes(5))[0]}`,
    secret: () => random.bytes(30).toString('base64'),
    uuid: () => uuidFrom(random.bytes(16)),
  }
}

/** A version 4 UUID of 16 random bytes. */
function uuidFrom(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * The account encoded in a key id or unique id (drop four characters, base32, bits 1 to 40), or undefined
 * for text that cannot carry one. Whether such an account exists is the directory's to say.
 */
export function accountOfId(id: string): string | undefined {
  if (id.length < 20) return undefined
  // 45 bits hold the leading 1, the 40 account bits and 4 random ones.
  let value = 0
  for (let at = 4; at < 13; at++) {
    const digit = base32Value(id.charCodeAt(at))
    if (digit < 0) return undefined
    value = value * 32 + digit
  }
  const account = Math.floor(value / 16) % 2 ** 40
  return account > 999_999_999_999 ? undefined : String(account).padStart(12, '0')
}
