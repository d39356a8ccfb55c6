import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { JournalStream } from '../journal.ts'
import { bucketSize } from './schema.ts'
import { termOf } from './terms.ts'

/**
 * Writes what the entries of a bucket are found by, once for the whole bucket and in order: scattered over the index
 * entry by entry, the terms would cost several times the entries themselves. Until then a bucket is read through.
 */
export interface BucketIndex {
  /** Remembers an entry of the bucket that is being filled. */
  add(number: number, account: string, id: string, keys: readonly string[]): void
  /** Writes the index of the bucket, all of whose entries are written. */
  complete(bucket: number): void
  /** Begins anew from the entries in the table, of which `last` is the newest. */
  restart(last: number): void
}

export const bucketOf = (number: number): number => Math.floor(number / bucketSize)

/** Rows a statement: running one costs more than a row does. */
const rowsPerStatement = 16

type Row = readonly [term: string, number: number]

export function bucketIndex(database: DatabaseSync, stream: JournalStream): BucketIndex {
  const statements = new Map<number, StatementSync>()
  const markIndexed = database.prepare(`UPDATE ${stream}_bucket SET indexed = 1 WHERE bucket = ?`)
  const unindexed = database.prepare(
    `SELECT number, account, id, keys FROM ${stream}_entry WHERE number >= ?`,
  )
  let rows: Row[] = []

  function insertOf(count: number): StatementSync {
    const known = statements.get(count)
    if (known) return known
    const values = Array.from({ length: count }, (_, n) => `(?1, ?${n * 2 + 2}, ?${n * 2 + 3})`)
    const made = database.prepare(`INSERT OR IGNORE INTO ${stream}_term VALUES ${values.join()}`)
    statements.set(count, made)
    return made
  }

  function add(number: number, account: string, id: string, keys: readonly string[]): void {
    rows.push([termOf('account', account), number], [termOf('id', id), number])
    for (const key of keys) rows.push([termOf('key', key), number])
  }

  return {
    add,
    complete(bucket) {
      rows.sort(byTerm)
      for (let from = 0; from < rows.length; from += rowsPerStatement) {
        const some = rows.slice(from, from + rowsPerStatement)
        insertOf(some.length).run(bucket, ...some.flat())
      }
      markIndexed.run(bucket)
      rows = []
    },
    restart(last) {
      rows = []
      for (const row of unindexed.all(bucketOf(last + 1) * bucketSize)) {
        const { number, account, id, keys } = row as Record<'account' | 'id' | 'keys', string> & {
          number: number
        }
        add(number, account, id, JSON.parse(keys) as string[])
      }
    },
  }
}

function byTerm([a, m]: Row, [b, n]: Row): number {
  return a < b ? -1 : a > b ? 1 : m - n
}
