import {
  closeSync,
  constants,
  fdatasync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  write,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { StoreCorrupt } from '../../store-errors.ts'
import { frameMemory } from './frame-memory.ts'
import {
  type FoundFrames,
  type HeldFrame,
  hasLaterFrame,
  heldFrame,
  type LogFrame,
  readFrames,
} from './log-frames.ts'

/**
 * Two files that are written in turn, each from its beginning once the database holds all that was in it: writing over
 * a file costs a file system about half of what making it longer does.
 */
export interface LogFiles {
  /** What was written and is not yet in the database, oldest first. */
  readonly unfolded: readonly HeldFrame[]
  /**
   * Writes a frame and syncs it; one at a time.
   * @param folded - the sequence up to which the database holds all
   * @param done - hears why it could not be written, or is given it to hold until the database has it
   */
  write(
    frame: LogFrame,
    folded: number,
    done: (error: Error | null, held?: HeldFrame) => void,
  ): void
  /** @param remove - when the database holds all that is in them */
  close(remove: boolean): void
}

interface LogFile {
  readonly path: string
  readonly descriptor: number
  /** Of the newest frame in it; 0 when the database holds all of it. */
  lastSequence: number
  /** Where the next frame goes. */
  position: number
}

const turnBytes = 1024 * 1024

export const logPaths = (directory: string): readonly [string, string] => [
  join(directory, 'watchword-journal-0.log'),
  join(directory, 'watchword-journal-1.log'),
]

/**
 * @param database - path of the database that the files belong to
 * @param folded - the sequence up to which the database holds all
 * @throws StoreCorrupt when a frame is damaged, or some are missing between those of the database and those of the files
 */
export function openLogFiles(
  paths: readonly [string, string],
  database: string,
  folded: number,
): LogFiles {
  const contents = paths.map(contentOf)
  const found = withoutTwins(contents.map(readFrames))
  for (const [at, { frames, end }] of found.entries()) {
    const newest = Math.max(folded, frames.at(-1)?.sequence ?? 0)
    if (hasLaterFrame(contents[at] as Buffer, end, newest)) {
      throw new StoreCorrupt(database, damaged, { advice })
    }
  }
  const unfolded = found
    .flatMap(({ frames }) => frames)
    .filter(({ sequence }) => sequence > folded)
    .sort((a, b) => a.sequence - b.sequence)
  for (const [at, { sequence }] of unfolded.entries()) {
    if (sequence !== folded + 1 + at) throw new StoreCorrupt(database, missing, { advice })
  }
  const files: LogFile[] = []
  try {
    for (const [at, path] of paths.entries()) {
      const { frames, end } = found[at] ?? { frames: [], end: 0 }
      const lastSequence = frames.at(-1)?.sequence ?? 0
      const isFolded = lastSequence <= folded
      files.push({
        path,
        descriptor: openSync(path, constants.O_RDWR | constants.O_CREAT | syncedWrites, 0o600),
        lastSequence: isFolded ? 0 : lastSequence,
        position: isFolded ? 0 : end,
      })
    }
    syncDirectory(dirname(paths[0]))
  } catch (error) {
    for (const { descriptor } of files) closeSync(descriptor)
    throw error
  }
  let [current, other] = files as [LogFile, LogFile]
  if (other.lastSequence > current.lastSequence) [current, other] = [other, current]
  const writeInMemory = frameMemory()

  return {
    unfolded,
    write(frame, foldedNow, done) {
      if (current.position >= turnBytes && other.lastSequence <= foldedNow) {
        ;[current, other] = [other, current]
        current.position = 0
      }
      const file = current
      const bytes = writeInMemory(frame, foldedNow)
      writeDurably(file.descriptor, bytes, file.position, (error) => {
        // What was not written is written over: it was acknowledged to nobody.
        if (error) return done(error)
        file.lastSequence = frame.sequence
        file.position += bytes.length
        done(null, heldFrame(bytes))
      })
    },
    close(remove) {
      for (const { path, descriptor } of files) {
        closeSync(descriptor)
        if (remove) removeIfPossible(path)
      }
    },
  }
}

/**
 * A write may fail when its bytes are in the file already. The frame is then written again, and when it was time to
 * change files, to the beginning of the other one: that is the one that was acknowledged.
 */
function withoutTwins(found: readonly FoundFrames[]): FoundFrames[] {
  return found.map((own, at) => {
    const { frames, end } = own
    const isTwin =
      frames.length > 1 && frames.at(-1)?.sequence === found[1 - at]?.frames[0]?.sequence
    return isTwin ? { frames: frames.slice(0, -1), end } : own
  })
}

/** Only for tidiness: what the database has is passed over when the files are opened. */
function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // A disk that is read-only now, say.
  }
}

function contentOf(path: string): Buffer {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true
  return isFile ? readFileSync(path) : Buffer.alloc(0)
}

const damaged = 'the journal beside it is damaged, so entries are missing'
const missing = 'the journal beside it does not go on where it ends, so entries are missing'
const advice =
  'Restore all files of the data directory from one backup, or delete watchword-journal-0.log and -1.log to go on without them.'

/**
 * Where a write can be told to sync, one call does both: between two of them the event loop would take a turn. Elsewhere
 * such writes may stop at the disk's cache, which `fdatasync` does not.
 */
const syncedWrites = process.platform === 'linux' ? constants.O_DSYNC : 0

function writeDurably(
  descriptor: number,
  bytes: Buffer,
  position: number,
  done: (error: Error | null) => void,
): void {
  write(descriptor, bytes, 0, bytes.length, position, (error, written) => {
    if (error) done(error)
    else if (written < bytes.length) {
      writeDurably(descriptor, bytes.subarray(written), position + written, done)
    } else if (syncedWrites === 0) fdatasync(descriptor, done)
    else done(null)
  })
}

/** A new file survives a power cut only when its directory was synced too. */
function syncDirectory(path: string): void {
  // Windows has no such thing.
  if (process.platform === 'win32') return
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
