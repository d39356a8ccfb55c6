import { crc32 } from 'node:zlib'
import { jsonString } from '../../../primitives/json-string.ts'
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
  const head = `["${stream}",${jsonString(account)},${at},${jsonString(id)},[${keys.map(jsonString).join()}]`
  return `${head},${body.length}]\n${body}\n`
}

/** Says nothing of the text, which is not for a log or an answer. */
export class UnreadableEntry extends Error {
  override readonly name = 'UnreadableEntry'
  constructor() {
    super('an entry of the journal cannot be read')
  }
}

/** @throws UnreadableEntry when no entry begins there */
export function readEntry(text: string, start: number): PlacedEntry {
  const lineEnd = text.indexOf('\n', start)
  const [stream, account, at, id, keys, bodyLength] = readHead(text.slice(start, lineEnd))
  const bodyStart = lineEnd + 1
  const end = bodyStart + bodyLength + 1
  if (lineEnd < 0 || !(end <= text.length)) throw new UnreadableEntry()
  return { stream, account, at, id, keys, start, bodyStart, end }
}

function readHead(line: string): Head {
  try {
    const head: unknown = JSON.parse(line)
    if (Array.isArray(head) && head.length === 6) return head as unknown as Head
  } catch {
    // Said below.
  }
  throw new UnreadableEntry()
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

/**
 * All entries of a text that the database keeps with its checksum.
 * @throws UnreadableEntry when it is not as it was written
 */
export function readChunk(text: string, sum: number): PlacedEntry[] {
  if (crc32(text) !== sum) throw new UnreadableEntry()
  return readEntries(text)
}
