import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { StoreCorrupt } from '../store-errors.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryDirectory } from './temporary-store.fixture.ts'

/** A closed store of three records and some sessions; what `sql` does to it SQLite itself takes for sound. */
async function changedBehind(t: TestContext, sql: string): Promise<string> {
  const directory = temporaryDirectory(t)
  {
    await using store = openSqliteStore(directory)
    const deny = { type: 'role', key: 'deploy', value: '{"Effect":"Deny"}' }
    const others = ['a', 'b'].map((key) => ({ type: 'user', key, value: '{}' }))
    await store.records.commit('1', 0, [deny, ...others])
    await store.records.commit('1', 1, [{ ...deny, value: '{"Effect":"Deny","v":2}' }])
    await store.records.commit('1', 2, [
      { type: 'user', key: 'a', value: undefined },
      { type: 'user', key: 'c', value: '{}' },
      { type: 'user', key: 'none', value: undefined },
    ])
    const entries = Array.from({ length: 1100 }, (_, n) => ({
      ...({ stream: 'session', account: '1', at: n, body: '{"role":"deploy"}' } as const),
      id: `s${n}`,
      keys: [`k${n}`],
    }))
    await store.journal.append(entries)
  }
  const database = new DatabaseSync(join(directory, 'watchword.db'))
  database.exec(sql)
  database.close()
  return directory
}

test('what was written, changed and deleted is found whole', async (t) => {
  await using store = openSqliteStore(await changedBehind(t, ''), { check: true })
  const { revision, records } = await store.records.load('1')
  assert.equal(revision, 3)
  assert.deepEqual([...records].map(({ key, value }) => `${key} ${value}`).sort(), [
    'b {}',
    'c {}',
    'deploy {"Effect":"Deny","v":2}',
  ])
})

for (const [what, sql, finding] of [
  [
    'whose text was changed',
    `UPDATE record SET value = replace(value, 'Deny', 'Allow')`,
    'damaged',
  ],
  ['whose key was changed', `UPDATE record SET key = 'd' WHERE key = 'c'`, 'damaged'],
  ['of another kind than it was', `UPDATE record SET type = 'group' WHERE key = 'c'`, 'damaged'],
  ['of another account than it was', `UPDATE record SET account = '2'`, 'damaged|missing'],
  ['that is gone', `DELETE FROM record WHERE key = 'c'`, 'missing'],
  ['whose account is gone', 'DELETE FROM account', 'missing'],
] as const) {
  test(`a record ${what} is refused when the store is opened`, async (t) => {
    const directory = await changedBehind(t, sql)
    assert.throws(
      () => openSqliteStore(directory),
      (error) => {
        assert.ok(error instanceof StoreCorrupt)
        assert.match(error.message, new RegExp(`records? of account [12] (is|are) (${finding})`))
        return true
      },
    )
  })
}

test('a session that is not as it was recorded is told by the search that meets it', async (t) => {
  const to = `UPDATE session_chunk SET entries = replace(entries, 'deploy', 'deploX') WHERE first = 1`
  await using store = openSqliteStore(await changedBehind(t, to))
  const search = (key: string) => store.journal.query({ stream: 'session', key }, { limit: 1 })
  await assert.rejects(search('k3'), StoreCorrupt)
  assert.equal((await search('k1050')).entries.length, 1)
})

test('damage in what sessions are found by is told, and finds nothing wrong', async (t) => {
  const to = 'UPDATE session_terms SET terms = zeroblob(length(terms))'
  await using store = openSqliteStore(await changedBehind(t, to))
  const search = (key: string) => store.journal.query({ stream: 'session', key }, { limit: 1 })
  await assert.rejects(search('k3'), StoreCorrupt)
})

test('a changed byte anywhere in a closed database leaves all records as they were, or is refused', async (t) => {
  const directory = await changedBehind(t, '')
  const path = join(directory, 'watchword.db')
  const whole = readFileSync(path)
  const contents = async (): Promise<string> => {
    await using store = openSqliteStore(directory)
    return JSON.stringify([...(await store.records.load('1')).records])
  }
  const sound = await contents()
  const about = whole.indexOf('"Effect":"Deny"')
  const places = [about, about + 12, about - 8, ...Array.from({ length: 20 }, (_, n) => n * 5501)]
  let refused = 0
  for (const at of places) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0x11
    writeFileSync(path, changed)
    await contents().then(
      (found) => assert.equal(found, sound, `byte ${at}`),
      (error: unknown) => {
        assert.ok(error instanceof StoreCorrupt, String(error))
        refused += 1
      },
    )
  }
  assert.ok(refused >= 3)
})
