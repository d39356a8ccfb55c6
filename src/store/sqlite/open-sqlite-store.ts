/**
 * The SQLite driver: one directory, one process, two connections. The calling thread reads from a connection of its
 * own, which in WAL mode waits for no write; one worker thread writes the database, and groups what comes at once into
 * one transaction. Only the journal's log is written beside it, by the threads of Node's file system calls. Opening
 * finds whatever would stop the store from working; the worker starts meanwhile.
 */
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '../store.ts'
import { StoreCorrupt, StoreUnavailable } from '../store-errors.ts'
import { checkWal } from './check-wal.ts'
import { createPrivateFile, lockDatabase } from './database-lock.ts'
import { type LogFiles, logPaths, openLogFiles } from './journal/log-files.ts'
import { sqliteJournal } from './journal/sqlite-journal.ts'
import { writeAheadLog } from './journal/write-ahead-log.ts'
import { readerOf } from './reader.ts'
import { checkDatabase, prepareDatabase } from './schema.ts'
import { selectNumber } from './select-number.ts'
import { reportingFailures } from './sqlite-failure.ts'
import { sqliteRecordStore } from './sqlite-record-store.ts'
import { writeQueue } from './write-queue.ts'

/** How a store is opened; none is needed. */
export interface SqliteStoreOptions {
  /** Read a large database through at opening too; a small one always is. */
  readonly check?: boolean
  /** Told when entries of the journal could not go from its log to the database for now. They are kept. */
  readonly onFoldFailure?: (error: unknown) => void
}

/**
 * Opens the store of a data directory, creating both when new (files mode 0600, directory 0700).
 *
 * @throws StoreLocked when another process has it open
 * @throws StoreCorrupt when the file is damaged, another program's, or of an unknown version
 * @throws StoreUnavailable when it cannot be opened for writing
 */
export function openSqliteStore(directory: string, options: SqliteStoreOptions = {}): Store {
  const path = join(directory, 'watchword.db')
  const unlock = inDirectory(directory, () => {
    makeDirectory(directory)
    return lockDatabase(directory, join(directory, 'watchword.lock'))
  })
  try {
    inDirectory(directory, () => {
      createPrivateFile(path)
      for (const file of [path, `${path}-wal`, `${path}-shm`, ...logPaths(directory)]) {
        if (existsSync(file)) chmodSync(file, 0o600)
      }
      checkWal(path)
    })
    return serveDatabase(path, options, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

function serveDatabase(path: string, options: SqliteStoreOptions, unlock: () => void): Store {
  const database = openDatabase(path, options)
  const lifetime = { closed: false }
  const reader = readerOf(database, path, lifetime)
  const { folded, files } = openLog(database, path)
  const queue = writeQueue(path)
  const { onFoldFailure = () => undefined } = options
  const log = writeAheadLog(files, folded, queue.fold, onFoldFailure)
  let closing: Promise<void> | undefined
  async function closeAll(): Promise<void> {
    lifetime.closed = true
    try {
      await log.close()
    } finally {
      await queue.close()
      database.close()
      unlock()
    }
  }
  const close = (): Promise<void> => {
    closing ??= closeAll()
    return closing
  }
  const records = sqliteRecordStore(reader, queue, close)
  const journal = sqliteJournal(reader, log, queue, close)
  async function wipe(): Promise<void> {
    // What was appended before must not come back afterwards.
    await log.fold()
    await records.wipe()
  }
  return { records, journal, wipe, [Symbol.asyncDispose]: close }
}

/** The log's files and the sequence up to which the database holds what was in them. */
function openLog(database: DatabaseSync, path: string): { folded: number; files: LogFiles } {
  try {
    const count = 'SELECT count(*) FROM journal'
    const rows = reportingFailures(path, () => selectNumber(database, count))
    if (rows !== 1) throw new StoreCorrupt(path, 'where its journal ends is not in it')
    const folded = reportingFailures(path, () =>
      selectNumber(database, 'SELECT folded FROM journal'),
    )
    const directory = dirname(path)
    const files = inDirectory(directory, () => openLogFiles(logPaths(directory), path, folded))
    return { folded, files }
  } catch (error) {
    database.close()
    throw error
  }
}

function openDatabase(path: string, { check = false }: SqliteStoreOptions): DatabaseSync {
  return reportingFailures(path, () => {
    const database = new DatabaseSync(path, { timeout: 5000 })
    try {
      prepareDatabase(database, path)
      checkDatabase(database, path, check)
      database.exec('PRAGMA query_only = ON')
      return database
    } catch (error) {
      database.close()
      throw error
    }
  })
}

/**
 * With the directories above it that are not there. `recursive` of `mkdirSync` never returns where the file system
 * takes no new entry and says so by ENOENT: in a folder that was deleted, in `/proc`.
 */
function makeDirectory(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  // A root that is not there, such as a drive, has itself above it.
  if (parent !== path && !existsSync(parent)) makeDirectory(parent)
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it meanwhile; the lock decides between the two.
    if (!existsSync(path)) throw error
  }
}

/** What the file system refuses, said as the store's error. */
function inDirectory<T>(directory: string, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new StoreUnavailable(
        `${directory} is a file, not a directory. Give the data another place, or move the file`,
        { cause },
      )
    }
    throw new StoreUnavailable(
      `the data directory ${directory} cannot be used: ${cause.message}. ` +
        'It must be writable by the user that runs Watchword',
      { cause },
    )
  }
}
