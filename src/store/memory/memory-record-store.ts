import { commitLog } from '../commit-log.ts'
import { type Lifetime, refuseClosed } from '../lifetime.ts'
import type { Change, RecordStore, StoredRecord } from '../record-store.ts'
import { StaleRevision } from '../store-errors.ts'

interface Account {
  revision: number
  readonly types: Map<string, Map<string, StoredRecord>>
}

export interface MemoryRecordStore extends RecordStore {
  wipe(): void
}

export function memoryRecordStore(lifetime: Lifetime): MemoryRecordStore {
  const accounts = new Map<string, Account>()
  const log = commitLog(0)

  return {
    async load(name) {
      refuseClosed(lifetime)
      const account = accounts.get(name)
      if (account === undefined) return { revision: 0, records: [] }
      const records: StoredRecord[] = []
      for (const ofType of account.types.values()) {
        for (const record of ofType.values()) records.push(record)
      }
      return { revision: account.revision, records }
    },
    async commit(name, expectedRevision, changes) {
      refuseClosed(lifetime)
      const account = accounts.get(name) ?? { revision: 0, types: new Map() }
      if (account.revision !== expectedRevision) {
        throw new StaleRevision(name, expectedRevision, account.revision)
      }
      // The change log outlives the call: the caller's array may not.
      const copy = [...changes]
      for (const change of copy) apply(account, change)
      account.revision += 1
      accounts.set(name, account)
      log.add({ account: name, revision: account.revision, changes: copy })
      return account.revision
    },
    async changes(after) {
      refuseClosed(lifetime)
      return log.since(after)
    },
    wipe() {
      refuseClosed(lifetime)
      accounts.clear()
      log.forget()
    },
    async [Symbol.asyncDispose]() {
      lifetime.closed = true
    },
  }
}

function apply(account: Account, { type, key, value }: Change): void {
  let ofType = account.types.get(type)
  if (ofType === undefined) {
    ofType = new Map()
    account.types.set(type, ofType)
  }
  if (value === undefined) ofType.delete(key)
  else ofType.set(key, { type, key, value })
}
