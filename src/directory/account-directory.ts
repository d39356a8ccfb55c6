import type { RecordStore } from '../store/record-store.ts'
import { StaleRevision, StoreUnavailable } from '../store/store-errors.ts'
import { AccountRecords, type Records, type Transaction } from './account-records.ts'

/** How often a batch is done again on fresh records when another node was faster. */
const attempts = 5

/**
 * One account's records: reads from memory, writes in order through the store. Whatever arrives while a
 * commit is under way is done together in the next one (group commit), each piece on top of the one before.
 */
export class AccountDirectory {
  readonly account: string
  readonly #store: RecordStore
  #records: AccountRecords
  #storedRevision: number
  #version = 0
  #queue: Work[] = []
  #running = false

  private constructor(store: RecordStore, account: string, loaded: Loaded) {
    this.#store = store
    this.account = account
    this.#records = loaded.records
    this.#storedRevision = loaded.revision
  }

  static async open(store: RecordStore, account: string): Promise<AccountDirectory> {
    return new AccountDirectory(store, account, await load(store, account))
  }

  /** The records as last committed. */
  get records(): Records {
    return this.#records
  }

  /** Grows with every committed change: what was computed from the records under another version is stale. */
  get version(): number {
    return this.#version
  }

  /**
   * Does `work` against the newest records and makes its changes durable before the promise resolves.
   * `work` must be synchronous and may be done more than once; what it throws changes nothing and rejects.
   */
  write<R>(work: (tx: Transaction) => R): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
      if (!this.#running) {
        this.#running = true
        // Let everything that arrives in this turn join the first batch.
        queueMicrotask(() => void this.#drain())
      }
    })
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue
      this.#queue = []
      await this.#commit(batch, attempts)
    }
    this.#running = false
  }

  async #commit(batch: readonly Work[], attemptsLeft: number): Promise<void> {
    const outcomes = batch.map((work) => this.#attempt(work))
    const { changes, redo } = this.#records.takeBack()
    try {
      if (changes.length > 0) {
        this.#storedRevision = await this.#store.commit(this.account, this.#storedRevision, changes)
        redo()
        this.#version++
      }
    } catch (error) {
      if (error instanceof StaleRevision && attemptsLeft > 1 && (await this.#reload())) {
        return this.#commit(batch, attemptsLeft - 1)
      }
      // What may have been written must not be missing from memory while it is on the disk.
      if (error instanceof StoreUnavailable && error.outcomeUnknown) await this.#reload()
      for (const { reject } of batch) reject(error)
      return
    }
    for (const settle of outcomes) settle()
  }

  /** False when the store cannot be read: the caller then answers with the error it has. */
  async #reload(): Promise<boolean> {
    try {
      const fresh = await load(this.#store, this.account)
      this.#records = fresh.records
      this.#storedRevision = fresh.revision
      this.#version++
      return true
    } catch {
      return false
    }
  }

  #attempt({ work, resolve, reject }: Work): () => void {
    const mark = this.#records.mark()
    try {
      const result = work(this.#records)
      return () => resolve(result)
    } catch (error) {
      this.#records.rollBack(mark)
      return () => reject(error)
    }
  }
}

interface Work {
  readonly work: (tx: Transaction) => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

interface Loaded {
  readonly records: AccountRecords
  readonly revision: number
}

async function load(store: RecordStore, account: string): Promise<Loaded> {
  const { revision, records: stored } = await store.load(account)
  const records = new AccountRecords()
  for (const record of stored) records.load(record)
  return { records, revision }
}
