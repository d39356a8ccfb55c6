import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { MasterKey } from '../primitives/keyring.ts'
import { readMasterKeys } from '../primitives/master-keys.ts'

/**
 * Master keys as text, oldest first; the last one seals. Either what `keyring.json` of a data directory holds,
 * or 32 bytes each in base64 with commas between. Such a key's id is told by its bytes, so that every node
 * given the same keys knows them by the same ids.
 */
export const keyringText = v.pipe(
  v.string(),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): readonly MasterKey[] => {
    try {
      return distinct(value.trimStart().startsWith('{') ? readMasterKeys(value) : readList(value))
    } catch (error) {
      addIssue({ message: (error as Error).message })
      return NEVER
    }
  }),
)

function readList(text: string): readonly MasterKey[] {
  return text.split(',').map((part, index) => {
    const base64 = part.trim()
    const secret = Buffer.from(base64, 'base64')
    // Buffer.from skips what is not base64: only a text that comes back the same was some.
    if (secret.length !== 32 || secret.toString('base64') !== base64.padEnd(44, '=')) {
      throw new Error(
        `key ${index + 1} is not 32 bytes in base64; "openssl rand -base64 32" makes one`,
      )
    }
    return { id: createHash('sha256').update(secret).digest().readUInt32BE(), createdAt: 0, secret }
  })
}

function distinct(keys: readonly MasterKey[]): readonly MasterKey[] {
  if (keys.length === 0) throw new Error('the keyring holds no key; give at least one')
  const ids = keys.map((key) => key.id)
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index)
  if (twice >= 0)
    throw new Error(`key ${twice + 1} has the id of an earlier one; give each key once`)
  return keys
}
