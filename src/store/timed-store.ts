import type { Store } from './store.ts'

/**
 * A store that tells how long each durable write took, the failed ones too.
 * @param monotonic - `performance`, or a clock of a test's
 */
export function timedStore(
  store: Store,
  monotonic: { now(): number },
  wrote: (seconds: number) => void,
): Store {
  /** Appends that share a write may share its promise, and follow each other: then the write is told once. */
  let last: Promise<unknown> | undefined
  const timed = <T>(write: Promise<T>): Promise<T> => {
    if (write === last) return write
    last = write
    const started = monotonic.now()
    const ended = (): void => wrote((monotonic.now() - started) / 1000)
    // Beside the write and not around it: another promise in its path would delay every issued credential.
    write.then(ended, ended)
    return write
  }
  const { records, journal } = store
  return {
    records: {
      load: (account) => records.load(account),
      commit: (account, revision, changes) => timed(records.commit(account, revision, changes)),
      changes: (after) => records.changes(after),
      [Symbol.asyncDispose]: () => records[Symbol.asyncDispose](),
    },
    journal: {
      append: (entries, meanwhile) => timed(journal.append(entries, meanwhile)),
      query: (filter, page) => journal.query(filter, page),
      count: (filter) => journal.count(filter),
      purge: (stream, before) => journal.purge(stream, before),
      [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
    },
    wipe: () => store.wipe(),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
