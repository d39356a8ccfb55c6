import { StoreCorrupt, StoreUnavailable } from '../store-errors.ts'
import { UnreadableEntry } from './journal/entry-text.ts'

/** Primary result codes. @see https://www.sqlite.org/rescode.html */
const busy = 5
const readOnly = 8
const inputOutput = 10
const corrupt = 11
const full = 13
const cannotOpen = 14
const notADatabase = 26

const reasons: Readonly<Record<number, string>> = {
  [busy]: 'the database is locked by another program',
  [readOnly]: 'the database is read-only',
  [inputOutput]: 'the disk reported an input/output error',
  [corrupt]: 'its content is damaged',
  [full]: 'the disk is full',
  [cannotOpen]: 'the database file cannot be opened',
  [notADatabase]: 'it is not a SQLite database',
}

/** The primary code of an error that SQLite reported, undefined for any other error. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}

export function isBusy(error: unknown): boolean {
  return resultCode(error) === busy
}

/** What kept SQLite from its work, in words for the operator. */
export interface SqliteFailure {
  readonly failed: 'unavailable' | 'corrupt'
  readonly reason: string
}

/** Says in words what went wrong. An unknown error counts as unavailable, with its own message. */
export function sqliteFailure(error: unknown): SqliteFailure {
  if (error instanceof UnreadableEntry) return { failed: 'corrupt', reason: error.message }
  const code = resultCode(error)
  const reason = reasons[code ?? -1] ?? (error instanceof Error ? error.message : String(error))
  const damaged = code === corrupt || code === notADatabase
  return { failed: damaged ? 'corrupt' : 'unavailable', reason }
}

/** The error to throw for a failure; `path` is the database's. */
export function failureError(
  path: string,
  failure: SqliteFailure,
  options?: ErrorOptions,
): StoreCorrupt | StoreUnavailable {
  return failure.failed === 'corrupt'
    ? new StoreCorrupt(path, failure.reason, options)
    : new StoreUnavailable(`${failure.reason} (${path})`, options)
}

/** Runs what touches the database, so that SQLite's errors leave as the store's. */
export function reportingFailures<T>(path: string, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (resultCode(cause) === undefined) throw cause
    throw failureError(path, sqliteFailure(cause), { cause })
  }
}
