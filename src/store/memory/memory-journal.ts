import type { Journal, JournalEntry, JournalFilter, JournalStream } from '../journal.ts'
import { checkEntry, knownStream, readPageRequest, timesOf } from '../journal-request.ts'
import { type Lifetime, refuseClosed } from '../lifetime.ts'

/** Numbered by appending from 1, also after older ones are purged: the numbers are the cursors of pages. */
interface Numbered {
  readonly number: number
  readonly entry: JournalEntry
}

export interface MemoryJournal extends Journal {
  wipe(): void
}

export function memoryJournal(lifetime: Lifetime): MemoryJournal {
  const streams: Record<JournalStream, Numbered[]> = { session: [], audit: [] }
  let last = 0

  return {
    async append(entries, meanwhile) {
      refuseClosed(lifetime)
      for (const entry of entries) checkEntry(entry)
      for (const entry of entries) {
        last += 1
        streams[entry.stream].push({ number: last, entry: { ...entry, keys: [...entry.keys] } })
      }
      meanwhile?.()
    },
    async query(filter, page) {
      refuseClosed(lifetime)
      const { limit, newestFirst, after } = readPageRequest(page)
      const meets = filterOf(filter)
      const all = streams[knownStream(filter.stream)]
      const found: Numbered[] = []
      const step = newestFirst ? -1 : 1
      let index = newestFirst ? all.length - 1 : 0
      for (let numbered = all[index]; numbered !== undefined; numbered = all[index]) {
        index += step
        const beyond =
          after === undefined || (newestFirst ? numbered.number < after : numbered.number > after)
        if (!beyond || !meets(numbered.entry)) continue
        // One more than asked was found, so there is a next page.
        if (found.length === limit) {
          return { entries: found.map((f) => f.entry), next: String(found.at(-1)?.number) }
        }
        found.push(numbered)
      }
      return { entries: found.map((f) => f.entry) }
    },
    async count(filter) {
      refuseClosed(lifetime)
      const meets = filterOf(filter)
      let count = 0
      for (const { entry } of streams[knownStream(filter.stream)]) if (meets(entry)) count += 1
      return count
    },
    async purge(stream, before) {
      refuseClosed(lifetime)
      const kept = streams[knownStream(stream)].filter(({ entry }) => entry.at >= before)
      const purged = streams[stream].length - kept.length
      streams[stream] = kept
      return purged
    },
    wipe() {
      refuseClosed(lifetime)
      streams.session = []
      streams.audit = []
    },
    async [Symbol.asyncDispose]() {
      lifetime.closed = true
    },
  }
}

function filterOf(filter: JournalFilter): (entry: JournalEntry) => boolean {
  const { account, id, key } = filter
  const { from, to } = timesOf(filter)
  return (entry) =>
    entry.at >= from &&
    entry.at < to &&
    (account === undefined || entry.account === account) &&
    (id === undefined || entry.id === id) &&
    (key === undefined || entry.keys.includes(key))
}
