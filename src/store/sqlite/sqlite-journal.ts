import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Journal, JournalEntry, JournalFilter } from '../journal.ts'
import { knownStream, type PageRequest, readPageRequest, timesOf } from '../journal-request.ts'
import type { Reader } from './reader.ts'
import { bucketSize } from './schema.ts'
import { termOf } from './terms.ts'
import type { WriteQueue } from './write-queue.ts'

/** A probe takes microseconds, reading through a bucket a millisecond: after so many, other requests have a turn. */
const probesPerTurn = 128
const scansPerTurn = 2

/** Searches on the calling thread, bucket after bucket and never long at a time; writes through the queue. */
export function sqliteJournal(
  reader: Reader,
  queue: WriteQueue,
  close: () => Promise<void>,
): Journal {
  /** Gives the buckets of a search to `visit` until it returns false. */
  async function visitBuckets(
    filter: JournalFilter,
    page: PageRequest,
    visit: (bucket: number) => boolean,
  ): Promise<void> {
    const buckets = reader.read(() => bucketsOf(reader.database, filter, page))
    const perTurn = drivingTerm(filter) === undefined ? scansPerTurn : probesPerTurn
    for (const [index, bucket] of buckets.entries()) {
      if (index > 0 && index % perTurn === 0) await nextTurn()
      if (!reader.read(() => visit(bucket))) return
    }
  }

  return {
    async append(entries) {
      // All are looked at before any is queued: an append is recorded whole or not at all.
      for (const { stream } of entries) knownStream(stream)
      await queue.append(entries)
    },
    async query(filter, requested) {
      const page = readPageRequest(requested)
      const found: { readonly number: number; readonly entry: JournalEntry }[] = []
      const search = reader.read(() => prepareSearch(reader.database, filter, page))
      await visitBuckets(filter, page, (bucket) => {
        // One more than asked, to know whether there is a next page.
        const rows = search.rows(bucket, page.limit + 1 - found.length)
        for (const row of rows) found.push(readRow(filter, row))
        return found.length <= page.limit
      })
      const entries = found.slice(0, page.limit)
      const result = { entries: entries.map(({ entry }) => entry) }
      return found.length > page.limit
        ? { ...result, next: String(entries.at(-1)?.number) }
        : result
    },
    async count(filter) {
      const page = readPageRequest({ limit: 1 })
      let count = 0
      const search = reader.read(() => prepareSearch(reader.database, filter, page))
      await visitBuckets(filter, page, (bucket) => {
        count += search.count(bucket)
        return true
      })
      return count
    },
    async purge(stream, before) {
      knownStream(stream)
      let total = 0
      for (;;) {
        const { purged, done } = await queue.purge({ stream, before })
        total += purged
        if (done) return total
      }
    },
    [Symbol.asyncDispose]: close,
  }
}

/** Only buckets with entries of the wanted time, from the cursor on. */
function bucketsOf(reader: DatabaseSync, filter: JournalFilter, page: PageRequest): number[] {
  const { from, to } = timesOf(filter)
  const order = page.newestFirst ? 'DESC' : 'ASC'
  const statement = reader.prepare(
    `SELECT bucket FROM ${knownStream(filter.stream)}_bucket
      WHERE last_at >= ? AND first_at < ? AND bucket BETWEEN ? AND ? ORDER BY bucket ${order}`,
  )
  statement.setReturnArrays(true)
  const cursor = page.after === undefined ? undefined : Math.floor(page.after / bucketSize)
  const first = page.newestFirst ? 0 : (cursor ?? 0)
  const last = page.newestFirst ? (cursor ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER
  const rows = statement.all(from, to, first, last) as unknown as [number][]
  return rows.map(([bucket]) => bucket)
}

/** The narrowest condition that the index knows. */
function drivingTerm({ id, key, account }: JournalFilter): string | undefined {
  if (id !== undefined) return termOf('id', id)
  if (key !== undefined) return termOf('key', key)
  return account === undefined ? undefined : termOf('account', account)
}

interface Search {
  rows(bucket: number, limit: number): Record<string, unknown>[]
  count(bucket: number): number
}

/** The search within one bucket: entries by the driving term, or all, then whatever else is asked of them. */
function prepareSearch(reader: DatabaseSync, filter: JournalFilter, page: PageRequest): Search {
  const stream = knownStream(filter.stream)
  const term = drivingTerm(filter)
  const { from, to } = timesOf(filter)
  const named: Record<string, SQLInputValue> = { from, to }
  const conditions = ['e.at >= :from', 'e.at < :to']
  let source = `${stream}_entry e`
  if (term === undefined) {
    conditions.push('e.number BETWEEN :first AND :last')
  } else {
    named.term = term
    source = `${stream}_term t JOIN ${stream}_entry e ON e.number = t.number`
    conditions.push('t.bucket = :bucket', 't.term = :term')
  }
  if (filter.account !== undefined && term !== termOf('account', filter.account)) {
    named.account = filter.account
    conditions.push('e.account = :account')
  }
  if (filter.key !== undefined && term !== termOf('key', filter.key)) {
    named.key = filter.key
    conditions.push('EXISTS (SELECT 1 FROM json_each(e.keys) WHERE value = :key)')
  }
  if (page.after !== undefined) {
    named.after = page.after
    conditions.push(page.newestFirst ? 'e.number < :after' : 'e.number > :after')
  }
  const body = `FROM ${source} WHERE ${conditions.join(' AND ')}`
  const order = `${term === undefined ? 'e' : 't'}.number ${page.newestFirst ? 'DESC' : 'ASC'}`
  const select = reader.prepare(`SELECT e.* ${body} ORDER BY ${order} LIMIT :limit`)
  const count = reader.prepare(`SELECT count(*) AS count ${body}`)
  const place = (bucket: number): Record<string, SQLInputValue> =>
    term === undefined
      ? { first: bucket * bucketSize, last: (bucket + 1) * bucketSize - 1 }
      : { bucket }
  return {
    rows: (bucket, limit) => select.all({ ...named, ...place(bucket), limit }),
    count: (bucket) => countRow(count, { ...named, ...place(bucket) }),
  }
}

function countRow(statement: StatementSync, named: Record<string, SQLInputValue>): number {
  return Number(statement.get(named)?.count ?? 0)
}

function readRow(
  { stream }: JournalFilter,
  row: Record<string, unknown>,
): { number: number; entry: JournalEntry } {
  const { number, account, at, id, keys, body } = row as unknown as {
    [K in 'account' | 'id' | 'keys' | 'body']: string
  } & { number: number; at: number }
  const entry = { stream, account, at, id, keys: JSON.parse(keys) as string[], body }
  return { number, entry }
}
