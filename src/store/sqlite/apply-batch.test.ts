import assert from 'node:assert/strict'
import { join } from 'node:path'
import { constants, DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { JournalEntry } from '../journal.ts'
import { batchWriter } from './apply-batch.ts'
import { type Batch, emptyBatch } from './batch.ts'
import { bucketSize } from './journal/bucket-terms.ts'
import { readEntries, writeEntry } from './journal/entry-text.ts'
import { checkDatabase, prepareDatabase } from './schema.ts'
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

/** A batch that folds the entries given, as the log's frame of that number, and does the rest. */
function batchOf(sequence: number, entries: JournalEntry[], rest: Partial<Batch> = {}): Batch {
  const bytes = Buffer.from(entries.map(writeEntry).join(''))
  return { ...emptyBatch(), folds: [{ frames: [{ sequence, bytes }] }], ...rest }
}

const some = (count: number): JournalEntry[] =>
  Array.from({ length: count }, (_, n) => entry(`e${n}`, { at: n }))

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
  write(batchOf(1, [entry('a')]))
  const commits = [
    commitOf('1', 'small'),
    commitOf('2', huge),
    commitOf('3', 'small'),
    commitOf('1', '', 9),
  ]
  const tooBig = batchOf(2, [entry('with-big'), entry('big', { body: huge })], { commits })
  const reply = write(tooBig)
  assert.deepEqual(reply.commits, [1, fullDisk, 1, { failed: 'stale', actual: 1 }])
  assert.deepEqual(reply.folds, [fullDisk])
  assert.deepEqual(write(batchOf(2, [entry('b')])).folds, [undefined])
  assert.deepEqual(idsOf(database), ['1 a', '2 b'])
  assert.equal(selectNumber(database, "SELECT count(*) FROM account WHERE account = '2'"), 0)
})

test('writes work again when there is room again', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  database.exec('PRAGMA max_page_count = 100')
  const big = batchOf(1, [entry('big', { body: huge })])
  assert.deepEqual(write(big).folds, [fullDisk])
  const commits = [commitOf('1', huge)]
  assert.deepEqual(write({ ...emptyBatch(), commits }).commits, [fullDisk])
  database.exec('PRAGMA max_page_count = 100000')
  assert.deepEqual(write(big).folds, [undefined])
  assert.deepEqual(write({ ...emptyBatch(), commits }).commits, [1])
  checkDatabase(database, 'watchword.db', true)
})

test('a value that cannot be stored fails its own commit, not its neighbours', (t) => {
  const write = batchWriter(openDatabase(t))
  const commits = [commitOf('2', {} as string), commitOf('1', '')]
  const reply = write(batchOf(1, [entry('a')], { commits }))
  assert.deepEqual(reply.folds, [undefined])
  assert.equal(reply.commits[1], 1)
  assert.notEqual(typeof reply.commits[0], 'number')
})

test('a frame is folded once, however often it is sent, and none is left out', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  write(batchOf(1, [entry('a')]))
  // As after a writer that died when it had written and before it had answered.
  assert.deepEqual(write(batchOf(1, [entry('a')])).folds, [undefined])
  assert.deepEqual(batchWriter(database)(batchOf(1, [entry('a')])).folds, [undefined])
  assert.equal(write(batchOf(3, [entry('c')])).folds[0]?.failed, 'unavailable')
  assert.deepEqual(write(batchOf(2, [entry('b')])).folds, [undefined])
  assert.deepEqual(idsOf(database), ['1 a', '2 b'])
})

test('a full bucket gets its terms with its last entry, whoever wrote the others', (t) => {
  const database = openDatabase(t)
  batchWriter(database)(batchOf(1, some(1000)))
  const write = batchWriter(database)
  write(batchOf(2, some(bucketSize - 1001)))
  assert.equal(selectNumber(database, 'SELECT count(*) FROM audit_terms'), 1)
  const bytes = selectNumber(database, 'SELECT length(terms) FROM audit_terms')
  // Account, id and one key each, of all numbers from 1 to the end of the first bucket.
  assert.equal(bytes / 8, 3 * (bucketSize - 1))
})

test('purging takes one bucket a step and leaves nothing of what is gone', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  write(batchOf(1, some(bucketSize * 2 + 10)))
  const before = bucketSize + 5
  const purge = { ...emptyBatch(), purges: [{ stream: 'audit' as const, before }] }
  const steps = [1, 2, 3].map(() => write(purge).purges[0])
  assert.deepEqual(steps, [
    { purged: bucketSize - 1, done: false },
    { purged: 6, done: false },
    { purged: 0, done: true },
  ])
  assert.equal(idsOf(database).length, bucketSize + 5)
  assert.equal(idsOf(database)[0], `${before + 1} e${before}`)
  assert.equal(selectNumber(database, 'SELECT min(bucket) FROM audit_terms'), 1)
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
  const commits = Array.from({ length: 100 }, (_, n) => commitOf(`${n}`, 'x'))
  const batch = batchOf(1, [entry('a')], { commits })
  holder.exec('BEGIN IMMEDIATE')
  const startedAt = performance.now()
  const reply = write(batch)
  const milliseconds = performance.now() - startedAt
  const locked = { failed: 'unavailable', reason: 'the database is locked by another program' }
  assert.deepEqual(
    new Set([...reply.folds, ...reply.commits].map((o) => JSON.stringify(o))),
    new Set([JSON.stringify(locked)]),
  )
  assert.ok(milliseconds < 1_000, `waited ${milliseconds} ms`)
  holder.exec('ROLLBACK')
  assert.deepEqual(new Set(write(batch).commits), new Set([1]))
})

test('entries that follow a purge of all others are not numbered like them: their numbers are cursors', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  write(batchOf(1, [entry('a'), entry('b')]))
  write({ ...emptyBatch(), purges: [{ stream: 'audit', before: 9 }] })
  assert.deepEqual(idsOf(database), [])
  // Nor when the process was started anew in between.
  batchWriter(database)(batchOf(2, [entry('c')]))
  assert.deepEqual(idsOf(database), ['3 c'])
})

test('a roll back after which the journal cannot be read leaves no entry out of the terms', (t) => {
  const database = openDatabase(t)
  const write = batchWriter(database)
  write(batchOf(1, [entry('a'), entry('b')]))
  const commits = [commitOf('1', {} as string)]
  // Nothing can be read, as on a failing disk.
  database.setAuthorizer((action) =>
    action === constants.SQLITE_READ ? constants.SQLITE_DENY : constants.SQLITE_OK,
  )
  assert.equal(write(batchOf(2, some(5), { commits })).folds[0]?.failed, 'unavailable')
  database.setAuthorizer(null)
  assert.deepEqual(write(batchOf(2, some(bucketSize))).folds, [undefined])
  const bytes = selectNumber(database, 'SELECT length(terms) FROM audit_terms WHERE bucket = 0')
  assert.equal(bytes / 8, 3 * (bucketSize - 1))
  assert.equal(idsOf(database).length, bucketSize + 2)
})

/** Numbers and ids of all entries. */
function idsOf(database: DatabaseSync): string[] {
  const rows = database.prepare('SELECT first, entries FROM audit_chunk ORDER BY first').all()
  return (rows as { first: number; entries: string }[]).flatMap(({ first, entries }) =>
    readEntries(entries).map(({ id }, at) => `${first + at} ${id}`),
  )
}
