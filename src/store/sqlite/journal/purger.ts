import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { JournalStream } from '../../journal.ts'
import type { PurgeStep } from '../batch.ts'
import { bucketSize } from './bucket-terms.ts'
import { type PlacedEntry, readChunk } from './entry-text.ts'

interface StoredChunk {
  readonly first: number
  readonly entries: string
  readonly sum: number
}

/** One bucket a call, oldest first, so that whatever else is to be written waits for no more than that. */
export function purger(
  database: DatabaseSync,
  stream: JournalStream,
): (before: number) => PurgeStep {
  const oldest = database.prepare(
    `SELECT bucket FROM ${stream}_bucket WHERE first_at < ? ORDER BY bucket LIMIT 1`,
  )
  const range = 'first BETWEEN ?1 * ?2 AND ?1 * ?2 + ?2 - 1'
  const chunksOf = database.prepare(
    `SELECT first, entries, sum FROM ${stream}_chunk WHERE ${range}`,
  )
  const deleteChunks = database.prepare(`DELETE FROM ${stream}_chunk WHERE ${range}`)
  const insertChunk = database.prepare(`INSERT INTO ${stream}_chunk VALUES (?, ?, ?)`)
  const deleteTerms = database.prepare(`DELETE FROM ${stream}_terms WHERE bucket = ?`)
  const deleteBucket = database.prepare(`DELETE FROM ${stream}_bucket WHERE bucket = ?`)
  const narrowBucket = database.prepare(
    `UPDATE ${stream}_bucket SET first_at = ?2, last_at = ?3 WHERE bucket = ?1`,
  )

  return (before) => {
    const bucket = oldest.get(before)?.bucket
    if (typeof bucket !== 'number') return { purged: 0, done: true }
    const chunks = chunksOf.all(bucket, bucketSize) as unknown as StoredChunk[]
    deleteChunks.run(bucket, bucketSize)
    let purged = 0
    let firstAt = Number.POSITIVE_INFINITY
    let lastAt = Number.NEGATIVE_INFINITY
    for (const { first, entries: text, sum } of chunks) {
      const entries = readChunk(text, sum)
      for (const { at, from, to } of runsOf(entries, (entry) => entry.at >= before)) {
        const kept = text.slice(from, to)
        insertChunk.run(first + at, kept, crc32(kept))
      }
      for (const { at } of entries) {
        if (at < before) purged += 1
        else {
          firstAt = Math.min(firstAt, at)
          lastAt = Math.max(lastAt, at)
        }
      }
    }
    // The list of terms may name what is gone: it is looked for and not found.
    if (firstAt <= lastAt) narrowBucket.run(bucket, firstAt, lastAt)
    else {
      deleteBucket.run(bucket)
      deleteTerms.run(bucket)
    }
    return { purged, done: false }
  }
}

interface Run {
  /** Which entry of the text is its first. */
  readonly at: number
  readonly from: number
  readonly to: number
}

/** What is kept of a chunk: its numbers have gaps now, and a chunk has none. */
function runsOf(entries: readonly PlacedEntry[], kept: (entry: PlacedEntry) => boolean): Run[] {
  const runs: Run[] = []
  let begins: number | undefined
  for (let at = 0; at <= entries.length; at += 1) {
    const entry = entries[at]
    if (entry && kept(entry)) begins ??= at
    else if (begins !== undefined) {
      const from = entries[begins]?.start ?? 0
      runs.push({ at: begins, from, to: entries[at - 1]?.end ?? from })
      begins = undefined
    }
  }
  return runs
}
