import type { Commit, CommitsSince } from './record-store.ts'

/** A follower that falls further behind loads anew; it would soon have to in any case. */
const kept = 512

/** See `commitLog`. */
export interface CommitLog {
  add(commit: Commit): void
  since(after: number | undefined): CommitsSince
  /** Nothing from before now can be told any more. */
  forget(): void
}

/** The last commits of a store that only this process writes to, for `RecordStore.changes`. */
export function commitLog(start: number): CommitLog {
  let position = start
  let commits: Commit[] = []
  return {
    add(commit) {
      commits.push(commit)
      position += 1
      // Dropped in bulk: dropping one a time would move the whole array for every commit.
      if (commits.length >= kept * 2) commits = commits.slice(-kept)
    },
    since(after = position) {
      const missed = position - after
      if (missed < 0 || missed > commits.length) return { position, commits: [], complete: false }
      return { position, commits: commits.slice(commits.length - missed), complete: true }
    },
    forget() {
      commits = []
      position += 1
    },
  }
}
