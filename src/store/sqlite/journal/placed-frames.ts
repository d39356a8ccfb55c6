import { readSync } from 'node:fs'
import { UnreadableEntry } from './entry-text.ts'
import { type LogFrame, readFrame } from './log-frames.ts'

/**
 * A frame that is in the log and not in memory: thousands of texts that are kept until they are folded, a second later,
 * would only be carried around by the garbage collector.
 */
export interface PlacedFrame {
  readonly sequence: number
  /** Of the log's file. Every thread of the process may read by it. */
  readonly descriptor: number
  readonly position: number
  /** In bytes. */
  readonly length: number
}

/**
 * Frames with their texts, read from the log; those that lie side by side in one go.
 * @throws UnreadableEntry when one is not as it was written
 */
export function* readPlaced(frames: readonly PlacedFrame[]): Generator<LogFrame> {
  for (let at = 0; at < frames.length; ) {
    const run = neighbours(frames, at)
    const bytes = bytesOf(run)
    let position = 0
    for (const { sequence, length } of run) {
      const frame = readFrame(bytes.subarray(position, position + length))
      if (frame?.sequence !== sequence) throw new UnreadableEntry()
      yield frame
      position += length
    }
    at += run.length
  }
}

/** The frame at a place of the list and those that follow it in its file without a gap. */
function neighbours(frames: readonly PlacedFrame[], from: number): readonly PlacedFrame[] {
  let to = from + 1
  for (; to < frames.length; to += 1) {
    const [before, next] = [frames[to - 1], frames[to]] as [PlacedFrame, PlacedFrame]
    if (next.descriptor !== before.descriptor) break
    if (next.position !== before.position + before.length) break
  }
  return frames.slice(from, to)
}

/** Fewer than asked for when the file has ended before. */
function bytesOf(run: readonly PlacedFrame[]): Buffer {
  const [{ descriptor, position }] = run as [PlacedFrame]
  const bytes = Buffer.allocUnsafeSlow(run.reduce((sum, { length }) => sum + length, 0))
  let read = 0
  while (read < bytes.length) {
    const some = readSync(descriptor, bytes, read, bytes.length - read, position + read)
    if (some === 0) break
    read += some
  }
  return bytes.subarray(0, read)
}
