import type { JournalEntry, JournalFilter } from '../../journal.ts'
import { bodyOf, type PlacedEntry } from './entry-text.ts'

/** Times and numbers in which entries are looked for. */
export interface SearchedRange {
  /** Epoch milliseconds: inclusive, exclusive. */
  readonly from: number
  readonly to: number
  readonly newestFirst: boolean
  /** Only those beyond this number. */
  readonly after: number | undefined
  /** At most so many of a bucket; all when undefined. */
  readonly limit: number | undefined
}

/** An entry with its place in its stream. */
export interface NumberedEntry {
  readonly number: number
  readonly entry: JournalEntry
}

/** Gives the entry of a number when it is in the range and meets the filter. */
export type EntryMatcher = (
  number: number,
  text: string,
  placed: PlacedEntry,
) => NumberedEntry | undefined

export function entryMatcher(filter: JournalFilter, range: SearchedRange): EntryMatcher {
  const { account, id, key } = filter
  const { from, to, newestFirst, after } = range
  const isBeyond = (number: number): boolean =>
    after === undefined || (newestFirst ? number < after : number > after)
  const meets = (entry: PlacedEntry): boolean =>
    entry.at >= from &&
    entry.at < to &&
    (account === undefined || entry.account === account) &&
    (id === undefined || entry.id === id) &&
    (key === undefined || entry.keys.includes(key))
  return (number, text, placed) => {
    if (!isBeyond(number) || !meets(placed)) return undefined
    const { stream, account, at, id, keys } = placed
    return { number, entry: { stream, account, at, id, keys, body: bodyOf(text, placed) } }
  }
}
