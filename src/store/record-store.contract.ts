import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Change, RecordStore, StoredRecord } from './record-store.ts'
import { StaleRevision, StoreUnavailable } from './store-errors.ts'

const account = '111122223333'
const put = (key: string, value = '{}', type = 'user'): Change => ({ type, key, value })
const remove = (key: string, type = 'user'): Change => ({ type, key, value: undefined })

const byPlace = (a: Change, b: Change): number =>
  a.type < b.type || (a.type === b.type && a.key < b.key) ? -1 : 1

async function recordsOf(store: RecordStore, name = account): Promise<StoredRecord[]> {
  return [...(await store.load(name)).records].sort(byPlace)
}

/** Every driver passes every test here: no exceptions list. `open` gives an empty store. */
export function recordStoreContract(driver: string, open: () => Promise<RecordStore>): void {
  test(`${driver}: an account never written has revision 0 and no records`, async () => {
    await using store = await open()
    const { revision, records } = await store.load(account)
    assert.equal(revision, 0)
    assert.deepEqual([...records], [])
  })

  test(`${driver}: a commit puts, replaces and deletes, and takes the next revision`, async () => {
    await using store = await open()
    assert.equal(await store.commit(account, 0, [put('ada'), put('bob'), put('cy')]), 1)
    assert.equal(await store.commit(account, 1, [put('ada', '{"a":1}'), remove('bob')]), 2)
    assert.equal((await store.load(account)).revision, 2)
    assert.deepEqual(await recordsOf(store), [put('ada', '{"a":1}'), put('cy')])
  })

  test(`${driver}: a stale revision is refused and changes nothing`, async () => {
    await using store = await open()
    const first = await store.commit(account, 0, [put('ada')])
    for (const stale of [0, 2, -1]) {
      await assert.rejects(store.commit(account, stale, [put('bob'), remove('ada')]), (error) => {
        assert.ok(error instanceof StaleRevision)
        assert.deepEqual([error.account, error.expected, error.actual], [account, stale, first])
        return true
      })
    }
    assert.equal((await store.load(account)).revision, first)
    assert.deepEqual(await recordsOf(store), [put('ada')])
  })

  test(`${driver}: of commits raced from one revision exactly one wins`, async () => {
    await using store = await open()
    const racers = Array.from({ length: 20 }, (_, n) =>
      store.commit(account, 0, [put('winner', String(n))]),
    )
    const results = await Promise.allSettled(racers)
    const won = results.flatMap((r, n) => (r.status === 'fulfilled' ? [n] : []))
    assert.equal(won.length, 1)
    assert.deepEqual(await recordsOf(store), [put('winner', String(won[0]))])
    for (const result of results) {
      if (result.status === 'rejected') assert.ok(result.reason instanceof StaleRevision)
    }
  })

  test(`${driver}: commits may follow each other without waiting`, async () => {
    await using store = await open()
    const commits = Array.from({ length: 50 }, (_, n) => store.commit(account, n, [put(`k${n}`)]))
    assert.deepEqual(
      await Promise.all(commits),
      commits.map((_, n) => n + 1),
    )
    assert.equal((await recordsOf(store)).length, 50)
  })

  test(`${driver}: a stale commit among others fails alone`, async () => {
    await using store = await open()
    const results = await Promise.allSettled([
      store.commit('1', 0, [put('a')]),
      store.commit('2', 7, [put('b')]),
      store.commit('3', 0, [put('c')]),
    ])
    assert.deepEqual(
      results.map((r) => r.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(await recordsOf(store, '1'), [put('a')])
    assert.deepEqual(await recordsOf(store, '2'), [])
    assert.deepEqual(await recordsOf(store, '3'), [put('c')])
  })

  test(`${driver}: accounts are apart, each with a revision of its own`, async () => {
    await using store = await open()
    await store.commit('111111111111', 0, [put('ada')])
    await store.commit('global', 0, [put('ada', '{"g":1}')])
    await store.commit('global', 1, [put('bob')])
    assert.equal((await store.load('111111111111')).revision, 1)
    assert.equal((await store.load('global')).revision, 2)
    assert.deepEqual(await recordsOf(store, '111111111111'), [put('ada')])
  })

  test(`${driver}: changes to one key apply in order`, async () => {
    await using store = await open()
    await store.commit(account, 0, [
      put('a', '1'),
      remove('a'),
      put('a', '2'),
      put('b'),
      remove('b'),
    ])
    assert.deepEqual(await recordsOf(store), [put('a', '2')])
  })

  test(`${driver}: a commit without changes takes a revision; deleting what is absent is no error`, async () => {
    await using store = await open()
    assert.equal(await store.commit(account, 0, []), 1)
    assert.equal(await store.commit(account, 1, [remove('nobody')]), 2)
  })

  test(`${driver}: any text comes back as it went in`, async () => {
    await using store = await open()
    const texts = [
      '',
      'a\u0000b',
      "o'brien",
      'Ünï©ødé 🦉',
      'A',
      'a',
      ' a',
      'a\nb',
      '%_\\',
      'x'.repeat(70_000),
    ]
    const changes = texts.map((text, n) => put(text, JSON.stringify(text), `type-${n % 3}`))
    await store.commit(account, 0, changes)
    assert.deepEqual(await recordsOf(store), [...changes].sort(byPlace))
  })

  test(`${driver}: what the caller does to its array after the call changes nothing`, async () => {
    await using store = await open()
    const changes = [put('ada')]
    const commit = store.commit(account, 0, changes)
    changes.push(put('bob'))
    await commit
    assert.deepEqual(await recordsOf(store), [put('ada')])
    assert.deepEqual((await store.changes(0)).commits[0]?.changes, [put('ada')])
  })

  test(`${driver}: a loaded account stays as it was while others commit`, async () => {
    await using store = await open()
    await store.commit(account, 0, [put('ada')])
    const loaded = await store.load(account)
    await store.commit(account, 1, [remove('ada'), put('bob')])
    assert.deepEqual([...loaded.records], [put('ada')])
  })

  test(`${driver}: a follower hears every commit once, in order`, async () => {
    await using store = await open()
    const start = await store.changes()
    assert.deepEqual([start.commits, start.complete], [[], true])
    await store.commit('1', 0, [put('ada')])
    await store.commit('2', 0, [put('bob')])
    await store.commit('1', 1, [remove('ada')])
    const heard = await store.changes(start.position)
    assert.equal(heard.complete, true)
    assert.deepEqual(heard.commits, [
      { account: '1', revision: 1, changes: [put('ada')] },
      { account: '2', revision: 1, changes: [put('bob')] },
      { account: '1', revision: 2, changes: [remove('ada')] },
    ])
    assert.deepEqual((await store.changes(heard.position)).commits, [])
  })

  test(`${driver}: a follower too far behind, or ahead of the store, is told to load anew`, async () => {
    await using store = await open()
    const { position } = await store.changes()
    await Promise.all(Array.from({ length: 1500 }, (_, n) => store.commit(account, n, [])))
    const late = await store.changes(position)
    assert.deepEqual([late.complete, late.commits.length], [false, 0])
    assert.equal((await store.changes(late.position + 1)).complete, false)
    assert.equal((await store.changes(late.position - 100)).commits.length, 100)
  })

  test(`${driver}: after closing it refuses, and closing again does nothing`, async () => {
    const store = await open()
    const last = store.commit(account, 0, [put('ada')])
    await store[Symbol.asyncDispose]()
    assert.equal(await last, 1)
    await store[Symbol.asyncDispose]()
    await assert.rejects(store.commit(account, 1, []), StoreUnavailable)
    await assert.rejects(store.load(account), StoreUnavailable)
    await assert.rejects(store.changes(), StoreUnavailable)
  })

  test(`${driver}: any run of commits leaves what a plain map would hold`, async () => {
    await using store = await open()
    let run = 0
    const change = fc.record({
      type: fc.constantFrom('user', 'role'),
      key: fc.constantFrom('a', 'b', 'c', 'A'),
      value: fc.option(fc.json(), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 8 }),
        async (commits) => {
          run += 1
          const name = `run-${run}`
          const expected = new Map<string, StoredRecord>()
          for (const [revision, changes] of commits.entries()) {
            await store.commit(name, revision, changes)
            for (const { type, key, value } of changes) {
              if (value === undefined) expected.delete(`${type}/${key}`)
              else expected.set(`${type}/${key}`, { type, key, value })
            }
          }
          assert.equal((await store.load(name)).revision, commits.length)
          assert.deepEqual(await recordsOf(store, name), [...expected.values()].sort(byPlace))
        },
      ),
      { numRuns: 50 },
    )
  })
}
