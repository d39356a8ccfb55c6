import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Journal, JournalEntry, JournalFilter, JournalStream } from '../../journal.ts'
import { checkEntry, knownStream, readPageRequest, timesOf } from '../../journal-request.ts'
import type { Reader } from '../reader.ts'
import type { WriteQueue } from '../write-queue.ts'
import { bucketReader } from './bucket-reader.ts'
import { entryMatcher, type NumberedEntry, type SearchedRange } from './entry-matcher.ts'
import { type FoldedState, unfoldedEntries } from './unfolded-entries.ts'
import type { WriteAheadLog } from './write-ahead-log.ts'

/** Reading one takes tens of microseconds: so many in one turn. */
const readsPerTurn = 64

/** Appends to the log; searches the log and the database on the calling thread, and never long at a time. */
export function sqliteJournal(
  reader: Reader,
  log: WriteAheadLog,
  queue: WriteQueue,
  close: () => Promise<void>,
): Journal {
  /** The entries that meet a filter, bucket after bucket. Other requests have turns in between. */
  async function* search(
    filter: JournalFilter,
    range: SearchedRange,
  ): AsyncGenerator<NumberedEntry[]> {
    const match = entryMatcher(filter, range)
    // In one turn, between which the worker may fold more.
    const { newest, buckets, numbers } = reader.read(() => {
      const state = foldedState(reader.database, filter.stream)
      const newest = unfoldedEntries(log.unfolded(), filter.stream, state, range, match)
      const buckets = bucketReader(reader, filter, range, state.last, match)
      return { newest, buckets, numbers: buckets.list() }
    })
    if (range.newestFirst) yield newest
    let reads = 0
    for (const bucket of numbers) {
      if (reads >= readsPerTurn) {
        await nextTurn()
        reads = 0
      }
      const { found, chunks } = reader.read(() => buckets.read(bucket))
      reads += 1 + chunks
      yield found
    }
    if (!range.newestFirst) yield newest
  }

  return {
    append(entries, meanwhile) {
      try {
        // All are looked at before any is queued: an append is recorded whole or not at all.
        for (const entry of entries) checkEntry(entry)
      } catch (error) {
        return Promise.reject(error)
      }
      return log.append(entries, meanwhile)
    },
    async query(filter, requested) {
      const { limit, newestFirst, after } = readPageRequest(requested)
      const { from, to } = timesOf(filter)
      // One more than asked, to know whether there is a next page.
      const range = { from, to, newestFirst, after, limit: limit + 1 }
      const found: NumberedEntry[] = []
      for await (const some of search(filter, range)) {
        found.push(...some)
        if (found.length > limit) break
      }
      const entries: JournalEntry[] = found.slice(0, limit).map(({ entry }) => entry)
      return found.length > limit
        ? { entries, next: String(found[limit - 1]?.number) }
        : { entries }
    },
    async count(filter) {
      const range = { ...timesOf(filter), newestFirst: false, after: undefined, limit: undefined }
      let count = 0
      for await (const some of search(filter, range)) count += some.length
      return count
    },
    async purge(stream, before) {
      knownStream(stream)
      await log.fold()
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

/** Both numbers in one statement: of one moment, whatever the worker commits meanwhile. */
function foldedState(database: DatabaseSync, stream: JournalStream): FoldedState {
  const sql = `SELECT folded, ${knownStream(stream)}_last AS last FROM journal`
  return database.prepare(sql).get() as unknown as FoldedState
}
