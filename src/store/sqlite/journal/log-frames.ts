import { crc32 } from 'node:zlib'

/** Texts that were made durable together, numbered in the order of writing. */
export interface LogFrame {
  readonly sequence: number
  readonly text: string
}

/** Length and checksum (4 bytes each), sequence (a double), then the text. The checksum is of all behind it. */
const headBytes = 16
const checkedFrom = 8

/** A frame in `buffer`, or in a larger one when it does not fit there. */
export function writeFrame(buffer: Buffer, { sequence, text }: LogFrame): Buffer {
  // Three bytes a character are enough for any text, and cheaper to say than to count.
  const fits = headBytes + text.length * 3 <= buffer.length
  const target = fits ? buffer : Buffer.allocUnsafe(headBytes + Buffer.byteLength(text))
  const length = target.write(text, headBytes)
  const frame = target.subarray(0, headBytes + length)
  frame.writeUInt32BE(length, 0)
  frame.writeDoubleBE(sequence, checkedFrom)
  frame.writeUInt32BE(crc32(frame.subarray(checkedFrom)), 4)
  return frame
}

export interface FoundFrames {
  readonly frames: readonly LogFrame[]
  /** Where the next one is to be written. */
  readonly end: number
}

/**
 * The frames from the beginning of a file that is written again and again: up to one that was not written whole, or is
 * left from an earlier time.
 */
export function readFrames(bytes: Buffer): FoundFrames {
  const frames: LogFrame[] = []
  let end = 0
  while (end + headBytes <= bytes.length) {
    const length = bytes.readUInt32BE(end)
    const frame = bytes.subarray(end, end + headBytes + length)
    if (length === 0 || frame.length < headBytes + length) break
    if (crc32(frame.subarray(checkedFrom)) !== frame.readUInt32BE(4)) break
    const sequence = frame.readDoubleBE(checkedFrom)
    const previous = frames.at(-1)
    if (previous && sequence !== previous.sequence + 1) break
    frames.push({ sequence, text: frame.toString('utf8', headBytes) })
    end += frame.length
  }
  return { frames, end }
}
