import { journalContract } from '../journal.contract.ts'
import type { Journal } from '../journal.ts'
import { recordStoreContract } from '../record-store.contract.ts'
import { storeContract } from '../store.contract.ts'
import { openTemporarySqlite, temporaryDirectory } from './temporary-store.fixture.ts'

const open = openTemporarySqlite(temporaryDirectory())

recordStoreContract('sqlite', async () => (await open()).records)
// The same with little in the database and the rest in the log, and with all of it in the database.
journalContract('sqlite', async () => (await open()).journal)
journalContract('sqlite, folded', async () => folded((await open()).journal))
storeContract('sqlite', open)

/** Folds what is appended: a purge that finds nothing does. */
function folded(journal: Journal): Journal {
  return {
    ...journal,
    async append(entries, meanwhile) {
      await journal.append(entries, meanwhile)
      if (entries.length > 0) await journal.purge('audit', Number.MIN_SAFE_INTEGER)
    },
  }
}
