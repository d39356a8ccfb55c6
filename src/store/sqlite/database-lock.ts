import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StoreLocked } from '../store-errors.ts'
import { isBusy, reportingFailures } from './sqlite-failure.ts'

/**
 * Holds a data directory for this process alone, through an open transaction on a database that stays empty.
 * The operating system ends it with the process, however that dies, so no stale lock is ever left.
 *
 * @returns a function that lets go
 * @throws StoreLocked when another process, or another store of this one, holds it
 */
export function lockDatabase(directory: string, path: string): () => void {
  createPrivateFile(path)
  return reportingFailures(path, () => {
    const lock = new DatabaseSync(path, { timeout: 0 })
    try {
      lock.exec('BEGIN EXCLUSIVE')
    } catch (cause) {
      lock.close()
      throw isBusy(cause) ? new StoreLocked(directory, { cause }) : cause
    }
    return () => lock.close()
  })
}

/**
 * Creates a file that only its owner may read; leaves one that exists. It must never be opened by other means than
 * SQLite: closing any descriptor of a file drops all locks that the process holds on it (POSIX).
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
