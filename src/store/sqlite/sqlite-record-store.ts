import { commitLog } from '../commit-log.ts'
import type { RecordStore } from '../record-store.ts'
import { accountReader } from './read-account.ts'
import type { Reader } from './reader.ts'
import { selectNumber } from './select-number.ts'
import type { WriteQueue } from './write-queue.ts'

export interface SqliteRecordStore extends RecordStore {
  wipe(): Promise<void>
}

/** Reads on the calling thread, from the last commit on disk and beside any write; writes through the queue. */
export function sqliteRecordStore(
  reader: Reader,
  queue: WriteQueue,
  close: () => Promise<void>,
): SqliteRecordStore {
  const { database } = reader
  const readAccount = accountReader(database, reader.path)
  // Every commit raises one revision by one, so positions go on where the last process stopped.
  const log = commitLog(selectNumber(database, 'SELECT sum(revision) FROM account'))

  return {
    async load(account) {
      return reader.read(() => {
        // In one transaction, so that no commit comes between the revision and the records.
        database.exec('BEGIN')
        try {
          return readAccount(account)
        } finally {
          database.exec('COMMIT')
        }
      })
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
