import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journalContract } from './journal.contract.ts'
import { openMemoryStore } from './memory/open-memory-store.ts'
import { recordStoreContract } from './record-store.contract.ts'
import { storeContract } from './store.contract.ts'
import type { Store } from './store.ts'
import { timedStore } from './timed-store.ts'

const timed = (): Store => timedStore(openMemoryStore(), { now: () => 0 }, () => undefined)

recordStoreContract('timed memory', async () => timed().records)
journalContract('timed memory', async () => timed().journal)
storeContract('timed memory', async () => timed())

test('every durable write is told with its seconds, a refused one too', async () => {
  let now = 0
  const told: number[] = []
  const clock = { now: () => (now += 500) }
  await using store = timedStore(openMemoryStore(), clock, (seconds) => told.push(seconds))
  await store.records.commit('1', 0, [])
  await store.journal.append([])
  await assert.rejects(store.records.commit('1', 0, []))
  await store.records.load('1')
  assert.deepEqual(told, [0.5, 0.5, 0.5])
})
