import type { DatabaseSync } from 'node:sqlite'
import { type Lifetime, refuseClosed } from '../lifetime.ts'
import { reportingFailures } from './sqlite-failure.ts'

/** The calling thread's connection. In WAL mode it sees the last commit and waits for no write. */
export interface Reader {
  readonly database: DatabaseSync
  readonly path: string
  /** Runs what reads: refused once the store is closed, SQLite's errors leave as the store's. */
  read<T>(run: () => T): T
}

export function readerOf(database: DatabaseSync, path: string, lifetime: Lifetime): Reader {
  return {
    database,
    path,
    read(run) {
      refuseClosed(lifetime)
      return reportingFailures(path, run)
    },
  }
}
