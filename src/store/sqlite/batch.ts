/**
 * What the main thread and the writer thread tell each other: everything that arrived in one go, and what became
 * of each part. Entries travel as one flat array, because cloning an object for each costs twice as much.
 */

import type { JournalEntry, JournalStream } from '../journal.ts'
import type { Change } from '../record-store.ts'

export interface CommitRequest {
  readonly account: string
  readonly expectedRevision: number
  readonly changes: readonly Change[]
}

/** Deletes up to one bucket's worth of what is older. */
export interface PurgeRequest {
  readonly stream: JournalStream
  readonly before: number
}

export interface Batch {
  readonly commits: CommitRequest[]
  /** The fields of entries one after another, as `pushEntry` writes them. */
  readonly fields: (string | number)[]
  /** How many entries each append brought. */
  readonly appendSizes: number[]
  readonly purges: PurgeRequest[]
  wipe: boolean
  /** Set in the last batch: write, then close the database. */
  close: boolean
}

export function emptyBatch(): Batch {
  return { commits: [], fields: [], appendSizes: [], purges: [], wipe: false, close: false }
}

export function pushEntry(fields: (string | number)[], entry: JournalEntry): void {
  fields.push(entry.stream, entry.account, entry.at, entry.id, entry.body, entry.keys.length)
  for (const key of entry.keys) fields.push(key)
}

/** Fields of an entry before its keys. */
export const fixedFields = 6

export type Failure =
  | { readonly failed: 'stale'; readonly actual: number }
  | { readonly failed: 'unavailable' | 'corrupt'; readonly reason: string }

export interface PurgeStep {
  readonly purged: number
  readonly done: boolean
}

export interface BatchReply {
  /** The new revision of each commit. */
  readonly commits: readonly (number | Failure)[]
  readonly appends: readonly (undefined | Failure)[]
  readonly purges: readonly (PurgeStep | Failure)[]
  readonly wipe: undefined | Failure
}
