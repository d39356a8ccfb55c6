import { crc32 } from 'node:zlib'

/** Texts that were made durable together, numbered in the order of writing. */
export interface LogFrame {
  readonly sequence: number
  readonly text: string
}

/**
 * A frame's text as UTF-8. What waits to be folded is held so: as texts, thousands of entries would be moved around by
 * every collection of garbage. Frames may share memory, but not much: sending one to another thread sends all of it.
 */
export interface HeldFrame {
  readonly sequence: number
  readonly bytes: Uint8Array
}

/** The text of a frame that is held, in any thread: what was a Buffer is none any more when it was sent. */
export const textOf = ({ bytes }: HeldFrame): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()

/** What `writeFrame` gave, as it is held: in the same memory. */
export const heldFrame = (frame: Buffer): HeldFrame => ({
  sequence: frame.readDoubleBE(checkedFrom),
  bytes: frame.subarray(headBytes),
})

/** Length and checksum (4 bytes each), sequence (a double), then the text. The checksum is of all behind it. */
const headBytes = 16
const checkedFrom = 8

/** Room that any text of so many UTF-16 units fits in: they take at most three bytes each. */
export const roomFor = (text: string): number => headBytes + text.length * 3

/** A frame in `buffer`, or in memory of its own when there is not room enough. */
export function writeFrame(buffer: Buffer, { sequence, text }: LogFrame): Buffer {
  const fits = roomFor(text) <= buffer.length
  const target = fits ? buffer : Buffer.allocUnsafeSlow(headBytes + Buffer.byteLength(text))
  const length = target.write(text, headBytes)
  const frame = target.subarray(0, headBytes + length)
  frame.writeUInt32BE(length, 0)
  frame.writeDoubleBE(sequence, checkedFrom)
  frame.writeUInt32BE(crc32(frame.subarray(checkedFrom)), 4)
  return frame
}

/** What a log file holds that can be read. */
export interface FoundFrames {
  readonly frames: readonly HeldFrame[]
  /** Where the next one is to be written. */
  readonly end: number
}

/**
 * The frames from the beginning of a file that is written again and again: up to one that was not written whole, or is
 * left from an earlier time.
 */
export function readFrames(bytes: Buffer): FoundFrames {
  const frames: HeldFrame[] = []
  let end = 0
  for (;;) {
    const frame = wholeFrame(bytes, end)
    if (!frame) break
    // Copied, for the memory of the whole file may be much.
    const held = heldFrame(Buffer.concat([frame]))
    const previous = frames.at(-1)
    if (previous && held.sequence !== previous.sequence + 1) break
    frames.push(held)
    end += frame.length
  }
  return { frames, end }
}

/**
 * Whether a frame of a later sequence lies behind the first that cannot be read. Frames are written one after another,
 * so what a crash cut short has none behind it: then what cannot be read was whole once, and is damaged.
 *
 * @param from - where the frames that can be read end
 * @param after - frames up to this one may be left from an earlier time
 */
export function hasLaterFrame(bytes: Buffer, from: number, after: number): boolean {
  // A length of less than 16 MB begins with a zero, and text as it is written here holds none.
  for (let at = bytes.indexOf(0, from); at >= 0; at = bytes.indexOf(0, at + 1)) {
    if (at + headBytes > bytes.length) break
    // First what costs next to nothing: elsewhere than in a frame's head there may be a length of megabytes to sum.
    const sequence = bytes.readDoubleBE(at + checkedFrom)
    if (sequence > after && Number.isSafeInteger(sequence) && wholeFrame(bytes, at)) return true
  }
  return false
}

function wholeFrame(bytes: Buffer, at: number): Buffer | undefined {
  if (at + headBytes > bytes.length) return undefined
  const length = bytes.readUInt32BE(at)
  const end = at + headBytes + length
  if (length === 0 || end > bytes.length) return undefined
  const frame = bytes.subarray(at, end)
  return crc32(frame.subarray(checkedFrom)) === frame.readUInt32BE(4) ? frame : undefined
}
