import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  type Batch,
  type BatchReply,
  type CommitRequest,
  emptyBatch,
  type Failure,
} from './batch.ts'
import { journalWriter } from './journal/journal-writer.ts'
import { recordSum, typeSum } from './read-account.ts'
import { sqliteFailure } from './sqlite-failure.ts'

/**
 * The writer thread's work: a batch is one transaction, so all that arrived while the disk was busy costs one sync.
 * When the whole cannot be written, each part is tried alone, so that only what cannot be written fails.
 */
export function batchWriter(database: DatabaseSync): (batch: Batch) => BatchReply {
  const journal = journalWriter(database)
  const commitRecords = recordWriter(database)

  function write(batch: Batch): BatchReply {
    const commits = batch.commits.map(commitRecords)
    for (const request of batch.folds) journal.fold(request)
    const purges = batch.purges.map(journal.purge)
    if (batch.wipe) wipe(database, journal.wipe)
    return { commits, folds: batch.folds.map(() => undefined), purges, wipe: undefined }
  }

  function transaction(batch: Batch): BatchReply {
    try {
      database.exec('BEGIN IMMEDIATE')
    } catch (error) {
      throw new NotBegun(sqliteFailure(error).reason, { cause: error })
    }
    try {
      const reply = write(batch)
      database.exec('COMMIT')
      return reply
    } catch (error) {
      journal.restart()
      // SQLite itself has already rolled back after some disk errors.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  function failureOfAll(error: unknown): Failure {
    return sqliteFailure(error instanceof NotBegun ? error.cause : error)
  }

  function alone(part: Partial<Batch>): BatchReply | Failure {
    try {
      return transaction({ ...emptyBatch(), ...part })
    } catch (error) {
      return failureOfAll(error)
    }
  }

  return (batch) => {
    try {
      return transaction(batch)
    } catch (error) {
      // No part is to blame for a database that is locked; each would only wait its turn for nothing.
      if (partsOf(batch) === 1 || error instanceof NotBegun) {
        return allFailed(batch, failureOfAll(error))
      }
      return {
        commits: batch.commits.map((commit) => outcome(alone({ commits: [commit] }), 'commits')),
        folds: batch.folds.map((fold) => outcome(alone({ folds: [fold] }), 'folds')),
        purges: batch.purges.map((purge) => outcome(alone({ purges: [purge] }), 'purges')),
        wipe: batch.wipe ? failureOf(alone({ wipe: true })) : undefined,
      }
    }
  }
}

/** The transaction could not even begin. */
class NotBegun extends Error {}

function recordWriter(database: DatabaseSync): (request: CommitRequest) => number | Failure {
  const stateOf = database.prepare('SELECT revision, records FROM account WHERE account = ?')
  const setState = database.prepare('INSERT OR REPLACE INTO account VALUES (?, ?, ?)')
  const change = database.prepare(
    'UPDATE record SET value = ?, sum = ? WHERE account = ? AND type = ? AND key = ?',
  )
  const add = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)')
  const remove: StatementSync = database.prepare(
    'DELETE FROM record WHERE account = ? AND type = ? AND key = ?',
  )
  return ({ account, expectedRevision, changes }) => {
    const state = stateOf.get(account)
    const actual = Number(state?.revision ?? 0)
    // Seen before anything is written: a stale commit leaves its neighbours' transaction as it was.
    if (actual !== expectedRevision) return { failed: 'stale', actual }
    let records = Number(state?.records ?? 0)
    for (const { type, key, value } of changes) {
      if (value === undefined) records -= Number(remove.run(account, type, key).changes)
      else {
        const sum = recordSum(typeSum(account, type), key, value)
        if (change.run(value, sum, account, type, key).changes > 0) continue
        add.run(account, type, key, value, sum)
        records += 1
      }
    }
    setState.run(account, actual + 1, records)
    return actual + 1
  }
}

function wipe(database: DatabaseSync, wipeJournal: () => void): void {
  database.exec('DELETE FROM record; DELETE FROM account')
  wipeJournal()
}

function partsOf({ commits, folds, purges, wipe }: Batch): number {
  return commits.length + folds.length + purges.length + (wipe ? 1 : 0)
}

function failureOf(result: BatchReply | Failure): Failure | undefined {
  return 'failed' in result ? result : undefined
}

/** What became of the only part of a batch; a reply without it would be a bug, told as a failure. */
function outcome<K extends 'commits' | 'folds' | 'purges'>(
  result: BatchReply | Failure,
  kind: K,
): BatchReply[K][number] | Failure {
  return 'failed' in result ? result : (result[kind][0] as BatchReply[K][number])
}

function allFailed(batch: Batch, failure: Failure): BatchReply {
  return {
    commits: batch.commits.map(() => failure),
    folds: batch.folds.map(() => failure),
    purges: batch.purges.map(() => failure),
    wipe: batch.wipe ? failure : undefined,
  }
}
