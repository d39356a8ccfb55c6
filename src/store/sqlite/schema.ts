import type { DatabaseSync } from 'node:sqlite'
import { journalStreams } from '../journal.ts'
import { StoreCorrupt } from '../store-errors.ts'
import { accountReader } from './read-account.ts'
import { selectNumber } from './select-number.ts'

/** `WWD1`, in the file's header: tells Watchword's databases from any other. */
const applicationId = 0x57574431
const formatVersion = 4

/** Records lie in the order of their account, so loading one reads neighbouring pages; the account has their number. */
const recordTables = `
  CREATE TABLE account (
    account TEXT PRIMARY KEY, revision INTEGER NOT NULL, records INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE record (
    account TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (account, type, key)
  ) STRICT, WITHOUT ROWID;`

/** A chunk is the text of entries numbered from `first` on without a gap, all of one bucket. Sums are CRC-32. */
const streamTables = (stream: string): string => `
  CREATE TABLE ${stream}_chunk (
    first INTEGER PRIMARY KEY, entries TEXT NOT NULL, sum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE ${stream}_bucket (
    bucket INTEGER PRIMARY KEY, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE ${stream}_terms (
    bucket INTEGER PRIMARY KEY, terms BLOB NOT NULL, sum INTEGER NOT NULL
  ) STRICT;`

/** One row: up to where the log is in the database, and the number of each stream's newest entry. */
const journalTable = `
  CREATE TABLE journal (
    folded INTEGER NOT NULL, ${journalStreams.map((stream) => `${stream}_last INTEGER NOT NULL`).join()}
  ) STRICT;
  INSERT INTO journal VALUES (0, ${journalStreams.map(() => '0').join()});`

/**
 * Of new databases. The journal's part of one is long texts, and each of its pages costs four calls of the system on its
 * way through SQLite's log; larger ones than this would make each change of a record dearer.
 */
export const pageBytes = 8192

/** So long may SQLite's log become before it goes into the database. */
const checkpointBytes = 4 * 1024 * 1024

/** Durable from the moment a commit returns: SQLite's log is synced each time, the database at its checkpoints. */
export function setDurability(database: DatabaseSync): void {
  const pages = Math.ceil(checkpointBytes / selectNumber(database, 'PRAGMA page_size'))
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${pages}`,
  )
}

/**
 * Makes a new file Watchword's, or checks that an existing one is and can be written.
 * @throws StoreCorrupt for another program's file, an unknown version, or damage where it looks
 */
export function prepareDatabase(database: DatabaseSync, path: string): void {
  const id = selectNumber(database, 'PRAGMA application_id')
  const version = selectNumber(database, 'PRAGMA user_version')
  const tables = selectNumber(database, 'SELECT count(*) FROM sqlite_schema')
  const isNew = id === 0 && version === 0 && tables === 0
  if (!isNew && id !== applicationId) {
    throw new StoreCorrupt(path, 'it is a SQLite database, but not one of Watchword')
  }
  if (!isNew && version !== formatVersion) {
    throw new StoreCorrupt(
      path,
      `it has format ${version}, and this version of Watchword reads format ${formatVersion}`,
      { advice: 'Use the version of Watchword that wrote it, or restore a backup of that format.' },
    )
  }
  if (isNew) database.exec(`PRAGMA page_size = ${pageBytes}`)
  setDurability(database)
  database.exec('BEGIN IMMEDIATE')
  if (isNew) {
    database.exec(recordTables + journalTable + journalStreams.map(streamTables).join(''))
    database.exec(
      `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}`,
    )
  }
  database.exec('COMMIT')
}

/** Up to there a full check at every start takes some 30 ms. */
const smallBytes = 8 * 1024 * 1024

/**
 * Reads the whole database when it is small, or when told, and refuses one with damage in it.
 * A larger one shows damage where it is read: that too ends in StoreCorrupt, later.
 */
export function checkDatabase(database: DatabaseSync, path: string, always: boolean): void {
  const bytes =
    selectNumber(database, 'PRAGMA page_count') * selectNumber(database, 'PRAGMA page_size')
  if (!always && bytes > smallBytes) return
  const finding = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
  if (finding !== 'ok') throw new StoreCorrupt(path, `its content is damaged: ${String(finding)}`)
  const readAccount = accountReader(database, path)
  const accounts = 'SELECT account FROM account UNION SELECT DISTINCT account FROM record'
  for (const { account } of database.prepare(accounts).all()) readAccount(String(account))
}
