import { jsonText } from '../../../primitives/json-text.ts'
import type { JournalEntry } from '../../journal.ts'

/** Where an entry lies in a text of entries, and what it is found by. */
export interface PlacedEntry extends Omit<JournalEntry, 'body'> {
  readonly start: number
  readonly bodyStart: number
  /** Where the next one begins. */
  readonly end: number
}

type Head = readonly [
  stream: JournalEntry['stream'],
  account: string,
  at: number,
  id: string,
  keys: string[],
  bodyLength: number,
]

/**
 * An entry as text: a line of JSON with what it is found by, then its body as it is, as long as the line says. The log
 * holds entries in this form and the database too, so that nothing is written anew on the way from one to the other.
 */
export function writeEntry({ stream, account, at, id, keys, body }: JournalEntry): string {
  const head = `["${stream}",${jsonText(account)},${at},${jsonText(id)},[${keys.map(jsonText).join()}]`
  return `${head},${body.length}]\n${body}\n`
}

/** @throws Error when no entry begins there */
export function readEntry(text: string, start: number): PlacedEntry {
  const lineEnd = text.indexOf('\n', start)
  const head = JSON.parse(text.slice(start, lineEnd)) as Head
  const [stream, account, at, id, keys, bodyLength] = head
  const bodyStart = lineEnd + 1
  return { stream, account, at, id, keys, start, bodyStart, end: bodyStart + bodyLength + 1 }
}

export function bodyOf(text: string, { bodyStart, end }: PlacedEntry): string {
  return text.slice(bodyStart, end - 1)
}

/** All entries of a text. */
export function readEntries(text: string): PlacedEntry[] {
  const entries: PlacedEntry[] = []
  for (let at = 0; at < text.length; ) {
    const entry = readEntry(text, at)
    entries.push(entry)
    at = entry.end
  }
  return entries
}
