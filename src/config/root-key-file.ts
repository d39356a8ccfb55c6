import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config-error.ts'
import { writePrivateFile } from './master-key-file.ts'

/** The root key of the first account, kept beside the data for the operator; no part of the service reads it. */
export interface RootKey {
  readonly account: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const fileOf = (directory: string): string => join(directory, 'root-key.json')

/** Writes `root-key.json`, mode 0600. */
export function saveRootKey(directory: string, key: RootKey): string {
  const path = fileOf(directory)
  writePrivateFile(path, `${JSON.stringify(key, undefined, 2)}\n`)
  return path
}

/**
 * Undefined when there is no such file.
 * @throws ConfigError when it cannot be read or is no root key; never with what it holds
 */
export function readRootKey(directory: string): RootKey | undefined {
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

function parseRootKey(text: string): RootKey | undefined {
  try {
    const key = JSON.parse(text) as Partial<Record<keyof RootKey, unknown>> | null
    const members = [key?.account, key?.accessKeyId, key?.secretAccessKey]
    return members.every((member) => typeof member === 'string') ? (key as RootKey) : undefined
  } catch {
    return undefined
  }
}
