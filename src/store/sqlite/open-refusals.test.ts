import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { StoreCorrupt, StoreLocked, StoreUnavailable } from '../store-errors.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryDirectory } from './temporary-store.fixture.ts'

const refusedAs =
  (type: typeof StoreCorrupt, path: string, text: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof type)
    assert.equal(error.path, path)
    assert.ok(error.message.includes(path))
    assert.match(error.message, text)
    return true
  }

/** A store with something in it, closed again; gives the path of its database. */
async function filledStore(directory: string): Promise<string> {
  await using store = openSqliteStore(directory)
  const changes = Array.from({ length: 500 }, (_, n) => ({
    type: 'user',
    key: `user-${n}`,
    value: JSON.stringify({ text: 'x'.repeat(300) }),
  }))
  await store.records.commit('1', 0, changes)
  return join(directory, 'watchword.db')
}

test('only the owner can read the files and the directory that opening creates', async (t) => {
  const directory = join(temporaryDirectory(t), 'a', 'data')
  await using store = openSqliteStore(directory)
  await store.records.commit('1', 0, [])
  assert.equal(statSync(directory).mode & 0o777, 0o700)
  const files = readdirSync(directory)
  assert.ok(files.length >= 3)
  for (const file of files) assert.equal(statSync(join(directory, file)).mode & 0o777, 0o600, file)
})

test('files that others could read are closed to them at the next start', async (t) => {
  const directory = temporaryDirectory(t)
  const path = await filledStore(directory)
  chmodSync(path, 0o644)
  await using _store = openSqliteStore(directory)
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('a second store of one directory is refused in the same process, until the first is closed', async (t) => {
  const directory = temporaryDirectory(t)
  {
    await using first = openSqliteStore(directory)
    assert.throws(() => openSqliteStore(directory), StoreLocked)
    // The refused attempt has not taken the first one's lock away.
    assert.throws(() => openSqliteStore(directory), StoreLocked)
    await first.records.commit('1', 0, [])
  }
  await using second = openSqliteStore(directory)
  assert.equal((await second.records.load('1')).revision, 1)
})

test('a closed store is one file, with all that was queued when it was asked to close', async (t) => {
  const directory = temporaryDirectory(t)
  const store = openSqliteStore(directory)
  const work = Array.from({ length: 100 }, (_, n) => store.records.commit('1', n, []))
  await store[Symbol.asyncDispose]()
  await Promise.all(work)
  assert.deepEqual(readdirSync(directory).sort(), ['watchword.db', 'watchword.lock'])
  await using again = openSqliteStore(directory)
  assert.equal((await again.records.load('1')).revision, 100)
})

test('a file that is no database is refused and left as it is', (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, 'watchword.db')
  writeFileSync(path, 'this is a text file, and long enough to have a header '.repeat(40))
  const before = readFileSync(path)
  assert.throws(
    () => openSqliteStore(directory),
    refusedAs(StoreCorrupt, path, /not a SQLite database.*restore it from a backup/),
  )
  assert.deepEqual(readFileSync(path), before)
  // The lock was let go: the directory is not reported as in use instead.
  assert.throws(() => openSqliteStore(directory), StoreCorrupt)
})

test('a file in the place of the data directory is told as what it is', (t) => {
  const file = join(temporaryDirectory(t), 'data')
  writeFileSync(file, '')
  const message = /data is a file, not a directory\. Give the data another place/
  assert.throws(() => openSqliteStore(file), { name: 'StoreUnavailable', message })
})

test('a database of another program, or of another version, is refused', async (t) => {
  const other = temporaryDirectory(t)
  const database = new DatabaseSync(join(other, 'watchword.db'))
  database.exec('CREATE TABLE t (a)')
  database.close()
  assert.throws(
    () => openSqliteStore(other),
    refusedAs(StoreCorrupt, join(other, 'watchword.db'), /not one of Watchword/),
  )
  const newer = temporaryDirectory(t)
  const path = await filledStore(newer)
  const changed = new DatabaseSync(path)
  changed.exec('PRAGMA user_version = 5')
  changed.close()
  assert.throws(() => openSqliteStore(newer), refusedAs(StoreCorrupt, path, /format 5.*format 4/))
})

test('a truncated or overwritten database is refused', async (t) => {
  const truncated = temporaryDirectory(t)
  const first = await filledStore(truncated)
  truncateSync(first, 40_000)
  assert.throws(() => openSqliteStore(truncated), refusedAs(StoreCorrupt, first, /damaged/))
  const overwritten = temporaryDirectory(t)
  const second = await filledStore(overwritten)
  const bytes = readFileSync(second)
  bytes.fill(0xa5, 20_000, 60_000)
  writeFileSync(second, bytes)
  assert.throws(() => openSqliteStore(overwritten), refusedAs(StoreCorrupt, second, /damaged/))
})

test('a directory that cannot be one is refused with its name', (t) => {
  const directory = join(temporaryDirectory(t), 'file')
  writeFileSync(directory, '')
  assert.throws(
    () => openSqliteStore(directory),
    (error) => {
      assert.ok(error instanceof StoreUnavailable)
      assert.ok(error.message.includes(directory))
      return true
    },
  )
  const occupied = temporaryDirectory(t)
  mkdirSync(join(occupied, 'watchword.db'))
  assert.throws(() => openSqliteStore(occupied), StoreUnavailable)
})

test('a place that takes no directory is refused at once', (t) => {
  if (process.platform !== 'linux') return t.skip('made with /proc')
  const message = /the data directory \/proc\/watchword\/data cannot be used: ENOENT/
  assert.throws(() => openSqliteStore('/proc/watchword/data'), {
    name: 'StoreUnavailable',
    message,
  })
})

test('a damaged journal entry is told by a search that meets it, and stops nothing else', async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, 'watchword.db')
  const entry = (id: string, stream: 'session' | 'audit' = 'session') =>
    ({ stream, account: '1', at: 1, id, keys: [], body: '"a secret"' }) as const
  {
    await using store = openSqliteStore(directory)
    await store.journal.append([entry('a'), entry('b', 'audit')])
  }
  const damaged = new DatabaseSync(path)
  damaged.exec("UPDATE session_chunk SET entries = 'a secret that is no entry'")
  damaged.close()
  await using store = openSqliteStore(directory)
  await store.journal.append(Array.from({ length: 1100 }, (_, n) => entry(`c${n}`)))
  await store.journal.append([entry('d', 'audit')])
  assert.equal(await store.journal.count({ stream: 'audit' }), 2)
  await assert.rejects(store.journal.count({ stream: 'session', id: 'c1' }), StoreCorrupt)
  await assert.rejects(store.journal.count({ stream: 'session' }), (error) => {
    assert.ok(refusedAs(StoreCorrupt, path, /journal entry 1 cannot be read/)(error))
    return error instanceof Error && !error.message.includes('secret')
  })
  const newest = await store.journal.query({ stream: 'session' }, { limit: 2 })
  assert.deepEqual(
    newest.entries.map(({ id }) => id),
    ['c1099', 'c1098'],
  )
})

test('a database that does not say where its journal ends is refused', async (t) => {
  const directory = temporaryDirectory(t)
  const path = await filledStore(directory)
  const changed = new DatabaseSync(path)
  changed.exec('DELETE FROM journal')
  changed.close()
  assert.throws(() => openSqliteStore(directory), refusedAs(StoreCorrupt, path, /journal ends/))
})
