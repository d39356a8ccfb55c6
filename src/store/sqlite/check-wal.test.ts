import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { StoreCorrupt } from '../store-errors.ts'
import { checkWal } from './check-wal.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { pageBytes } from './schema.ts'
import { temporaryDirectory } from './temporary-store.fixture.ts'

const commits = 20

/** The files of a store that was killed after some commits, and how many there were. */
async function killed(t: TestContext, { restarted = false } = {}): Promise<string> {
  const [from, to] = [temporaryDirectory(t), temporaryDirectory(t)]
  await using store = openSqliteStore(from)
  for (let n = 0; n < commits; n += 1) {
    if (restarted && n === commits - 3) {
      const other = new DatabaseSync(join(from, 'watchword.db'))
      other.exec('PRAGMA wal_checkpoint(RESTART)')
      other.close()
    }
    const value = 'x'.repeat(1000)
    await store.records.commit('1', n, [{ type: 'user', key: `user-${n}`, value }])
  }
  for (const name of ['watchword.db', 'watchword.db-wal']) {
    copyFileSync(join(from, name), join(to, name))
  }
  return join(to, 'watchword.db')
}

const refuses = (path: string): boolean => {
  try {
    checkWal(path)
    return false
  } catch (error) {
    assert.ok(error instanceof StoreCorrupt)
    assert.match(error.message, /its log watchword\.db-wal is damaged, so transactions are missing/)
    return true
  }
}

async function found(path: string): Promise<number> {
  await using store = openSqliteStore(join(path, '..'))
  return [...(await store.records.load('1')).records].length
}

test('the log of a killed process is read to its end, also when it was begun anew before', async (t) => {
  assert.equal(await found(await killed(t)), commits)
  assert.equal(await found(await killed(t, { restarted: true })), commits)
})

test('a damaged byte before other transactions is refused, wherever it is', async (t) => {
  const path = await killed(t)
  const whole = readFileSync(`${path}-wal`)
  const last = whole.length - 4 * (pageBytes + 24)
  // The header of the log and of its first frame, then here and there.
  for (let at = 0; at < last; at += at < 56 ? 1 : 1009) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0x04
    writeFileSync(`${path}-wal`, changed)
    assert.ok(refuses(path), `byte ${at} of ${whole.length}`)
  }
  assert.throws(() => openSqliteStore(join(path, '..')), StoreCorrupt)
})

test('a transaction that was cut short ends the log without a complaint', async (t) => {
  const path = await killed(t)
  const whole = readFileSync(`${path}-wal`)
  for (const cut of [
    0,
    16,
    32,
    40,
    whole.length / 2,
    whole.length - pageBytes - 1000,
    whole.length - 1,
  ]) {
    writeFileSync(`${path}-wal`, whole)
    truncateSync(`${path}-wal`, cut)
    assert.ok(!refuses(path), `${cut}`)
  }
  // A power cut may leave a later page of it behind and an earlier one not.
  const torn = Buffer.from(whole)
  torn.fill(0, whole.length - 2 * (pageBytes + 24), whole.length - pageBytes - 24)
  writeFileSync(`${path}-wal`, torn)
  assert.ok(!refuses(path))
  assert.equal(await found(path), commits - 1)
})

test('what two power cuts left of their transactions, the one behind the other, is no damage', async (t) => {
  const directory = temporaryDirectory(t)
  let found = 0
  let end = 0
  for (const pages of [60, 20]) {
    const store = openSqliteStore(directory)
    found = (await store.records.load('1')).revision
    if (found === 0) await store.records.commit('1', found++, [{ type: 'a', key: 'a', value: 'a' }])
    end ||= readFileSync(join(directory, 'watchword.db-wal')).length
    const changes = Array.from({ length: pages }, (_, n) => {
      return { type: 'user', key: `user-${n}`, value: 'x'.repeat(4000) }
    })
    await store.records.commit('1', found, changes)
    const files = ['watchword.db', 'watchword.db-wal'].map((name) => join(directory, name))
    const cut = files.map((file) => readFileSync(file))
    await store[Symbol.asyncDispose]()
    // All of the transaction is on the disk but its first page.
    cut[1]?.fill(0, end, end + pageBytes + 24)
    for (const [at, file] of files.entries()) writeFileSync(file, cut[at] ?? '')
  }
  assert.ok(!refuses(join(directory, 'watchword.db')))
  await using store = openSqliteStore(directory)
  assert.equal((await store.records.load('1')).revision, found)
})
