import { randomBytes } from 'node:crypto'

/** Where randomness comes from, so that tests can fix it. Must be unpredictable in production. */
export interface Random {
  bytes(count: number): Buffer
}

/** The system's generator, drawn on in blocks: a call costs more than the bytes do. No byte is given twice. */
export const systemRandom: Random = pooledRandom(8192)

function pooledRandom(blockBytes: number): Random {
  let block = Buffer.alloc(0)
  let used = 0
  return {
    bytes(count) {
      if (count > blockBytes) return randomBytes(count)
      if (used + count > block.length) {
        block = randomBytes(blockBytes)
        used = 0
      }
      // Byte by byte: for a handful that is cheaper than a call for the copy and one for the zeros.
      const bytes = Buffer.allocUnsafe(count)
      for (let at = 0; at < count; at++) {
        bytes[at] = block[used] as number
        block[used++] = 0
      }
      return bytes
    },
  }
}
