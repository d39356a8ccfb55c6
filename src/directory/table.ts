import { type Collection, encodeKey, encodePrefix } from './collection.ts'
import { SortedKeys } from './sorted-keys.ts'

/**
 * The records of one collection in memory. A record stays JSON text until it is first read, and an order or
 * index is built when first asked for: an account of 100,000 roles loads fast and stays small.
 */
export class Table<T> {
  readonly #collection: Collection<T>
  readonly #rows = new Map<string, T | string>()
  #order: SortedKeys | undefined
  readonly #indexes = new Map<string, SortedKeys>()

  constructor(collection: Collection<T>) {
    this.#collection = collection
  }

  /** Takes a record as stored, without parsing it. Only before anything was read. */
  load(key: string, json: string): void {
    this.#rows.set(key, json)
  }

  get(key: string): T | undefined {
    const row = this.#rows.get(key)
    if (typeof row !== 'string') return row
    const record = JSON.parse(row) as T
    this.#rows.set(key, record)
    return record
  }

  get size(): number {
    return this.#rows.size
  }

  /** Puts a record under its key, or removes what is there; gives what was there before. */
  set(key: string, record: T | undefined): T | undefined {
    const before = this.get(key)
    for (const [name, index] of this.#indexes) {
      if (before !== undefined) for (const e of this.#entries(name, before, key)) index.remove(e)
      if (record !== undefined) for (const e of this.#entries(name, record, key)) index.add(e)
    }
    if (record === undefined) {
      this.#rows.delete(key)
      if (before !== undefined) this.#order?.remove(key)
    } else {
      this.#rows.set(key, record)
      if (before === undefined) this.#order?.add(key)
    }
    return before
  }

  /** Records in key order, from those after `after` on. */
  *list(after?: string): Iterable<T> {
    this.#order ??= new SortedKeys(this.#rows.keys())
    for (const key of this.#order.from('', after)) yield this.get(key) as T
  }

  /** Records under an index entry (or all entries that begin with its parts), in order of entry and key. */
  *find(index: string, entry: readonly string[], after?: string): Iterable<T> {
    const prefix = encodePrefix(entry)
    const start = after === undefined ? undefined : keyMark + after
    for (const found of this.#index(index).from(prefix, start)) {
      yield this.get(found.slice(found.lastIndexOf(keyMark) + 1)) as T
    }
  }

  #index(name: string): SortedKeys {
    const built = this.#indexes.get(name)
    if (built) return built
    const entries: string[] = []
    for (const key of this.#rows.keys()) {
      entries.push(...this.#entries(name, this.get(key) as T, key))
    }
    const index = new SortedKeys(entries)
    this.#indexes.set(name, index)
    return index
  }

  #entries(name: string, record: T, key: string): string[] {
    const entriesOf = this.#collection.indexes[name]
    if (!entriesOf) throw new Error(`Collection ${this.#collection.type} has no index ${name}.`)
    return entriesOf(record).map((parts) => encodePrefix(parts) + keyMark + key)
  }
}

/** Stands before the key in an index entry. */
const keyMark = '\u0002'

export const keyOf = <T>(collection: Collection<T>, record: T): string =>
  encodeKey(collection.key(record))
