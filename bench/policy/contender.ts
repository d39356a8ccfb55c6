import type { BenchSet, Effect } from './bench-set.ts'

/** One engine: makes a set ready once, then answers its requests by number. */
export interface Contender {
  readonly name: string
  /** @returns undefined for a set it cannot express */
  prepare(set: BenchSet): Prepared | undefined
}

export interface Prepared {
  decide(request: number): Effect | 'deny'
}
