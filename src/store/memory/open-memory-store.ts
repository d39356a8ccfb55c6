import type { Store } from '../store.ts'
import { memoryJournal } from './memory-journal.ts'
import { memoryRecordStore } from './memory-record-store.ts'

/** A store that forgets everything with the process: for development and tests. Nothing can make it fail. */
export function openMemoryStore(): Store {
  const state = { closed: false }
  const records = memoryRecordStore(state)
  const journal = memoryJournal(state)
  return {
    records,
    journal,
    async wipe() {
      records.wipe()
      journal.wipe()
    },
    async [Symbol.asyncDispose]() {
      state.closed = true
    },
  }
}
