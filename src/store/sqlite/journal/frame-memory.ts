import { type LogFrame, roomFor, writeFrame } from './log-frames.ts'

const chunkBytes = 256 * 1024
const mostSpare = 8

interface Chunk {
  readonly memory: Buffer
  used: number
  /** Of the newest frame in it. */
  lastSequence: number
}

/**
 * Where frames are written and held until the database has them; then the same memory is written over. Memory of its own
 * for each would have the engine collect garbage three times as often: what lies outside its heap counts there.
 *
 * @returns writes a frame, given the sequence up to which the database holds all; one of unusual size gets its own memory
 */
export function frameMemory(): (frame: LogFrame, folded: number) => Buffer {
  /** In the order of writing. */
  const chunks: Chunk[] = []
  const spare: Buffer[] = []

  function nextChunk(folded: number): Chunk {
    while (chunks[0] && chunks[0].lastSequence <= folded) {
      const free = chunks.shift()
      if (free && spare.length < mostSpare) spare.push(free.memory)
    }
    const memory = spare.pop() ?? Buffer.allocUnsafeSlow(chunkBytes)
    const chunk = { memory, used: 0, lastSequence: 0 }
    chunks.push(chunk)
    return chunk
  }

  return (frame, folded) => {
    const room = roomFor(frame.text)
    if (room > chunkBytes) return writeFrame(Buffer.alloc(0), frame)
    let chunk = chunks.at(-1)
    if (!chunk || room > chunkBytes - chunk.used) chunk = nextChunk(folded)
    const bytes = writeFrame(chunk.memory.subarray(chunk.used), frame)
    chunk.used += bytes.length
    chunk.lastSequence = frame.sequence
    return bytes
  }
}
