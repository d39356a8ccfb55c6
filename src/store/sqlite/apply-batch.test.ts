import assert from 'node:assert/strict'
import { join } from 'node:path'
import { constants, DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { JournalEntry } from '../journal.ts'
import { batchWriter } from './apply-batch.ts'
import { type Batch, emptyBatch, pushEntry } from './batch.ts'
import { bucketSize, checkDatabase, prepareDatabase } from './schema.ts'
import { selectNumber } from './select-number.ts'
import { temporaryDirectory } from './temporary-store.fixture.ts'

function openDatabase(t: TestContext): DatabaseSync {
  const path = join(temporaryDirectory(t), 'watchword.db')
  const database = new DatabaseSync(path)
  prepareDatabase(database, path)
  t.after(() => database.close())
  return database
}

const entry = (id: string, fields: Partial<JournalEntry> = {}): JournalEntry => ({
  stream: 'audit',
  account: '1',
  at: 1,
  id,
  keys: ['k'],
  body: '{}',
  ...fields,
})

function batchOf(appends: JournalEntry[][], commits: Batch['commits'] = []): Batch {
  const batch = { ...emptyBatch(), commits }
  for (const entries of appends) {
    for (const one of entries) pushEntry(batch.fields, one)
    batch.appendSizes.push(entries.length)
  }
  return batch
}

const commitOf = (
  account: string,
  value: string,
  expectedRevision = 0,
): Batch['commits'][number] => ({
  account,
  expectedRevision,
  changes: [{ type: 't', key: 'k', value }],
})

const huge = 'x'.repeat(4_000_000)
const fullDisk = { failed: 'unavailable', reason: 'the disk is full' }

test('on a full disk only what does not fit fails, and nothing of it is written', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  database.exec('PRAGMA max_page_count = 200')
  const reply = write(
    batchOf(
      [[entry('a')], [entry('big', { body: huge }), entry('with-big')], [entry('b'), entry('c')]],
      [commitOf('1', 'small'), commitOf('2', huge), commitOf('3', 'small'), commitOf('1', '', 9)],
    ),
  )
  assert.deepEqual(reply.commits, [1, fullDisk, 1, { failed: 'stale', actual: 1 }])
  assert.deepEqual(reply.appends, [undefined, fullDisk, undefined])
  const ids = database.prepare('SELECT id, number FROM audit_entry ORDER BY number').all()
  assert.deepEqual(
    ids.map(({ id, number }) => `${number}${id}`),
    ['1a', '2b', '3c'],
  )
  // Terms are written with the last entry of a bucket: of those that were, and of no others.
  assert.equal(selectNumber(database, 'SELECT count(*) FROM audit_term'), 0)
  write(batchOf([Array.from({ length: bucketSize - 4 }, (_, n) => entry(`e${n}`))]))
  assert.equal(selectNumber(database, 'SELECT count(*) FROM audit_term'), 3 * (bucketSize - 1))
  assert.equal(selectNumber(database, "SELECT count(*) FROM account WHERE account = '2'"), 0)
})

test('writes work again when there is room again', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  database.exec('PRAGMA max_page_count = 100')
  const big = batchOf([[entry('big', { body: huge })]])
  assert.deepEqual(write(big).appends, [fullDisk])
  assert.deepEqual(write(batchOf([], [commitOf('1', huge)])).commits, [fullDisk])
  database.exec('PRAGMA max_page_count = 100000')
  assert.deepEqual(write(big).appends, [undefined])
  assert.deepEqual(write(batchOf([], [commitOf('1', huge)])).commits, [1])
  checkDatabase(database, 'watchword.db', true)
})

test('a value that cannot be stored fails its own append or commit, not its neighbours', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  const bad = entry('bad', { at: 0.5 })
  const wrong = commitOf('2', {} as string)
  const reply = write(
    batchOf([[entry('a')], [entry('x'), bad], [entry('b')]], [wrong, commitOf('1', '')]),
  )
  assert.deepEqual(
    reply.appends.map((outcome) => outcome?.failed),
    [undefined, 'unavailable', undefined],
  )
  assert.equal(reply.commits[1], 1)
  assert.notEqual(typeof reply.commits[0], 'number')
  assert.equal(selectNumber(database, 'SELECT count(*) FROM audit_entry'), 2)
})

test('purging takes one bucket a step and leaves no term of what is gone', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  const entries = Array.from({ length: bucketSize * 2 + 10 }, (_, n) => entry(`e${n}`, { at: n }))
  write(batchOf([entries]))
  const before = bucketSize + 5
  const purge = { ...emptyBatch(), purges: [{ stream: 'audit' as const, before }] }
  const steps = [1, 2, 3].map(() => write(purge).purges[0])
  assert.deepEqual(steps, [
    { purged: bucketSize - 1, done: false },
    { purged: 6, done: false },
    { purged: 0, done: true },
  ])
  const orphans =
    'SELECT count(*) FROM audit_term WHERE number NOT IN (SELECT number FROM audit_entry)'
  assert.equal(selectNumber(database, orphans), 0)
  assert.equal(selectNumber(database, 'SELECT min(first_at) FROM audit_bucket'), before)
})

test('while another program holds the database a batch waits once, not once for each of its parts', (t) => {
  const path = join(temporaryDirectory(t), 'watchword.db')
  const holder = new DatabaseSync(path)
  prepareDatabase(holder, path)
  const database = new DatabaseSync(path, { timeout: 50 })
  t.after(() => {
    database.close()
    holder.close()
  })
  const write = batchWriter(database)
  const batch = batchOf(
    Array.from({ length: 100 }, (_, n) => [entry(`e${n}`)]),
    [commitOf('1', 'x')],
  )
  holder.exec('BEGIN IMMEDIATE')
  const startedAt = performance.now()
  const reply = write(batch)
  const milliseconds = performance.now() - startedAt
  const locked = { failed: 'unavailable', reason: 'the database is locked by another program' }
  assert.deepEqual(
    new Set([...reply.appends, ...reply.commits].map((o) => JSON.stringify(o))),
    new Set([JSON.stringify(locked)]),
  )
  assert.ok(milliseconds < 1_000, `waited ${milliseconds} ms`)
  holder.exec('ROLLBACK')
  assert.deepEqual(write(batch).commits, [1])
})

test('entries that follow a purge of all others are not numbered like them: their numbers are cursors', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  write(batchOf([[entry('a'), entry('b')]]))
  write({ ...emptyBatch(), purges: [{ stream: 'audit', before: 9 }] })
  write(batchOf([[entry('c')]]))
  assert.equal(selectNumber(database, 'SELECT number FROM audit_entry'), 3)
})

test('a roll back after which the journal cannot be read leaves no entry out of the index', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  write(batchOf([[entry('a'), entry('b')]]))
  // Nothing can be read, as on a failing disk.
  database.setAuthorizer((action) =>
    action === constants.SQLITE_READ ? constants.SQLITE_DENY : constants.SQLITE_OK,
  )
  assert.equal(write(batchOf([[entry('bad', { at: 0.5 })]])).appends[0]?.failed, 'unavailable')
  database.setAuthorizer(null)
  write(batchOf([Array.from({ length: bucketSize }, (_, n) => entry(`e${n}`))]))
  const missing =
    'SELECT count(*) FROM audit_entry WHERE number < 1024 AND number NOT IN (SELECT number FROM audit_term)'
  assert.equal(selectNumber(database, missing), 0)
  assert.equal(selectNumber(database, 'SELECT max(number) FROM audit_entry'), bucketSize + 2)
})
