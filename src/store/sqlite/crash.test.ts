import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { StoreLocked } from '../store-errors.ts'
import { holdingProcess, linesUntilKilled } from './child-process.fixture.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryDirectory } from './temporary-store.fixture.ts'

test('everything acknowledged is there after the process is killed, again and again', async (t) => {
  const directory = temporaryDirectory(t)
  const sessions: string[] = []
  const revisions = new Map<string, number>()
  for (const lineCount of [1, 2, 5, 17, 60, 150, 400, 1000]) {
    for (const line of await linesUntilKilled(directory, lineCount)) {
      const [kind, subject = '', revision] = line.split(' ')
      if (kind === 'session') sessions.push(subject)
      if (kind === 'commit') revisions.set(subject, Number(revision))
    }
    await using store = openSqliteStore(directory, { check: true })
    for (const [account, acknowledged] of revisions) {
      const { revision, records } = await store.records.load(account)
      assert.ok(revision >= acknowledged, `${account}: ${revision} of ${acknowledged}`)
      // Both records of the last commit, or neither.
      assert.deepEqual(
        [...records].map(({ value }) => value),
        [String(revision), String(revision)],
      )
    }
    const total = await store.journal.count({ stream: 'session' })
    assert.equal(await store.journal.count({ stream: 'audit' }), total)
    for (const key of sessions) {
      assert.equal(await store.journal.count({ stream: 'session', key }), 1)
    }
  }
  assert.ok(sessions.length > 1000)
})

test('a directory in use by another process is refused, and free once that process is killed', async (t) => {
  const directory = temporaryDirectory(t)
  const holder = await holdingProcess(directory)
  assert.throws(
    () => openSqliteStore(directory),
    (error) => {
      assert.ok(error instanceof StoreLocked)
      assert.ok(error.message.includes(directory))
      assert.match(error.message, /another Watchword process.*Stop that process/)
      return true
    },
  )
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await using store = openSqliteStore(directory)
  assert.ok((await store.records.load('a')).revision >= 0)
})
