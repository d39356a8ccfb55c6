import type { DatabaseSync } from 'node:sqlite'
import { type JournalStream, journalStreams } from '../../journal.ts'
import type { FoldRequest, PurgeRequest, PurgeStep } from '../batch.ts'
import { selectNumber } from '../select-number.ts'
import { textOf } from './log-frames.ts'
import { purger } from './purger.ts'
import { scanEntry } from './scan-entry.ts'
import { type StreamWriter, streamWriter } from './stream-writer.ts'

/** The journal's part of the writer thread. */
export interface JournalWriter {
  fold(request: FoldRequest): void
  purge(request: PurgeRequest): PurgeStep
  /** Forgets all entries. Where the log stands is kept: what was folded must not be folded again. */
  wipe(): void
  /** What the tables hold is to be read anew, after a roll back. */
  restart(): void
}

/** Writes the journal within the transaction that its caller has opened. */
export function journalWriter(database: DatabaseSync): JournalWriter {
  const streams = {
    session: streamWriter(database, 'session'),
    audit: streamWriter(database, 'audit'),
  } satisfies Record<JournalStream, StreamWriter>
  const purgers = {
    session: purger(database, 'session'),
    audit: purger(database, 'audit'),
  }
  const setState = database.prepare(
    `UPDATE journal SET folded = ?, ${journalStreams.map((stream) => `${stream}_last = ?`).join()}`,
  )
  let folded: number | undefined

  function fileEntries(text: string): void {
    for (let at = 0; at < text.length; ) {
      const entry = scanEntry(text, at)
      streams[entry.stream].add(entry, text)
      at = entry.end
    }
  }

  return {
    fold({ frames }) {
      folded ??= selectNumber(database, 'SELECT folded FROM journal')
      for (const frame of frames) {
        // A writer that died may have written them, and answered nobody.
        if (frame.sequence <= folded) continue
        if (frame.sequence !== folded + 1) throw new Error('A frame of the journal was left out.')
        fileEntries(textOf(frame))
        folded = frame.sequence
      }
      setState.run(folded, ...journalStreams.map((stream) => streams[stream].finish()))
    },
    purge: ({ stream, before }) => purgers[stream](before),
    wipe() {
      for (const stream of journalStreams) {
        for (const table of ['chunk', 'bucket', 'terms']) {
          database.exec(`DELETE FROM ${stream}_${table}`)
        }
        database.exec(`UPDATE journal SET ${stream}_last = 0`)
        streams[stream].restart()
      }
    },
    restart() {
      folded = undefined
      for (const stream of journalStreams) streams[stream].restart()
    },
  }
}
