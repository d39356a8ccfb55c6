import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { getPriority } from 'node:os'
import { test } from 'node:test'
import { openTemporarySqlite, temporaryDirectory } from './temporary-store.fixture.ts'

test('the thread that writes the database lets the others go first, and no other thread does', async (t) => {
  if (!existsSync('/proc/thread-self'))
    return t.skip('threads have no priorities of their own here')
  const niceness = (): number[] =>
    readdirSync('/proc/self/task').map((thread) => getPriority(Number(thread)))
  const own = getPriority()
  if (own >= 10) return t.skip(`all of this process lets others go first already (${own})`)
  assert.ok(niceness().every((value) => value === own))
  const store = await openTemporarySqlite(temporaryDirectory(t))()
  await store.records.commit('111122223333', 0, [])
  assert.equal(niceness().filter((value) => value === 10).length, 1)
  assert.equal(getPriority(), own)
  await store[Symbol.asyncDispose]()
})
