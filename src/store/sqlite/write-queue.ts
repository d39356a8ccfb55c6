import { Worker } from 'node:worker_threads'
import { StaleRevision, StoreUnavailable } from '../store-errors.ts'
import {
  type Batch,
  type BatchReply,
  type CommitRequest,
  emptyBatch,
  type Failure,
  type FoldRequest,
  type PurgeRequest,
  type PurgeStep,
} from './batch.ts'
import { failureError } from './sqlite-failure.ts'

/** The main thread's side of the writer: gathers what is asked while a batch is being written. */
export interface WriteQueue {
  commit(request: CommitRequest): Promise<number>
  fold(request: FoldRequest): Promise<void>
  purge(request: PurgeRequest): Promise<PurgeStep>
  wipe(): Promise<void>
  /** Resolves when everything asked before has been written and the database is closed. */
  close(): Promise<void>
}

interface Waiter<T> {
  resolve(value: T): void
  reject(error: Error): void
}

interface Group {
  readonly batch: Batch
  readonly commits: Waiter<number>[]
  readonly folds: Waiter<void>[]
  readonly purges: Waiter<PurgeStep>[]
  readonly wipes: Waiter<void>[]
}

const emptyGroup = (): Group => ({
  batch: emptyBatch(),
  commits: [],
  folds: [],
  purges: [],
  wipes: [],
})

/** The file beside this one, `.ts` from source and `.js` when built: the compiler rewrites imports, not strings. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './write-worker.ts' : './write-worker.js',
  import.meta.url,
)

export function writeQueue(path: string): WriteQueue {
  let next = emptyGroup()
  let running: Group | undefined
  let scheduled = false
  let closing = false
  let closeSent = false
  const closed = Promise.withResolvers<void>()
  let worker: Worker | undefined = startWorker()
  worker.unref()

  function startWorker(): Worker {
    const started = new Worker(workerUrl, { workerData: path })
    started.on('message', (reply: BatchReply) => settle(reply))
    // A thread that dies takes its batch with it, written or not; the next batch gets a new thread.
    started.on('error', (cause) => abandon(started, cause))
    started.on('exit', () => {
      abandon(started, undefined)
      if (closeSent) closed.resolve()
    })
    return started
  }

  /** At the end of the turn, so that one message carries all that the turn brought. */
  function schedule(): void {
    if (scheduled || running !== undefined) return
    scheduled = true
    setImmediate(flush)
  }

  function flush(): void {
    scheduled = false
    running = next
    next = emptyGroup()
    closeSent = running.batch.close
    worker ??= startWorker()
    // Only a write in progress keeps the process alive.
    worker.ref()
    worker.postMessage(running.batch)
  }

  function settle(reply: BatchReply): void {
    const group = running
    if (group === undefined) return
    running = undefined
    if (!group.batch.close) worker?.unref()
    group.commits.forEach((waiter, index) => {
      const outcome = reply.commits[index]
      if (typeof outcome === 'number') waiter.resolve(outcome)
      else waiter.reject(failed(outcome, group.batch.commits[index]))
    })
    group.folds.forEach((waiter, index) => {
      const outcome = reply.folds[index]
      if (outcome === undefined) waiter.resolve()
      else waiter.reject(failed(outcome))
    })
    group.purges.forEach((waiter, index) => {
      const outcome = reply.purges[index]
      if (outcome !== undefined && !('failed' in outcome)) waiter.resolve(outcome)
      else waiter.reject(failed(outcome))
    })
    for (const waiter of group.wipes) {
      if (reply.wipe === undefined) waiter.resolve()
      else waiter.reject(failed(reply.wipe))
    }
    if (hasWork(next)) schedule()
  }

  function failed(outcome: Failure | undefined, commit?: CommitRequest): Error {
    if (outcome === undefined) return new StoreUnavailable('the writer gave no answer')
    if (outcome.failed !== 'stale') return failureError(path, outcome)
    return new StaleRevision(commit?.account ?? '', commit?.expectedRevision ?? 0, outcome.actual)
  }

  function abandon(dead: Worker, cause: unknown): void {
    if (worker !== dead) return
    worker = undefined
    const group = running
    running = undefined
    if (group === undefined) return
    const why = cause instanceof Error ? `: ${cause.message}` : ''
    const error = new StoreUnavailable(`the writer stopped${why}`, { cause, outcomeUnknown: true })
    for (const waiter of [...group.commits, ...group.folds, ...group.purges, ...group.wipes]) {
      waiter.reject(error)
    }
    if (hasWork(next)) schedule()
  }

  function ask<T>(add: (waiter: Waiter<T>) => void): Promise<T> {
    if (closing) return Promise.reject(new StoreUnavailable('it is closed'))
    return new Promise((resolve, reject) => {
      add({ resolve, reject })
      schedule()
    })
  }

  return {
    commit: (request) =>
      ask((waiter) => {
        next.batch.commits.push(request)
        next.commits.push(waiter)
      }),
    fold: (request) =>
      ask((waiter) => {
        next.batch.folds.push(request)
        next.folds.push(waiter)
      }),
    purge: (request) =>
      ask((waiter) => {
        next.batch.purges.push(request)
        next.purges.push(waiter)
      }),
    wipe: () =>
      ask((waiter) => {
        next.batch.wipe = true
        next.wipes.push(waiter)
      }),
    close() {
      if (!closing) {
        closing = true
        next.batch.close = true
        schedule()
      }
      return closed.promise
    },
  }
}

function hasWork({ batch, commits, folds, purges, wipes }: Group): boolean {
  return batch.close || commits.length + folds.length + purges.length + wipes.length > 0
}
