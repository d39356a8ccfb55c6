import {
  type JournalEntry,
  type JournalFilter,
  type JournalPage,
  type JournalStream,
  journalStreams,
} from './journal.ts'

/** A page request checked once for all drivers: an unreadable cursor must not start again from the top. */
export interface PageRequest {
  readonly limit: number
  readonly newestFirst: boolean
  /** Entries are numbered by appending from 1; those beyond this one are wanted. */
  readonly after: number | undefined
}

/** @throws RangeError for a limit below 1, an order or a cursor that no driver gave */
export function readPageRequest({ limit, after, order = 'newest' }: JournalPage): PageRequest {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(`A page holds at least one entry, not ${limit}.`)
  }
  if (order !== 'newest' && order !== 'oldest') {
    throw new RangeError(`Unknown order of a journal page: ${String(order)}.`)
  }
  if (after !== undefined && !/^[1-9][0-9]{0,14}$/.test(after)) {
    throw new RangeError('The cursor does not come from a page of the journal.')
  }
  return {
    limit,
    newestFirst: order === 'newest',
    after: after === undefined ? undefined : Number(after),
  }
}

/** The times of a filter with its open ends closed. */
export function timesOf({ from, to }: JournalFilter): { from: number; to: number } {
  return { from: from ?? Number.MIN_SAFE_INTEGER, to: to ?? Number.MAX_SAFE_INTEGER }
}

/** Drivers make names of tables and members from a stream's name, so nothing but those of the list may pass. */
export function knownStream(stream: JournalStream): JournalStream {
  if (!journalStreams.includes(stream)) {
    throw new RangeError(`Unknown stream of the journal: ${String(stream)}.`)
  }
  return stream
}

/** @throws RangeError for an entry of no stream, or without a time */
export function checkEntry({ stream, at }: JournalEntry): void {
  knownStream(stream)
  if (!Number.isSafeInteger(at))
    throw new RangeError(`An entry needs a whole millisecond, not ${at}.`)
}
