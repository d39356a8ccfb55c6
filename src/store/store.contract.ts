import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalEntry } from './journal.ts'
import type { Store } from './store.ts'
import { StoreUnavailable } from './store-errors.ts'

const session: JournalEntry = {
  stream: 'session',
  account: '111122223333',
  at: 1,
  id: 'ASIA1',
  keys: ['AKIA1'],
  body: '{}',
}

/** What holds for both ports of a store together. */
export function storeContract(driver: string, open: () => Promise<Store>): void {
  test(`${driver}: wiping forgets all, followers load anew, and the store works on`, async () => {
    await using store = await open()
    await store.records.commit('1', 0, [{ type: 'user', key: 'ada', value: '{}' }])
    await store.journal.append([session, { ...session, stream: 'audit' }])
    const { position } = await store.records.changes()
    await store.wipe()
    const { revision, records } = await store.records.load('1')
    assert.deepEqual([revision, ...records], [0])
    assert.equal((await store.records.changes(position)).complete, false)
    for (const stream of ['session', 'audit'] as const) {
      assert.equal(await store.journal.count({ stream }), 0)
      assert.equal(await store.journal.count({ stream, key: 'AKIA1' }), 0)
    }
    assert.equal(await store.records.commit('1', 0, []), 1)
    await store.journal.append([session])
    const { entries } = await store.journal.query({ stream: 'session' }, { limit: 2 })
    assert.deepEqual(entries, [session])
  })

  test(`${driver}: closing either port closes the store`, async () => {
    for (const port of ['records', 'journal'] as const) {
      await using store = await open()
      await store[port][Symbol.asyncDispose]()
      await assert.rejects(store.records.commit('1', 0, []), StoreUnavailable)
      await assert.rejects(store.journal.append([session]), StoreUnavailable)
      await assert.rejects(store.wipe(), StoreUnavailable)
    }
  })

  test(`${driver}: commits and appends at once do not disturb each other`, async () => {
    await using store = await open()
    const work: Promise<unknown>[] = []
    for (let n = 0; n < 100; n += 1) {
      work.push(store.journal.append([{ ...session, id: `s${n}` }]))
      work.push(store.records.commit(`account-${n % 10}`, Math.floor(n / 10), []))
      work.push(assert.rejects(store.records.commit('stale', 5, [])))
    }
    await Promise.all(work)
    assert.equal(await store.journal.count({ stream: 'session' }), 100)
    assert.equal((await store.records.load('account-3')).revision, 10)
    assert.equal((await store.records.load('stale')).revision, 0)
  })
}
