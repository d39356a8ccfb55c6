import { journalContract } from '../journal.contract.ts'
import { recordStoreContract } from '../record-store.contract.ts'
import { storeContract } from '../store.contract.ts'
import { openTemporarySqlite, temporaryDirectory } from './temporary-store.fixture.ts'

const open = openTemporarySqlite(temporaryDirectory())

recordStoreContract('sqlite', async () => (await open()).records)
journalContract('sqlite', async () => (await open()).journal)
storeContract('sqlite', open)
