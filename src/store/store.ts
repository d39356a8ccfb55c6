import type { Journal } from './journal.ts'
import type { RecordStore } from './record-store.ts'

/** What a driver opens: both ports over one place. Disposing any of the three closes it, once, after all is written. */
export interface Store extends AsyncDisposable {
  readonly records: RecordStore
  readonly journal: Journal
  /** Forgets everything, as the development reset asks. Not on the ports, so that no operation can reach it. */
  wipe(): Promise<void>
}
