import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { journalContract } from '../journal.contract.ts'
import type { Journal, JournalEntry } from '../journal.ts'
import { recordStoreContract } from '../record-store.contract.ts'
import { storeContract } from '../store.contract.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { pageBytes, setDurability } from './schema.ts'
import { selectNumber } from './select-number.ts'
import { openTemporarySqlite, temporaryDirectory } from './temporary-store.fixture.ts'

const open = openTemporarySqlite(temporaryDirectory())

recordStoreContract('sqlite', async () => (await open()).records)
// The same with little in the database and the rest in the log, and with all of it in the database.
journalContract('sqlite', async () => (await open()).journal)
journalContract('sqlite, folded', async () => folded((await open()).journal))
storeContract('sqlite', open)

/** Folds what is appended: a purge that finds nothing does. */
function folded(journal: Journal): Journal {
  return {
    ...journal,
    async append(entries, meanwhile) {
      await journal.append(entries, meanwhile)
      if (entries.length > 0) await journal.purge('audit', Number.MIN_SAFE_INTEGER)
    },
  }
}

test('a database of smaller pages than new ones have goes on as it is, and its log is no longer than theirs', async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, 'watchword.db')
  const pagesOf = (name: string): number => {
    const database = new DatabaseSync(path)
    setDurability(database)
    const number = selectNumber(database, `PRAGMA ${name}`)
    database.close()
    return number
  }
  const older = new DatabaseSync(path)
  older.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = WAL')
  older.close()
  const entries = Array.from({ length: 3000 }, (_, n): JournalEntry => {
    return { stream: 'session', account: '1', at: n, id: `s${n}`, keys: ['k'], body: '{}' }
  })
  for (const count of [3000, 6000]) {
    await using store = openSqliteStore(directory, { check: true })
    await store.journal.append(entries)
    assert.equal(await store.journal.count({ stream: 'session', key: 'k' }), count)
  }
  assert.equal(pagesOf('page_size'), 4096)
  assert.equal(pagesOf('wal_autocheckpoint'), 1024)
  rmSync(path)
  await openSqliteStore(directory)[Symbol.asyncDispose]()
  assert.equal(pagesOf('page_size'), pageBytes)
  assert.equal(pagesOf('wal_autocheckpoint'), 512)
})
