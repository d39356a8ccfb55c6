import { crc32 } from 'node:zlib'
import type { JournalFilter } from '../../journal.ts'
import { knownStream } from '../../journal-request.ts'
import { StoreCorrupt } from '../../store-errors.ts'
import type { Reader } from '../reader.ts'
import { bucketOf, bucketSize, positionsOf, termHash } from './bucket-terms.ts'
import type { EntryMatcher, NumberedEntry, SearchedRange } from './entry-matcher.ts'
import { type PlacedEntry, readChunk, UnreadableEntry } from './entry-text.ts'

/** Reads what the database holds of one stream, for one search. */
export interface BucketReader {
  /** Those that may hold entries of the wanted time, from the cursor on and in the wanted order. */
  list(): readonly number[]
  /** The entries of a bucket that meet the filter, in order, and how many chunks were read for them. */
  read(bucket: number): { readonly found: NumberedEntry[]; readonly chunks: number }
}

interface Chunk {
  readonly first: number
  readonly text: string
  readonly entries: readonly PlacedEntry[]
}

interface Terms {
  readonly terms: Uint8Array
  readonly sum: number
}

/**
 * Looks into the terms of a bucket that has them, for the narrowest that the filter names; reads through any other.
 *
 * @param last - the number of the newest entry that is looked at
 * @throws StoreCorrupt where an entry cannot be read
 */
export function bucketReader(
  { database, path }: Pick<Reader, 'database' | 'path'>,
  filter: JournalFilter,
  range: SearchedRange,
  last: number,
  match: EntryMatcher,
): BucketReader {
  const stream = knownStream(filter.stream)
  const { newestFirst, after, limit = Number.POSITIVE_INFINITY } = range
  const hash = narrowestTerm(filter)
  const order = newestFirst ? 'DESC' : 'ASC'
  const listBuckets = database.prepare(
    `SELECT bucket FROM ${stream}_bucket
      WHERE last_at >= ? AND first_at < ? AND bucket BETWEEN ? AND ? ORDER BY bucket ${order}`,
  )
  const termsOf = database.prepare(`SELECT terms, sum FROM ${stream}_terms WHERE bucket = ?`)
  const firstOfChunks = database.prepare(
    `SELECT first FROM ${stream}_chunk WHERE first BETWEEN ?1 * ?2 AND ?1 * ?2 + ?2 - 1
      ORDER BY first ${order}`,
  )
  const chunkBefore = database.prepare(
    `SELECT first FROM ${stream}_chunk WHERE first <= ? ORDER BY first DESC LIMIT 1`,
  )
  const chunkAt = database.prepare(`SELECT entries, sum FROM ${stream}_chunk WHERE first = ?`)

  function chunkFrom(first: number): Chunk {
    const { entries: text, sum } = chunkAt.get(first) as { entries: string; sum: number }
    return readable(first, () => ({ first, text, entries: readChunk(text, sum) }))
  }

  function readable<T>(number: number, read: () => T): T {
    try {
      return read()
    } catch (cause) {
      throw new StoreCorrupt(path, `journal entry ${number} cannot be read`, { cause })
    }
  }

  /** Numbers whose entries may have the term, in order. */
  function candidates(bucket: number, { terms, sum }: Terms, wanted: number): number[] {
    const start = bucket * bucketSize
    const positions = readable(start, () => {
      if (crc32(terms) !== sum) throw new UnreadableEntry()
      return positionsOf(terms, wanted)
    })
    const numbers = positions.map((position) => start + position)
    return newestFirst ? numbers.reverse() : numbers
  }

  return {
    list() {
      const cursor = after === undefined ? undefined : bucketOf(after)
      const first = newestFirst ? 0 : (cursor ?? 0)
      const end = newestFirst && cursor !== undefined ? cursor : bucketOf(last)
      return listBuckets.all(range.from, range.to, first, end).map(({ bucket }) => bucket as number)
    },
    read(bucket) {
      const found: NumberedEntry[] = []
      let chunks = 0
      let chunk: Chunk | undefined

      function enter(number: number): void {
        if (chunk && number >= chunk.first && number < chunk.first + chunk.entries.length) return
        const first = chunkBefore.get(number)?.first
        // Of a number that was purged it is the chunk before its place: read once, however many are gone.
        if (typeof first !== 'number' || first === chunk?.first) return
        chunk = chunkFrom(first)
        chunks += 1
      }

      /** What was purged is in no chunk: the one found then ends before it. */
      function look(number: number): void {
        const placed = chunk?.entries[number - chunk.first]
        // What was folded since the search began has been found in the log.
        if (!chunk || !placed || number > last) return
        const entry = match(number, chunk.text, placed)
        if (entry) found.push(entry)
      }

      const terms = hash === undefined ? undefined : termsOf.get(bucket)
      if (hash !== undefined && terms) {
        for (const number of candidates(bucket, terms as unknown as Terms, hash)) {
          if (found.length >= limit) break
          enter(number)
          look(number)
        }
        return { found, chunks }
      }
      for (const { first } of firstOfChunks.all(bucket, bucketSize) as { first: number }[]) {
        if (found.length >= limit) break
        enter(first)
        const length = chunk?.entries.length ?? 0
        for (let at = 0; at < length && found.length < limit; at += 1) {
          look(first + (newestFirst ? length - 1 - at : at))
        }
      }
      return { found, chunks }
    },
  }
}

/** Of the conditions that the terms know. */
function narrowestTerm({ id, key, account }: JournalFilter): number | undefined {
  if (id !== undefined) return termHash('id', id)
  if (key !== undefined) return termHash('key', key)
  return account === undefined ? undefined : termHash('account', account)
}
