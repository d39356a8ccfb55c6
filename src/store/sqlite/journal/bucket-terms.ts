import type { PlacedEntry } from './entry-text.ts'

/**
 * Entries of a stream are numbered by appending and come in buckets of this many. What the entries of a full bucket are
 * found by is kept as one list of hashes: a search looks into the list of each bucket, and reads through the newest.
 * Part of the format: changing it, or `termHash`, needs a new version.
 */
export const bucketSize = 1024

export const bucketOf = (number: number): number => Math.floor(number / bucketSize)

const seeds = { account: 0x61, id: 0x69, key: 0x6b } as const

/** What a term is: an entry is not found by its id when a key is asked for. */
export type TermKind = keyof typeof seeds

/** 32 bits (FNV-1a over UTF-16). What a hash finds is looked at, so that two of one hash only cost time. */
export function termHash(kind: TermKind, value: string): number {
  let hash = beginHash(kind)
  for (let at = 0; at < value.length; at += 1) hash = addToHash(hash, value.charCodeAt(at))
  return hash >>> 0
}

/** `termHash` in steps: this, `addToHash` with each UTF-16 unit, and `>>> 0` at the end. */
export const beginHash = (kind: TermKind): number => addToHash(0x811c9dc5, seeds[kind])
/** The hash with one unit more. */
export const addToHash = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193)

/** The hashes of all that an entry is found by. */
export function termsOf({
  account,
  id,
  keys,
}: Pick<PlacedEntry, 'account' | 'id' | 'keys'>): number[] {
  return [
    termHash('account', account),
    termHash('id', id),
    ...keys.map((key) => termHash('key', key)),
  ]
}

/** Gathers the terms of the bucket that is being filled. */
export interface BucketTerms {
  add(number: number, hashes: readonly number[]): void
  /** The list of them, sorted; begins anew. */
  take(): Uint8Array
  restart(): void
}

export function bucketTerms(): BucketTerms {
  let terms: number[] = []
  return {
    add(number, hashes) {
      const position = number % bucketSize
      for (const hash of hashes) terms.push(hash * bucketSize + position)
    },
    take() {
      // A hash and a position together are a whole number that a double holds.
      const sorted = Float64Array.from(terms).sort()
      terms = []
      return new Uint8Array(sorted.buffer)
    },
    restart() {
      terms = []
    },
  }
}

/** Positions within the bucket, ascending and each once, of the entries that may have the term. */
export function positionsOf(list: Uint8Array, hash: number): number[] {
  // Copied, since the bytes as they come need not lie where a double may.
  const terms = new Float64Array(list.slice().buffer)
  const positions: number[] = []
  for (let at = firstAtLeast(terms, hash * bucketSize); at < terms.length; at += 1) {
    const term = terms[at] as number
    if (term >= (hash + 1) * bucketSize) break
    const position = term % bucketSize
    if (positions.at(-1) !== position) positions.push(position)
  }
  return positions
}

function firstAtLeast(sorted: Float64Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
