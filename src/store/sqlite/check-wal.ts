import { readFileSync, statSync } from 'node:fs'
import { StoreCorrupt } from '../store-errors.ts'

/** @see https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
const headerBytes = 32
const frameHeaderBytes = 24
const magic = 0x377f0682

/**
 * SQLite goes on from the last frame of its log that it can read, as if what follows had never been there. That is right
 * for a transaction which a crash cut short, and would lose those behind a damaged one without a word.
 *
 * @param path - of the database; nobody has it open
 * @throws StoreCorrupt when behind the first frame that cannot be read one transaction follows another: the first was
 *   complete then. What crashes left of several that did not come to their end does not follow each other.
 */
export function checkWal(path: string): void {
  const file = `${path}-wal`
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true
  if (isFile && isDamaged(readFileSync(file))) {
    throw new StoreCorrupt(path, 'its log watchword.db-wal is damaged, so transactions are missing')
  }
}

/** Two sums over pairs of 32-bit words, each going into the other. */
interface Sums {
  readonly first: number
  readonly second: number
}

function isDamaged(wal: Buffer): boolean {
  if (wal.length < headerBytes + frameHeaderBytes) return false
  // The last bit tells the order of the bytes in the words that are summed.
  const littleEndian = wal.readUInt32BE(0) === magic
  if (!littleEndian && wal.readUInt32BE(0) !== magic + 1) return holdsFrames(wal)
  const words = new DataView(wal.buffer, wal.byteOffset, wal.length)
  const sumOf = (from: number, to: number, { first, second }: Sums): Sums => {
    let [a, b] = [first, second]
    for (let at = from; at < to; at += 8) {
      a = (a + b + words.getInt32(at, littleEndian)) | 0
      b = (b + a + words.getInt32(at + 4, littleEndian)) | 0
    }
    return { first: a, second: b }
  }
  const isAt = (at: number, { first, second }: Sums): boolean =>
    wal.readInt32BE(at) === first && wal.readInt32BE(at + 4) === second

  let sums = sumOf(0, 24, { first: 0, second: 0 })
  if (!isAt(24, sums)) return holdsFrames(wal)
  const salts = wal.subarray(16, 24)
  const frameBytes = frameHeaderBytes + wal.readUInt32BE(8)
  let isReadable = true
  /** Behind the first frame that cannot be read, the one before ended a transaction. */
  let isEnd = false
  for (let at = headerBytes; at + frameBytes <= wal.length; at += frameBytes) {
    // Frames with other salts are left from before the log was begun anew.
    const isOfThisLog = wal.compare(salts, 0, 8, at + 8, at + 16) === 0
    sums = sumOf(at + frameHeaderBytes, at + frameBytes, sumOf(at, at + 8, sums))
    const isNext = isOfThisLog && isAt(at + 16, sums)
    if (isReadable && isNext) continue
    isReadable = false
    // What goes on from the end of a transaction was written behind it, when it was complete.
    if (isEnd && isNext) return true
    // The last frame of a transaction tells the size of the database.
    isEnd = isOfThisLog && wal.readUInt32BE(at + 4) !== 0
    sums = { first: wal.readInt32BE(at + 16), second: wal.readInt32BE(at + 20) }
  }
  return false
}

/** A header is synced before any frame, and too small to be written in part. */
const holdsFrames = (wal: Buffer): boolean =>
  wal.subarray(headerBytes, headerBytes + frameHeaderBytes).some((byte) => byte !== 0)
