/**
 * The one thread that writes the database: syncing a disk takes milliseconds, and none of them may be the event loop's.
 * It takes a batch, writes it, answers; the next batch gathers on the main thread meanwhile.
 */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { batchWriter } from './apply-batch.ts'
import type { Batch } from './batch.ts'
import { setDurability } from './schema.ts'

const port = parentPort
if (port === null || typeof workerData !== 'string') {
  throw new Error('The writer is a worker thread and is given the path of its database.')
}

const database = new DatabaseSync(workerData, { timeout: 5000 })
setDurability(database)
const write = batchWriter(database)

port.on('message', (batch: Batch) => {
  port.postMessage(write(batch))
  if (!batch.close) return
  // SQLite's own log goes into the database, so that a stopped store is one file; if not, opening does it.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  port.close()
})
