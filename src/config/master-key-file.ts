import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MasterKey, newMasterKey } from '../primitives/keyring.ts'
import {
  type MasterKeys,
  masterKeys,
  readMasterKeys,
  writeMasterKeys,
} from '../primitives/master-keys.ts'
import type { Random } from '../primitives/random.ts'
import type { Config } from './config.ts'
import { writePrivateFile } from './write-private-file.ts'

/** The keyring cannot be used; the message says where it is and what is wrong, never what it holds. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError'
}

/**
 * The keyring of a data directory, kept beside the data in `keyring.json` of mode 0600; made at the first start.
 *
 * @param isNew - nothing has been stored in the directory yet
 * @throws KeyringError when the file is missing beside data, or is there but cannot be used: starting with a new one
 *   would lose every secret
 */
export function masterKeyFile(
  directory: string,
  isNew: boolean,
  random: Random,
  now: number,
): MasterKeys {
  const path = join(directory, 'keyring.json')
  const save = (keys: readonly MasterKey[]): void => {
    writePrivateFile(path, writeMasterKeys(keys))
  }
  const stored = readFile(path)
  if (stored === undefined && !isNew) {
    throw new KeyringError(
      `The data in ${directory} has no keyring.json: nothing in it can be opened. Restore the file from a backup.`,
    )
  }
  const keys = stored === undefined ? [newMasterKey(random, now, [])] : parse(stored, path)
  if (stored === undefined) save(keys)
  return masterKeys(keys, random, async (next) => save(next))
}

/** The keyring given in `WATCHWORD_KEYRING`: the operator keeps it, so it cannot be rotated from here. */
export function givenMasterKeys(keys: readonly MasterKey[], random: Random): MasterKeys {
  return masterKeys(keys, random, async () => {
    throw new KeyringError(
      'The keyring is given in WATCHWORD_KEYRING: add a key at its end and restart to rotate.',
    )
  })
}

/** A keyring that ends with the process. */
export function memoryMasterKeys(random: Random, now: number): MasterKeys {
  return masterKeys([newMasterKey(random, now, [])], random, async () => undefined)
}

/** The keyring can be read but did not seal the data that it is used with. */
export function anotherKeyring({ storage, masterKeys }: Config): KeyringError {
  const isFile = masterKeys === undefined && storage.kind === 'disk'
  const where = isFile ? join(storage.directory, 'keyring.json') : 'WATCHWORD_KEYRING'
  return new KeyringError(
    `The keyring in ${where} is not the one that sealed this data: its keys open nothing in it. Restore the one that belongs to it.`,
  )
}

function parse(text: string, where: string): readonly MasterKey[] {
  try {
    const keys = readMasterKeys(text)
    if (keys.length === 0) throw new Error('the keyring holds no key')
    return keys
  } catch (error) {
    throw new KeyringError(
      `The keyring in ${where} cannot be used: ${(error as Error).message}. Restore it from a backup.`,
      { cause: error },
    )
  }
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new KeyringError(`The keyring ${path} cannot be read: ${(error as Error).message}.`, {
      cause: error,
    })
  }
}
