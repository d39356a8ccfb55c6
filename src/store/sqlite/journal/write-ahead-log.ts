import type { JournalEntry } from '../../journal.ts'
import { StoreUnavailable } from '../../store-errors.ts'
import type { FoldRequest } from '../batch.ts'
import { writeEntry } from './entry-text.ts'
import type { LogFiles } from './log-files.ts'
import type { HeldFrame } from './log-frames.ts'

/**
 * What was appended is durable as soon as the log holds it, and goes from the log to the database a thousand entries at
 * a time: a transaction for each few entries would cost several times as much as all the rest of issuing a session.
 */
export interface WriteAheadLog {
  /** As `Journal.append`. What arrives while a frame is being written shares the next one. */
  append(entries: readonly JournalEntry[], meanwhile?: () => void): Promise<void>
  /** What is durable and not known to be in the database, oldest first. */
  unfolded(): readonly HeldFrame[]
  /**
   * Resolves when the database holds all that was appended before.
   * @throws StoreUnavailable when it cannot take it now
   */
  fold(): Promise<void>
  /** Refuses what comes from now on; writes and folds the rest, as far as that can be done. */
  close(): Promise<void>
}

/** So much is folded at once, and so much more before folding is tried again when it failed. */
const foldBytes = 512 * 1024

/** While a disk stands still, a flood of refusals, which nobody waits for, must not fill memory. */
const mostBytes = 64 * 1024 * 1024

/** Nor may it, when it is faster than they are folded, leave no room for sessions: those could not be issued then. */
const mostWithRefusals = mostBytes / 2

/**
 * A write waits for so many turns of the event loop while each of them brings more: the clients that the last write has
 * answered ask again in the next few, and a sync costs as much as all else that a dozen sessions take.
 */
const mostTurns = 4

interface Group {
  text: string
  appends: number
  readonly meanwhile: (() => void)[]
  readonly written: PromiseWithResolvers<void>
}

/**
 * @param folded - the sequence up to which the database holds all
 * @param onFailure - told when folding failed that nobody waited for: entries are safe in the log, which grows
 */
export function writeAheadLog(
  files: LogFiles,
  folded: number,
  fold: (request: FoldRequest) => Promise<void>,
  onFailure: (error: unknown) => void,
): WriteAheadLog {
  /** Durable, and not yet in the database. */
  const unfolded = [...files.unfolded]
  let unfoldedBytes = bytesOf(unfolded)
  let foldAt = foldBytes
  let folding: Promise<void> | undefined
  /** Why the last fold failed. */
  let foldFailure: unknown
  let last = unfolded.at(-1)?.sequence ?? folded
  let next: Group | undefined
  let running: Group | undefined
  let closing: Promise<void> | undefined

  function gather(group: Group, seen: number, turns: number): void {
    const { appends } = group
    if (appends > seen && turns < mostTurns) setImmediate(gather, group, appends, turns + 1)
    else write(group)
  }

  function write(group: Group): void {
    next = undefined
    running = group
    const frame = { sequence: last + 1, text: group.text }
    files.write(frame, folded, (error, held) => {
      running = undefined
      if (held) keep(held)
      if (error) group.written.reject(new StoreUnavailable(reasonOf(error), { cause: error }))
      else group.written.resolve()
      if (next) setImmediate(gather, next, 0, 0)
    })
    for (const work of group.meanwhile) work()
  }

  function keep(frame: HeldFrame): void {
    last = frame.sequence
    unfolded.push(frame)
    unfoldedBytes += frame.bytes.length
    if (unfoldedBytes >= foldAt && !folding) foldSoon()
  }

  function startFolding(): Promise<void> {
    const frames: HeldFrame[] = []
    let bytes = 0
    for (const frame of unfolded) {
      if (bytes >= foldBytes) break
      frames.push(frame)
      bytes += frame.bytes.length
    }
    const upTo = frames.at(-1)?.sequence ?? folded
    const done = (): void => {
      folding = undefined
      folded = upTo
      unfolded.splice(0, frames.length)
      unfoldedBytes -= bytes
      foldAt = foldBytes
      foldFailure = undefined
    }
    folding = fold({ frames }).then(done, (error: unknown) => {
      folding = undefined
      foldAt = unfoldedBytes + foldBytes
      foldFailure = error
      throw error
    })
    return folding
  }

  function foldSoon(): void {
    startFolding().catch(onFailure)
  }

  async function foldUpTo(sequence: number): Promise<void> {
    while (folded < sequence) await (folding ?? startFolding())
  }

  /** When all that was asked before is written, or was not. */
  async function settled(): Promise<void> {
    await (next ?? running)?.written.promise.catch(() => undefined)
  }

  async function finish(): Promise<void> {
    await settled()
    // What cannot be folded now is still in the files, and will be when they are opened again.
    await foldUpTo(last).catch(onFailure)
    files.close(folded === last)
  }

  if (unfolded.length > 0) foldSoon()

  return {
    append(entries, meanwhile) {
      if (closing) return Promise.reject(new StoreUnavailable('it is closed'))
      if (entries.length === 0) {
        meanwhile?.()
        return Promise.resolve()
      }
      // A character of what is not written yet counts as one.
      const held = unfoldedBytes + (running?.text.length ?? 0) + (next?.text.length ?? 0)
      const most = entries.every(isRefusal) ? mostWithRefusals : mostBytes
      if (held >= most) {
        // Nothing is being written whose end would try it again.
        if (!folding) foldSoon()
        return Promise.reject(new StoreUnavailable('it is behind', { cause: foldFailure }))
      }
      const text = entries.map(writeEntry).join('')
      if (!next) {
        next = { text: '', appends: 0, meanwhile: [], written: Promise.withResolvers() }
        if (!running) setImmediate(gather, next, 0, 0)
      }
      next.appends += 1
      next.text += text
      if (meanwhile) next.meanwhile.push(meanwhile)
      return next.written.promise
    },
    unfolded: () => unfolded,
    async fold() {
      await settled()
      await foldUpTo(last)
    },
    close() {
      closing ??= finish()
      return closing
    },
  }
}

const isRefusal = ({ stream }: JournalEntry): boolean => stream === 'audit'

function bytesOf(frames: readonly HeldFrame[]): number {
  return frames.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOSPC') return 'the disk is full'
  return code === 'EIO' ? 'the disk reported an input/output error' : message
}
