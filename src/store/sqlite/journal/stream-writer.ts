import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { JournalStream } from '../../journal.ts'
import { selectNumber } from '../select-number.ts'
import { bucketOf, bucketSize, bucketTerms, termsOf } from './bucket-terms.ts'
import { readChunk, UnreadableEntry } from './entry-text.ts'
import type { ScannedEntry } from './scan-entry.ts'

/** Writes the entries of one stream: chunks of them, the times of their buckets, and the terms of full ones. */
export interface StreamWriter {
  /** @param text - the one that the entry lies in */
  add(entry: ScannedEntry, text: string): void
  /** Writes what is held of the entries added, and gives the number of the last. */
  finish(): number
  /** Begins anew from what the tables hold. */
  restart(): void
}

/** A row a chunk and not an entry; a search that finds one entry reads the others of its chunk for nothing. */
const chunkEntries = 32

export function streamWriter(database: DatabaseSync, stream: JournalStream): StreamWriter {
  const insertChunk = database.prepare(`INSERT INTO ${stream}_chunk VALUES (?, ?, ?)`)
  const widenBucket = database.prepare(
    `INSERT INTO ${stream}_bucket VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
  )
  const insertTerms = database.prepare(`INSERT INTO ${stream}_terms VALUES (?, ?, ?)`)
  const chunksFrom = database.prepare(
    `SELECT first, entries, sum FROM ${stream}_chunk WHERE first >= ?`,
  )
  const terms = bucketTerms()
  let last = 0
  /** False when tables are to be read before the next use: not at once, when reading may fail. */
  let known = false
  /** False when an entry of the bucket is damaged: it gets no list, is read through, and the damage is found there. */
  let isComplete = true
  let chunk = ''
  let chunkLength = 0
  let firstAt = Number.POSITIVE_INFINITY
  let lastAt = Number.NEGATIVE_INFINITY

  function restart(): void {
    known = false
    chunk = ''
    chunkLength = 0
    firstAt = Number.POSITIVE_INFINITY
    lastAt = Number.NEGATIVE_INFINITY
  }

  /** A list of less than its bucket would lose entries, so the unfinished bucket's entries are read again. */
  function read(): void {
    if (known) return
    last = selectNumber(database, `SELECT ${stream}_last FROM journal`)
    terms.restart()
    isComplete = true
    for (const row of chunksFrom.all(bucketOf(last + 1) * bucketSize)) {
      const { first, entries, sum } = row as { first: number; entries: string; sum: number }
      try {
        for (const [at, entry] of readChunk(entries, sum).entries()) {
          terms.add(first + at, termsOf(entry))
        }
      } catch (error) {
        if (!(error instanceof UnreadableEntry)) throw error
        isComplete = false
      }
    }
    known = true
  }

  function writeChunk(): void {
    if (chunkLength === 0) return
    insertChunk.run(last - chunkLength + 1, chunk, crc32(chunk))
    chunk = ''
    chunkLength = 0
  }

  function writeTimes(): void {
    if (firstAt > lastAt) return
    widenBucket.run(bucketOf(last), firstAt, lastAt)
    firstAt = Number.POSITIVE_INFINITY
    lastAt = Number.NEGATIVE_INFINITY
  }

  return {
    add(entry, text) {
      read()
      last += 1
      chunk += text.slice(entry.start, entry.end)
      chunkLength += 1
      terms.add(last, entry.terms)
      firstAt = Math.min(firstAt, entry.at)
      lastAt = Math.max(lastAt, entry.at)
      const isLastOfBucket = bucketOf(last + 1) !== bucketOf(last)
      if (chunkLength === chunkEntries || isLastOfBucket) writeChunk()
      if (!isLastOfBucket) return
      writeTimes()
      const list = terms.take()
      if (isComplete) insertTerms.run(bucketOf(last), list, crc32(list))
      isComplete = true
    },
    finish() {
      read()
      writeChunk()
      writeTimes()
      return last
    },
    restart,
  }
}
