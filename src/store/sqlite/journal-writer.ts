import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type JournalStream, journalStreams } from '../journal.ts'
import { fixedFields, type PurgeRequest, type PurgeStep } from './batch.ts'
import { bucketSize } from './schema.ts'
import { selectNumber } from './select-number.ts'
import { termOf } from './terms.ts'

export interface JournalWriter {
  append(fields: readonly (string | number)[]): void
  purge(request: PurgeRequest): PurgeStep
  /** Reads anew what the tables hold: after a roll back, or when they were emptied. */
  restart(): void
}

/** Writes entries within the transaction that its caller has opened. */
export function journalWriter(database: DatabaseSync): JournalWriter {
  const streams = {
    session: streamWriter(database, 'session'),
    audit: streamWriter(database, 'audit'),
  } satisfies Record<JournalStream, StreamWriter>

  return {
    append(fields) {
      for (let at = 0; at < fields.length; ) {
        streams[fields[at] as JournalStream].append(fields, at)
        at += fixedFields + (fields[at + fixedFields - 1] as number)
      }
      for (const stream of journalStreams) streams[stream].noteTimes()
    },
    purge: ({ stream, before }) => streams[stream].purge(before),
    restart() {
      for (const stream of journalStreams) streams[stream].restart()
    },
  }
}

/** Entries have a few keys; one with very many takes several statements. */
const termsPerStatement = 16

interface StreamWriter {
  append(fields: readonly (string | number)[], start: number): void
  noteTimes(): void
  purge(before: number): PurgeStep
  restart(): void
}

function streamWriter(database: DatabaseSync, stream: JournalStream): StreamWriter {
  const insertEntry = database.prepare(`INSERT INTO ${stream}_entry VALUES (?, ?, ?, ?, ?, ?)`)
  const insertTerms = new Map<number, StatementSync>()
  const widenBucket = database.prepare(
    `INSERT INTO ${stream}_bucket VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
  )
  const lastNumber = (): number => selectNumber(database, `SELECT max(number) FROM ${stream}_entry`)
  let last = lastNumber()
  // The times of the bucket being filled, written once a batch and not once an entry.
  let bucket = -1
  let firstAt = 0
  let lastAt = 0

  function noteTimes(): void {
    if (bucket >= 0) widenBucket.run(bucket, firstAt, lastAt)
    bucket = -1
  }

  /** All terms of an entry in one statement: running a statement costs more than the row it inserts. */
  function writeTerms(bucket: number, terms: readonly string[]): void {
    let insert = insertTerms.get(terms.length)
    if (insert === undefined) {
      const rows = terms.map((_, index) => `(?1, ?${index + 3}, ?2)`)
      insert = database.prepare(`INSERT OR IGNORE INTO ${stream}_term VALUES ${rows.join()}`)
      insertTerms.set(terms.length, insert)
    }
    insert.run(bucket, last, ...terms)
  }

  return {
    noteTimes,
    append(fields, start) {
      const account = fields[start + 1] as string
      const at = fields[start + 2] as number
      const id = fields[start + 3] as string
      const end = start + fixedFields + (fields[start + 5] as number)
      const keys = fields.slice(start + fixedFields, end) as string[]
      last += 1
      insertEntry.run(last, at, account, id, JSON.stringify(keys), fields[start + 4] as string)

      const itsBucket = Math.floor(last / bucketSize)
      if (itsBucket !== bucket) {
        noteTimes()
        bucket = itsBucket
        firstAt = at
        lastAt = at
      }
      firstAt = Math.min(firstAt, at)
      lastAt = Math.max(lastAt, at)

      const terms = [termOf('account', account), termOf('id', id)]
      for (const key of keys) terms.push(termOf('key', key))
      for (let from = 0; from < terms.length; from += termsPerStatement) {
        writeTerms(itsBucket, terms.slice(from, from + termsPerStatement))
      }
    },
    purge: purger(database, stream),
    restart() {
      last = lastNumber()
      bucket = -1
    },
  }
}

/** One bucket a call, oldest first, so that appends wait for no more than that. */
function purger(database: DatabaseSync, stream: JournalStream): (before: number) => PurgeStep {
  const oldest = database.prepare(
    `SELECT bucket FROM ${stream}_bucket WHERE first_at < ? ORDER BY bucket LIMIT 1`,
  )
  const range = 'number BETWEEN ?1 * ?2 AND ?1 * ?2 + ?2 - 1'
  const deleteTerms = database.prepare(
    `DELETE FROM ${stream}_term WHERE bucket = ?1 AND number IN
      (SELECT number FROM ${stream}_entry WHERE ${range} AND at < ?3)`,
  )
  const deleteEntries = database.prepare(`DELETE FROM ${stream}_entry WHERE ${range} AND at < ?3`)
  const deleteBucket = database.prepare(`DELETE FROM ${stream}_bucket WHERE bucket = ?`)
  const keepRest = database.prepare(
    `INSERT INTO ${stream}_bucket
      SELECT ?1, min(at), max(at) FROM ${stream}_entry WHERE ${range} HAVING count(*) > 0`,
  )
  return (before) => {
    const bucket = oldest.get(before)?.bucket
    if (typeof bucket !== 'number') return { purged: 0, done: true }
    deleteTerms.run(bucket, bucketSize, before)
    const purged = Number(deleteEntries.run(bucket, bucketSize, before).changes)
    deleteBucket.run(bucket)
    keepRest.run(bucket, bucketSize)
    return { purged, done: false }
  }
}
