/**
 * Where the records of an account are kept. A driver knows neither users nor roles: a record is JSON text under a
 * type and a key, so a new record type touches no driver and needs no migration.
 *
 * The caller keeps an account in memory: it loads the account once, decides what to change, and commits against
 * the revision it saw. A commit is the only way to write; whoever lost the race is told so and starts again.
 */

/** One record as the store sees it. `value` is JSON text that the store never looks into. */
export interface StoredRecord {
  readonly type: string
  readonly key: string
  readonly value: string
}

/** Puts a record in the place of any with the same type and key; `undefined` deletes it, if it is there. */
export interface Change {
  readonly type: string
  readonly key: string
  readonly value: string | undefined
}

/** An account at one moment: no commit lies between the revision and the records. */
export interface LoadedAccount {
  readonly revision: number
  readonly records: Iterable<StoredRecord>
}

/** One commit, as it is told to those that follow. */
export interface Commit {
  readonly account: string
  /** The account's revision after it: a follower skips what it has already loaded. */
  readonly revision: number
  readonly changes: readonly Change[]
}

/** What a follower is told. */
export interface CommitsSince {
  /** Ask with this next time. */
  readonly position: number
  /** In the order they were made; per account without a hole. */
  readonly commits: readonly Commit[]
  /** False when the store no longer knows all that happened: forget every loaded account and load anew. */
  readonly complete: boolean
}

/** Accounts are named by their 12 digits; `global` is one too, for what belongs to no account. */
export interface RecordStore extends AsyncDisposable {
  /**
   * All records of an account, in no particular order: an account is served from memory, so there is no finer read.
   * Revision 0 and nothing when it was never written.
   * @throws StoreUnavailable, StoreCorrupt
   */
  load(account: string): Promise<LoadedAccount>

  /**
   * Makes all the changes or none, and resolves to the new revision once they survive a power cut.
   * Changes to the same key apply in order. Without changes it still takes a revision.
   * @param expectedRevision - what `load` or the last commit gave; 0 for an account never written
   * @throws StaleRevision when the account has moved on: load or follow, decide again, retry
   * @throws StoreUnavailable when it could not be written; unless its `outcomeUnknown` is set, nothing was
   */
  commit(account: string, expectedRevision: number, changes: readonly Change[]): Promise<number>

  /**
   * What was committed after a position, by this node or another: how a node keeps what it loaded current.
   * Without `after` it gives only the present position, to start from.
   */
  changes(after?: number): Promise<CommitsSince>
}
