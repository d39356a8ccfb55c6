import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RootKey } from './config.ts'
import { ConfigError } from './config-error.ts'
import { writePrivateFile } from './write-private-file.ts'

/**
 * The root key of the first account, kept beside the data for the operator and for `watchword env`. The service asks it
 * only whose it is, when it finds no account in the database.
 */
export interface KeptRootKey extends RootKey {
  /** Twelve digits. */
  readonly account: string
}

const fileOf = (directory: string): string => join(directory, 'root-key.json')

/** Writes `root-key.json`, mode 0600, and gives its path. */
export function saveRootKey(directory: string, key: KeptRootKey): string {
  const path = fileOf(directory)
  writePrivateFile(path, `${JSON.stringify(key, undefined, 2)}\n`)
  return path
}

/**
 * Undefined when there is no such file.
 * @throws ConfigError when it cannot be read or is no root key; never with what it holds
 */
export function readRootKey(directory: string): KeptRootKey | undefined {
  const path = fileOf(directory)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    const problem = `The root key in ${path} cannot be read (${code}): it is for the user who runs the service.`
    throw new ConfigError([problem], { cause })
  }
  const key = parseRootKey(text)
  if (!key) throw new ConfigError([`${path} is no root key. Restore the file from a backup.`])
  return key
}

function parseRootKey(text: string): KeptRootKey | undefined {
  try {
    const key = JSON.parse(text) as Partial<Record<keyof KeptRootKey, unknown>> | null
    const members = [key?.account, key?.accessKeyId, key?.secretAccessKey]
    return members.every((member) => typeof member === 'string') ? (key as KeptRootKey) : undefined
  } catch {
    return undefined
  }
}
