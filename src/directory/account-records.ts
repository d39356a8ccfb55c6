import type { Change, StoredRecord } from '../store/record-store.ts'
import { type Collection, encodeKey } from './collection.ts'
import { keyOf, Table } from './table.ts'

/** What can be asked of an account's records. Synchronous: everything is in memory. */
export interface Records {
  get<T>(collection: Collection<T>, ...key: string[]): T | undefined
  /** In key order. `after` is the encoded key of the last record of the page before. */
  list<T>(collection: Collection<T>, after?: string): Iterable<T>
  find<T, I extends string>(
    collection: Collection<T, I>,
    index: I,
    entry: readonly string[],
    after?: string,
  ): Iterable<T>
  count(collection: Collection<never>): number
}

/** Reads and changes that become durable together or not at all. */
export interface Transaction extends Records {
  /** False, and nothing changed, when the key is taken. */
  insert<T>(collection: Collection<T>, record: T): boolean
  put<T>(collection: Collection<T>, record: T): void
  /** False when there was nothing to delete. */
  delete<T>(collection: Collection<T>, record: T): boolean
}

interface Undo {
  readonly table: Table<unknown>
  readonly type: string
  readonly key: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * The records of one account with a log of what changed. Work is done on the tables themselves, then taken
 * back, and done again when the store has it: readers in between see only what is durable.
 */
export class AccountRecords implements Transaction {
  readonly #tables = new Map<string, Table<unknown>>()
  readonly #unread = new Map<string, StoredRecord[]>()
  #log: Undo[] = []

  /** Takes a stored record; its table appears when its collection is first asked for. */
  load(record: StoredRecord): void {
    const rows = this.#unread.get(record.type)
    if (rows) rows.push(record)
    else this.#unread.set(record.type, [record])
  }

  get<T>(collection: Collection<T>, ...key: string[]): T | undefined {
    return this.#table(collection).get(key.length === 1 ? (key[0] as string) : encodeKey(key))
  }

  list<T>(collection: Collection<T>, after?: string): Iterable<T> {
    return this.#table(collection).list(after)
  }

  find<T, I extends string>(
    collection: Collection<T, I>,
    index: I,
    entry: readonly string[],
    after?: string,
  ): Iterable<T> {
    return this.#table(collection).find(index, entry, after)
  }

  count(collection: Collection<never>): number {
    return this.#table(collection).size
  }

  insert<T>(collection: Collection<T>, record: T): boolean {
    if (this.#table(collection).get(keyOf(collection, record)) !== undefined) return false
    this.put(collection, record)
    return true
  }

  put<T>(collection: Collection<T>, record: T): void {
    this.#set(collection, keyOf(collection, record), record)
  }

  delete<T>(collection: Collection<T>, record: T): boolean {
    return this.#set(collection, keyOf(collection, record), undefined) !== undefined
  }

  /** How far the log has come: where to go back to when the work that follows fails. */
  mark(): number {
    return this.#log.length
  }

  /** Undoes what was done since `mark`. */
  rollBack(mark: number): void {
    for (const { table, key, before } of this.#log.splice(mark).reverse()) table.set(key, before)
  }

  /** Takes everything back and gives it as changes for the store, and as a function that does it again. */
  takeBack(): { changes: Change[]; redo: () => void } {
    const log = [...this.#log]
    const last = new Map<string, Change>()
    for (const { type, key, after } of log) {
      const value = after === undefined ? undefined : JSON.stringify(after)
      last.set(encodeKey([type, key]), { type, key, value })
    }
    this.rollBack(0)
    const redo = (): void => {
      for (const { table, key, after } of log) table.set(key, after)
    }
    return { changes: [...last.values()], redo }
  }

  #set<T>(collection: Collection<T>, key: string, record: T | undefined): T | undefined {
    const table = this.#table(collection)
    const before = table.set(key, record)
    this.#log.push({
      table: table as Table<unknown>,
      type: collection.type,
      key,
      before,
      after: record,
    })
    return before
  }

  #table<T>(collection: Collection<T>): Table<T> {
    const known = this.#tables.get(collection.type)
    // Tables are held by type name; a type name belongs to one collection, so the record type fits.
    if (known) return known as Table<T>
    const table = new Table(collection)
    for (const { key, value } of this.#unread.get(collection.type) ?? []) table.load(key, value)
    this.#unread.delete(collection.type)
    this.#tables.set(collection.type, table as Table<unknown>)
    return table
  }
}
