import { type Keyring, keyring, type MasterKey, newMasterKey } from './keyring.ts'
import type { Random } from './random.ts'

/** The master keys of a running service: the keyring made of them, and how a new one joins. */
export interface MasterKeys {
  /** The keyring of now; ask at each use. */
  readonly current: () => Keyring
  /** Oldest first; the last one seals. */
  readonly list: () => readonly MasterKey[]
  /** Adds a key that seals from now on. What older keys sealed stays readable. */
  rotate(now: number): Promise<MasterKey>
}

/**
 * @param save - makes the new list durable before the new key is used; rejects when it cannot
 * @throws Error when `initial` is empty or a key has the wrong length
 */
export function masterKeys(
  initial: readonly MasterKey[],
  random: Random,
  save: (keys: readonly MasterKey[]) => Promise<void>,
): MasterKeys {
  let keys = initial
  let ring = keyring(keys, random)
  let rotation: Promise<unknown> = Promise.resolve()
  const add = async (now: number): Promise<MasterKey> => {
    const key = newMasterKey(random, now, keys)
    const next = [...keys, key]
    await save(next)
    keys = next
    ring = keyring(keys, random)
    return key
  }
  return {
    current: () => ring,
    list: () => keys,
    rotate(now) {
      // One after the other, so that no rotation writes over another.
      const next = rotation.then(() => add(now))
      rotation = next.catch(() => undefined)
      return next
    },
  }
}

/** The keys as text for a file or an environment variable: JSON, secrets in base64. */
export function writeMasterKeys(keys: readonly MasterKey[]): string {
  const rows = keys.map(({ id, createdAt, secret }) => ({
    id,
    createdAt,
    secret: Buffer.from(secret).toString('base64'),
  }))
  return `${JSON.stringify({ version: 1, keys: rows }, undefined, 2)}\n`
}

/** @throws Error that says what is wrong with the text, without showing any of it */
export function readMasterKeys(text: string): readonly MasterKey[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Error('the keyring is no JSON')
  }
  if (!isObject(content) || content.version !== 1 || !Array.isArray(content.keys)) {
    throw new Error('the keyring must be {"version": 1, "keys": […]}')
  }
  return content.keys.map((row: unknown, index) => {
    const known = isObject(row) ? row : {}
    const { id, createdAt, secret } = known
    const bytes = Buffer.from(typeof secret === 'string' ? secret : '', 'base64')
    if (typeof id !== 'number' || typeof createdAt !== 'number' || bytes.length !== 32) {
      throw new Error(
        `key ${index + 1} of the keyring must have a numeric id and createdAt and a secret of 32 bytes in base64`,
      )
    }
    return { id, createdAt, secret: bytes }
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
