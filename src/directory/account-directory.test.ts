import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openMemoryStore } from '../store/memory/open-memory-store.ts'
import type { RecordStore } from '../store/record-store.ts'
import { StoreUnavailable } from '../store/store-errors.ts'
import { AccountDirectory } from './account-directory.ts'
import { collection } from './collection.ts'

interface Pet {
  readonly name: string
  readonly owner: string
}

const pets = collection('pet', {
  key: (pet: Pet) => [pet.name],
  indexes: { owner: (pet) => [[pet.owner]] },
})

const rex = { name: 'rex', owner: 'ada' }
const tom = { name: 'tom', owner: 'bob' }
const account = '111122223333'

test('a write is seen after it is durable, and by whoever opens the account later', async () => {
  await using store = openMemoryStore()
  const directory = await AccountDirectory.open(store.records, account)
  const written = directory.write((tx) => {
    tx.put(pets, rex)
    assert.deepEqual(tx.get(pets, 'rex'), rex)
  })
  assert.equal(directory.records.get(pets, 'rex'), undefined)
  await written
  assert.deepEqual(directory.records.get(pets, 'rex'), rex)
  const later = await AccountDirectory.open(store.records, account)
  assert.deepEqual([...later.records.find(pets, 'owner', ['ada'])], [rex])
})

test('work that throws changes nothing and leaves its neighbours of the same commit alone', async () => {
  await using store = openMemoryStore()
  const directory = await AccountDirectory.open(store.records, account)
  const good = directory.write((tx) => tx.put(pets, rex))
  const bad = directory.write((tx) => {
    tx.delete(pets, rex)
    tx.put(pets, tom)
    throw new Error('no')
  })
  const after = directory.write((tx) => tx.insert(pets, rex))
  await assert.rejects(bad, /no/)
  await good
  assert.equal(await after, false)
  assert.deepEqual([...directory.records.list(pets)], [rex])
})

test('what was waiting during a commit goes into the next one together', async () => {
  await using store = openMemoryStore()
  const directory = await AccountDirectory.open(store.records, account)
  await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      directory.write((tx) => tx.put(pets, { name: `p${at}`, owner: 'ada' })),
    ),
  )
  assert.equal((await store.records.load(account)).revision, 1)
  assert.equal(directory.records.count(pets), 50)
})

test('work is done again on fresh records when another node was faster', async () => {
  await using store = openMemoryStore()
  const slow = await AccountDirectory.open(store.records, account)
  const fast = await AccountDirectory.open(store.records, account)
  await fast.write((tx) => tx.put(pets, rex))
  assert.equal(await slow.write((tx) => tx.insert(pets, rex)), false)
  assert.deepEqual(slow.records.get(pets, 'rex'), rex)
})

test('a store that cannot write leaves the records as they were, and later writes work', async () => {
  await using store = openMemoryStore()
  const failing = failingOnce(store.records, new StoreUnavailable('disk full'))
  const directory = await AccountDirectory.open(failing, account)
  await assert.rejects(
    directory.write((tx) => tx.put(pets, rex)),
    StoreUnavailable,
  )
  assert.equal(directory.records.get(pets, 'rex'), undefined)
  await directory.write((tx) => tx.put(pets, tom))
  assert.deepEqual([...directory.records.list(pets)], [tom])
})

test('a write whose outcome is unknown is read back, so that memory and disk agree', async () => {
  await using store = openMemoryStore()
  const lost = new StoreUnavailable('the writer died', { outcomeUnknown: true })
  const failing = failingOnce(store.records, lost, 'after writing')
  const directory = await AccountDirectory.open(failing, account)
  await assert.rejects(
    directory.write((tx) => tx.put(pets, rex)),
    StoreUnavailable,
  )
  assert.deepEqual(directory.records.get(pets, 'rex'), rex)
})

/** A driver whose first commit fails, before or after it has written. */
function failingOnce(
  records: RecordStore,
  error: Error,
  when: 'before writing' | 'after writing' = 'before writing',
): RecordStore {
  let failed = false
  return {
    load: (id) => records.load(id),
    changes: (after) => records.changes(after),
    async commit(id, revision, changes) {
      if (failed) return records.commit(id, revision, changes)
      failed = true
      if (when === 'after writing') await records.commit(id, revision, changes)
      throw error
    },
    [Symbol.asyncDispose]: () => records[Symbol.asyncDispose](),
  }
}
