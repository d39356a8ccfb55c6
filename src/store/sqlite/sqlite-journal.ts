import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Journal, JournalEntry, JournalFilter } from '../journal.ts'
import { knownStream, type PageRequest, readPageRequest, timesOf } from '../journal-request.ts'
import { bucketOf } from './bucket-index.ts'
import type { Reader } from './reader.ts'
import { bucketSize } from './schema.ts'
import { termOf } from './terms.ts'
import type { WriteQueue } from './write-queue.ts'

/** A probe takes microseconds, reading through a bucket a fraction of a millisecond: so many in one turn. */
const probesPerTurn = 128
const scansPerTurn = 4

/** Searches on the calling thread, bucket after bucket and never long at a time; writes through the queue. */
export function sqliteJournal(
  reader: Reader,
  queue: WriteQueue,
  close: () => Promise<void>,
): Journal {
  /** Gives the buckets of a search to `visit` until it returns false. Other requests have turns in between. */
  async function visitBuckets(
    filter: JournalFilter,
    page: PageRequest,
    visit: (bucket: Bucket) => boolean,
  ): Promise<void> {
    const buckets = reader.read(() => bucketsOf(reader.database, filter, page))
    const byTerm = drivingTerm(filter) !== undefined
    let spent = 0
    for (const bucket of buckets) {
      if (spent >= 1) {
        await nextTurn()
        spent = 0
      }
      if (!reader.read(() => visit(bucket))) return
      spent += byTerm && bucket.indexed ? 1 / probesPerTurn : 1 / scansPerTurn
    }
  }

  return {
    append(entries) {
      try {
        // All are looked at before any is queued: an append is recorded whole or not at all.
        for (const { stream } of entries) knownStream(stream)
      } catch (error) {
        return Promise.reject(error)
      }
      return queue.append(entries)
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

interface Bucket {
  readonly number: number
  readonly indexed: boolean
}

/** Only buckets with entries of the wanted time, from the cursor on. */
function bucketsOf(reader: DatabaseSync, filter: JournalFilter, page: PageRequest): Bucket[] {
  const { from, to } = timesOf(filter)
  const order = page.newestFirst ? 'DESC' : 'ASC'
  const statement = reader.prepare(
    `SELECT bucket, indexed FROM ${knownStream(filter.stream)}_bucket
      WHERE last_at >= ? AND first_at < ? AND bucket BETWEEN ? AND ? ORDER BY bucket ${order}`,
  )
  statement.setReturnArrays(true)
  const cursor = page.after === undefined ? undefined : bucketOf(page.after)
  const first = page.newestFirst ? 0 : (cursor ?? 0)
  const last = page.newestFirst ? (cursor ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER
  const rows = statement.all(from, to, first, last) as unknown as [number, number][]
  return rows.map(([number, indexed]) => ({ number, indexed: indexed === 1 }))
}

/** The narrowest condition that the index knows. */
function drivingTerm({ id, key, account }: JournalFilter): string | undefined {
  if (id !== undefined) return termOf('id', id)
  if (key !== undefined) return termOf('key', key)
  return account === undefined ? undefined : termOf('account', account)
}

interface Search {
  rows(bucket: Bucket, limit: number): Record<string, unknown>[]
  count(bucket: Bucket): number
}

/** The search within one bucket: by the driving term where the bucket is indexed, else by reading through it. */
function prepareSearch(reader: DatabaseSync, filter: JournalFilter, page: PageRequest): Search {
  const term = drivingTerm(filter)
  const through = statementsOf(reader, filter, page, undefined)
  const probe = term === undefined ? through : statementsOf(reader, filter, page, term)
  const statements = ({ indexed }: Bucket) => (indexed ? probe : through)
  return {
    rows: (bucket, limit) => statements(bucket).rows(bucket.number, limit),
    count: (bucket) => statements(bucket).count(bucket.number),
  }
}

interface BucketStatements {
  rows(bucket: number, limit: number): Record<string, unknown>[]
  count(bucket: number): number
}

function statementsOf(
  reader: DatabaseSync,
  filter: JournalFilter,
  page: PageRequest,
  term: string | undefined,
): BucketStatements {
  const stream = knownStream(filter.stream)
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
  if (filter.id !== undefined && term !== termOf('id', filter.id)) {
    named.id = filter.id
    conditions.push('e.id = :id')
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
