import { journalContract } from '../journal.contract.ts'
import { recordStoreContract } from '../record-store.contract.ts'
import { storeContract } from '../store.contract.ts'
import { openMemoryStore } from './open-memory-store.ts'

recordStoreContract('memory', async () => openMemoryStore().records)
journalContract('memory', async () => openMemoryStore().journal)
storeContract('memory', async () => openMemoryStore())
