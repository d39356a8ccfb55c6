import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { StoreUnavailable } from '../store-errors.ts'
import { prepareDatabase } from './schema.ts'
import { temporaryDirectory } from './temporary-store.fixture.ts'
import { writeQueue } from './write-queue.ts'

function prepare(path: string): void {
  const database = new DatabaseSync(path)
  prepareDatabase(database, path)
  database.close()
}

const commit = { account: '1', expectedRevision: 0, changes: [] }

test('when the writer dies its batch is refused as unknown, and the next one gets a new writer', async (t) => {
  const directory = join(temporaryDirectory(t), 'data')
  // The writer cannot open a file in a directory that is not there.
  const queue = writeQueue(join(directory, 'watchword.db'))
  const refused = (error: unknown): boolean => {
    assert.ok(error instanceof StoreUnavailable)
    assert.equal(error.outcomeUnknown, true)
    return true
  }
  await assert.rejects(queue.commit(commit), refused)
  await assert.rejects(queue.fold({ frames: [] }), refused)
  mkdirSync(directory)
  prepare(join(directory, 'watchword.db'))
  assert.equal(await queue.commit(commit), 1)
  await queue.close()
})

test('closing ends also when the writer cannot work any more', async (t) => {
  const directory = temporaryDirectory(t)
  const queue = writeQueue(join(directory, 'gone', 'watchword.db'))
  rmSync(directory, { recursive: true })
  const last = assert.rejects(queue.commit(commit), StoreUnavailable)
  await queue.close()
  await last
  await assert.rejects(queue.wipe(), StoreUnavailable)
})

test('what is asked while a batch is being written goes into the next one, in order', async (t) => {
  const path = join(temporaryDirectory(t), 'watchword.db')
  prepare(path)
  const queue = writeQueue(path)
  const settled: string[] = []
  const note = (name: string, work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => settled.push(name),
      () => settled.push(`${name} refused`),
    )
  const first = note('first', queue.commit(commit))
  await new Promise(setImmediate)
  const second = note('second', queue.commit({ ...commit, expectedRevision: 1 }))
  const stale = note('stale', queue.commit(commit))
  const closing = note('close', queue.close())
  const late = note('late', queue.commit({ ...commit, expectedRevision: 2 }))
  await Promise.all([first, second, stale, closing, late])
  assert.deepEqual(settled, ['late refused', 'first', 'second', 'stale refused', 'close'])
})
