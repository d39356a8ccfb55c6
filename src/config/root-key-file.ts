import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** Undefined when there is no such file. */
export function readRootKey(directory: string): RootKey | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(directory), 'utf8')) as RootKey
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
