import { commitLog } from '../commit-log.ts'
import type { LoadedAccount, RecordStore, StoredRecord } from '../record-store.ts'
import type { Reader } from './reader.ts'
import { selectNumber } from './select-number.ts'
import type { WriteQueue } from './write-queue.ts'

export interface SqliteRecordStore extends RecordStore {
  loadNow(account: string): LoadedAccount
  wipe(): Promise<void>
}

/** Reads on the calling thread, from the last commit on disk and beside any write; writes through the queue. */
export function sqliteRecordStore(
  reader: Reader,
  queue: WriteQueue,
  close: () => Promise<void>,
): SqliteRecordStore {
  const { database } = reader
  const revisionOf = database.prepare('SELECT revision FROM account WHERE account = ?')
  const nextType = database.prepare(
    'SELECT type FROM record WHERE account = ? AND type > ? ORDER BY type LIMIT 1',
  )
  const ofType = database.prepare('SELECT key, value FROM record WHERE account = ? AND type = ?')
  // Rows as arrays read three times as fast as rows as objects.
  ofType.setReturnArrays(true)
  // Every commit raises one revision by one, so positions go on where the last process stopped.
  const log = commitLog(selectNumber(database, 'SELECT sum(revision) FROM account'))

  function readAccount(account: string): LoadedAccount {
    const revision = Number(revisionOf.get(account)?.revision ?? 0)
    const records: StoredRecord[] = []
    let type = nextType.get(account, '')?.type
    while (typeof type === 'string') {
      // One string per type, not one per record.
      const itsType = type
      // Row by row: a list of all of them first would cost as much again.
      for (const row of ofType.iterate(account, type)) {
        const [key, value] = row as unknown as [string, string]
        records.push({ type: itsType, key, value })
      }
      type = nextType.get(account, type)?.type
    }
    return { revision, records }
  }

  /** In one transaction, so that no commit comes between the revision and the records. */
  function loadNow(account: string): LoadedAccount {
    return reader.read(() => {
      database.exec('BEGIN')
      try {
        return readAccount(account)
      } finally {
        database.exec('COMMIT')
      }
    })
  }

  return {
    loadNow,
    async load(account) {
      return loadNow(account)
    },
    async commit(account, expectedRevision, changes) {
      // The caller may reuse its array before the turn ends.
      const copy = [...changes]
      const revision = await queue.commit({ account, expectedRevision, changes: copy })
      log.add({ account, revision, changes: copy })
      return revision
    },
    async changes(after) {
      return reader.read(() => log.since(after))
    },
    async wipe() {
      await queue.wipe()
      log.forget()
    },
    [Symbol.asyncDispose]: close,
  }
}
