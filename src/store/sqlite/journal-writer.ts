import type { DatabaseSync } from 'node:sqlite'
import { type JournalStream, journalStreams } from '../journal.ts'
import { fixedFields, type PurgeRequest, type PurgeStep } from './batch.ts'
import { bucketIndex, bucketOf } from './bucket-index.ts'
import { bucketSize } from './schema.ts'
import { selectNumber } from './select-number.ts'

export interface JournalWriter {
  append(fields: readonly (string | number)[]): void
  purge(request: PurgeRequest): PurgeStep
  /** What the tables hold is to be read anew: after a roll back, or when they were emptied. */
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

interface StreamWriter {
  append(fields: readonly (string | number)[], start: number): void
  noteTimes(): void
  purge(before: number): PurgeStep
  restart(): void
}

function streamWriter(database: DatabaseSync, stream: JournalStream): StreamWriter {
  const insertEntry = database.prepare(`INSERT INTO ${stream}_entry VALUES (?, ?, ?, ?, ?, ?)`)
  const widenBucket = database.prepare(
    `INSERT INTO ${stream}_bucket VALUES (?, ?, ?, 0) ON CONFLICT DO UPDATE SET indexed = 0,
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
  )
  const index = bucketIndex(database, stream)
  const purgeStep = purger(database, stream)
  let last = 0
  let known = false
  // The times of the bucket being filled, written once a batch and not once an entry.
  let bucket = -1
  let firstAt = 0
  let lastAt = 0

  /** Read before the next use and not now, when it may fail: an index of less than its bucket would lose entries. */
  function restart(): void {
    known = false
    bucket = -1
  }

  function read(): void {
    last = selectNumber(database, `SELECT max(number) FROM ${stream}_entry`)
    index.restart(last)
    known = true
  }

  function noteTimes(): void {
    if (bucket >= 0) widenBucket.run(bucket, firstAt, lastAt)
    bucket = -1
  }

  return {
    noteTimes,
    append(fields, start) {
      if (!known) read()
      const account = fields[start + 1] as string
      const at = fields[start + 2] as number
      const id = fields[start + 3] as string
      const end = start + fixedFields + (fields[start + 5] as number)
      const keys = fields.slice(start + fixedFields, end) as string[]
      last += 1
      insertEntry.run(last, at, account, id, JSON.stringify(keys), fields[start + 4] as string)
      index.add(last, account, id, keys)

      if (bucket < 0) {
        bucket = bucketOf(last)
        firstAt = at
        lastAt = at
      }
      firstAt = Math.min(firstAt, at)
      lastAt = Math.max(lastAt, at)
      if (bucketOf(last + 1) === bucket) return
      const full = bucket
      noteTimes()
      index.complete(full)
    },
    purge(before) {
      if (!known) read()
      const { bucket: purged, ...step } = purgeStep(before)
      // What the unfinished bucket is to be found by must not hold entries that are gone.
      if (purged === bucketOf(last + 1)) index.restart(last)
      return step
    },
    restart,
  }
}

interface PurgedBucket extends PurgeStep {
  readonly bucket: number | undefined
}

/** One bucket a call, oldest first, so that appends wait for no more than that. */
function purger(database: DatabaseSync, stream: JournalStream): (before: number) => PurgedBucket {
  const oldest = database.prepare(
    `SELECT bucket FROM ${stream}_bucket WHERE first_at < ? ORDER BY bucket LIMIT 1`,
  )
  const range = 'number BETWEEN ?1 * ?2 AND ?1 * ?2 + ?2 - 1'
  const deleteTerms = database.prepare(
    `DELETE FROM ${stream}_term WHERE bucket = ?1 AND number IN
      (SELECT number FROM ${stream}_entry WHERE ${range} AND at < ?3)`,
  )
  const deleteEntries = database.prepare(`DELETE FROM ${stream}_entry WHERE ${range} AND at < ?3`)
  const rest = database.prepare(
    `SELECT min(at) AS first, max(at) AS last FROM ${stream}_entry WHERE ${range}`,
  )
  const deleteBucket = database.prepare(`DELETE FROM ${stream}_bucket WHERE bucket = ?`)
  const narrowBucket = database.prepare(
    `UPDATE ${stream}_bucket SET first_at = ?2, last_at = ?3 WHERE bucket = ?1`,
  )
  return (before) => {
    const bucket = oldest.get(before)?.bucket
    if (typeof bucket !== 'number') return { purged: 0, done: true, bucket: undefined }
    deleteTerms.run(bucket, bucketSize, before)
    const purged = Number(deleteEntries.run(bucket, bucketSize, before).changes)
    const { first, last } = rest.get(bucket, bucketSize) ?? {}
    if (typeof first !== 'number' || typeof last !== 'number') deleteBucket.run(bucket)
    else narrowBucket.run(bucket, first, last)
    return { purged, done: false, bucket }
  }
}
