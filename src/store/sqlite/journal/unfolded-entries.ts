import type { JournalStream } from '../../journal.ts'
import type { EntryMatcher, NumberedEntry, SearchedRange } from './entry-matcher.ts'
import { readEntries } from './entry-text.ts'
import { type HeldFrame, textOf } from './log-frames.ts'

/** Where the database's part of a stream ends. */
export interface FoldedState {
  /** The sequence of the last frame of the log that the database holds. */
  readonly folded: number
  /** The number of the stream's newest entry in it. */
  readonly last: number
}

/** What is found in the part of the log that the database does not hold: numbered as it will be there, in the wanted order. */
export function unfoldedEntries(
  frames: readonly HeldFrame[],
  stream: JournalStream,
  { folded, last }: FoldedState,
  { newestFirst }: SearchedRange,
  match: EntryMatcher,
): NumberedEntry[] {
  const found: NumberedEntry[] = []
  let number = last
  for (const frame of frames) {
    if (frame.sequence <= folded) continue
    const text = textOf(frame)
    for (const placed of readEntries(text)) {
      if (placed.stream !== stream) continue
      number += 1
      const entry = match(number, text, placed)
      if (entry) found.push(entry)
    }
  }
  return newestFirst ? found.reverse() : found
}
