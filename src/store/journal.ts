/**
 * Append-only streams: the sessions that were issued and the events of the audit trail. An entry is recorded
 * before its effect leaves the process, so appending is on the path of every issued credential and must be cheap;
 * looking back is rare and may take a few milliseconds.
 */

export type JournalStream = 'session' | 'audit'
export const journalStreams: readonly JournalStream[] = ['session', 'audit']

/** One thing that happened. */
export interface JournalEntry {
  readonly stream: JournalStream
  readonly account: string
  /** Epoch milliseconds. Nearly, not strictly, in the order of appending. */
  readonly at: number
  /** Finds this one entry again. The caller makes it unique within its stream; the journal does not check. */
  readonly id: string
  /** What else it is found by, compared exactly: access key id, key of the parent session, principal id ... */
  readonly keys: readonly string[]
  /** JSON text that the journal never looks into. */
  readonly body: string
}

/** Entries that meet every condition given. */
export interface JournalFilter {
  readonly stream: JournalStream
  readonly account?: string | undefined
  readonly id?: string | undefined
  /** One of the entry's `keys`. */
  readonly key?: string | undefined
  /** Epoch milliseconds, inclusive. */
  readonly from?: number | undefined
  /** Epoch milliseconds, exclusive. */
  readonly to?: number | undefined
}

/** Which part of what is found is wanted. */
export interface JournalPage {
  /** At most so many entries; at least 1. */
  readonly limit: number
  /** `next` of the page before. */
  readonly after?: string | undefined
  /** By order of appending; `newest` first unless told. */
  readonly order?: 'newest' | 'oldest' | undefined
}

/** One page of what was found. */
export interface JournalQueryResult {
  readonly entries: readonly JournalEntry[]
  /** Present when there may be more. */
  readonly next?: string
}

/** The streams of one store. */
export interface Journal extends AsyncDisposable {
  /**
   * Records all the entries or none, and resolves once they survive a power cut. Whatever is appended while the
   * disk is busy shares the next write, so many callers at once cost little more than one.
   * @param meanwhile - called once when the entries are handed to the disk and not durable yet, for work that can be
   * done until then; also when writing fails afterwards, but not for entries that are refused. It must not throw
   * @throws StoreUnavailable when it is not known that they are written: what they stand for must not happen
   */
  append(entries: readonly JournalEntry[], meanwhile?: () => void): Promise<void>

  /** A page of entries: of a leaked key by `key`, of one session by `id`, of a time by `from` and `to`. */
  query(filter: JournalFilter, page: JournalPage): Promise<JournalQueryResult>

  /** How many entries meet the filter. */
  count(filter: JournalFilter): Promise<number>

  /**
   * Forgets the entries of a stream from before a time and tells how many: retention is the caller's policy.
   * Done in steps between which appends go on; what a crash interrupts is done by the next call.
   */
  purge(stream: JournalStream, before: number): Promise<number>
}
