import type { JournalStream } from '../../journal.ts'
import { addToHash, beginHash, type TermKind, termsOf } from './bucket-terms.ts'
import { readEntry } from './entry-text.ts'

/** Of an entry in a text of entries what it takes to file it. */
export interface ScannedEntry {
  readonly stream: JournalStream
  readonly at: number
  /** The hashes of what it is found by, each as `termHash` gives it. */
  readonly terms: readonly number[]
  readonly start: number
  /** Where the next one begins. */
  readonly end: number
}

/**
 * Files thousands of entries a second: hashes the texts of an entry's line where they are. Making them would cost
 * three times as much.
 * @throws UnreadableEntry when no entry begins there
 */
export function scanEntry(text: string, start: number): ScannedEntry {
  return scanPlain(text, start) ?? scanAny(text, start)
}

function scanAny(text: string, start: number): ScannedEntry {
  const entry = readEntry(text, start)
  const { stream, at, end } = entry
  return { stream, at, terms: termsOf(entry), start, end }
}

interface Cursor {
  readonly text: string
  at: number
}

/** Undefined for a line with escapes, which nearly none has, and for what is no entry. */
function scanPlain(text: string, start: number): ScannedEntry | undefined {
  const cursor = { text, at: start }
  const stream = passed(cursor, '["session",') ? 'session' : 'audit'
  if (stream === 'audit' && !passed(cursor, '["audit",')) return undefined
  const terms: number[] = []
  if (!hashInto(terms, cursor, 'account') || !passed(cursor, ',')) return undefined
  const at = wholeNumber(cursor)
  if (!passed(cursor, ',') || !hashInto(terms, cursor, 'id') || !passed(cursor, ',[')) {
    return undefined
  }
  if (!passed(cursor, ']')) {
    do {
      if (!hashInto(terms, cursor, 'key')) return undefined
    } while (passed(cursor, ','))
    if (!passed(cursor, ']')) return undefined
  }
  if (!passed(cursor, ',')) return undefined
  const bodyLength = wholeNumber(cursor)
  if (!passed(cursor, ']\n')) return undefined
  const end = cursor.at + bodyLength + 1
  return end <= text.length ? { stream, at, terms, start, end } : undefined
}

/** Goes behind what is expected, when it is there. */
function passed(cursor: Cursor, expected: string): boolean {
  if (!cursor.text.startsWith(expected, cursor.at)) return false
  cursor.at += expected.length
  return true
}

const quote = 0x22
const backslash = 0x5c

/** Goes behind a JSON text without escapes. */
function hashInto(terms: number[], cursor: Cursor, kind: TermKind): boolean {
  const { text } = cursor
  if (text.charCodeAt(cursor.at) !== quote) return false
  let hash = beginHash(kind)
  for (let at = cursor.at + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === backslash) return false
    if (code === quote) {
      cursor.at = at + 1
      terms.push(hash >>> 0)
      return true
    }
    hash = addToHash(hash, code)
  }
  return false
}

/** Goes behind the digits; what else a number may have is then not what is expected there. */
function wholeNumber(cursor: Cursor): number {
  const { text } = cursor
  let number = 0
  for (;;) {
    const digit = text.charCodeAt(cursor.at) - 0x30
    if (!(digit >= 0 && digit <= 9)) return number
    number = number * 10 + digit
    cursor.at += 1
  }
}
