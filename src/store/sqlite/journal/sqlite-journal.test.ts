import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { JournalEntry } from '../../journal.ts'
import { openSqliteStore } from '../open-sqlite-store.ts'
import { temporaryDirectory } from '../temporary-store.fixture.ts'

const entry = (n: number): JournalEntry => ({
  stream: n % 3 === 0 ? 'audit' : 'session',
  account: '1',
  at: n,
  id: `e${n}`,
  keys: [`k${n % 7}`],
  body: '{}',
})

test('a search finds each entry once while they go from the log to the database', async (t) => {
  await using store = openSqliteStore(temporaryDirectory(t))
  const { journal } = store
  let appended = 0
  for (let round = 0; round < 12; round += 1) {
    const some = Array.from({ length: 700 }, (_, n) => entry(appended + n))
    await journal.append(some)
    appended += some.length
    const sessions = Array.from({ length: appended }, (_, n) => n).filter((n) => n % 3 !== 0)
    // Folds, and purges nothing.
    const folding = journal.purge('audit', -1)
    const [all, ofKey, oldest, newest] = await Promise.all([
      journal.count({ stream: 'session' }),
      journal.count({ stream: 'session', key: 'k1' }),
      journal.query({ stream: 'session' }, { limit: 10_000, order: 'oldest' }),
      journal.query({ stream: 'session' }, { limit: 10_000 }),
    ])
    assert.equal(all, sessions.length)
    assert.equal(ofKey, sessions.filter((n) => n % 7 === 1).length)
    const ids = sessions.map((n) => `e${n}`)
    assert.deepEqual(
      oldest.entries.map(({ id }) => id),
      ids,
    )
    assert.deepEqual(
      newest.entries.map(({ id }) => id),
      ids.toReversed(),
    )
    await folding
  }
})

test('the cursor of a page holds when its entries have gone to the database since', async (t) => {
  await using store = openSqliteStore(temporaryDirectory(t))
  const { journal } = store
  await journal.append(Array.from({ length: 50 }, (_, n) => entry(n)))
  const first = await journal.query({ stream: 'session' }, { limit: 10 })
  await journal.purge('audit', -1)
  const rest = await journal.query({ stream: 'session' }, { limit: 50, after: first.next })
  const seen = [...first.entries, ...rest.entries].map(({ at }) => at)
  const expected = Array.from({ length: 50 }, (_, n) => n).filter((n) => n % 3 !== 0)
  assert.deepEqual(seen, expected.toReversed())
})

test('while the database cannot be written, sessions are recorded and searches go on', async (t) => {
  const directory = temporaryDirectory(t)
  const holder = new DatabaseSync(join(directory, 'holder.db'))
  t.after(() => holder.close())
  await using store = openSqliteStore(directory)
  await store.journal.append([entry(1)])
  holder.exec(`ATTACH '${join(directory, 'watchword.db')}' AS held; BEGIN IMMEDIATE`)
  holder.exec('UPDATE held.journal SET folded = folded')
  const folding = store.journal.purge('audit', -1)
  await store.journal.append([entry(2)])
  assert.equal(await store.journal.count({ stream: 'session' }), 2)
  holder.exec('ROLLBACK')
  await folding
  assert.equal(await store.journal.count({ stream: 'session', id: 'e2' }), 1)
})
