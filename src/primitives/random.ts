import { randomBytes } from 'node:crypto'

/** Where randomness comes from, so that tests can fix it. Must be unpredictable in production. */
export interface Random {
  bytes(count: number): Buffer
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) }
