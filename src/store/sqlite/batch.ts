/**
 * What the main thread and the writer thread tell each other: everything that arrived in one go, and what became
 * of each part.
 */

import type { JournalStream } from '../journal.ts'
import type { Change } from '../record-store.ts'
import type { HeldFrame } from './journal/log-frames.ts'

/** As `RecordStore.commit` is asked. */
export interface CommitRequest {
  readonly account: string
  readonly expectedRevision: number
  readonly changes: readonly Change[]
}

/** Frames of the log, in order; what the database has already is left out. */
export interface FoldRequest {
  readonly frames: readonly HeldFrame[]
}

/** Deletes up to one bucket's worth of what is older. */
export interface PurgeRequest {
  readonly stream: JournalStream
  readonly before: number
}

/** All that one transaction writes. */
export interface Batch {
  readonly commits: CommitRequest[]
  readonly folds: FoldRequest[]
  readonly purges: PurgeRequest[]
  wipe: boolean
  /** Set in the last batch: write, then close the database. */
  close: boolean
}

export function emptyBatch(): Batch {
  return { commits: [], folds: [], purges: [], wipe: false, close: false }
}

export type Failure =
  | { readonly failed: 'stale'; readonly actual: number }
  | { readonly failed: 'unavailable' | 'corrupt'; readonly reason: string }

/** `done` when nothing older is left. */
export interface PurgeStep {
  readonly purged: number
  readonly done: boolean
}

/** One outcome for each part of a batch, in the same order. */
export interface BatchReply {
  /** The new revision of each commit. */
  readonly commits: readonly (number | Failure)[]
  readonly folds: readonly (undefined | Failure)[]
  readonly purges: readonly (PurgeStep | Failure)[]
  readonly wipe: undefined | Failure
}
