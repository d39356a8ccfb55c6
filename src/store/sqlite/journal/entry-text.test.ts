import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JournalEntry } from '../../journal.ts'
import { termsOf } from './bucket-terms.ts'
import { bodyOf, readEntries, readEntry, UnreadableEntry, writeEntry } from './entry-text.ts'
import { scanEntry } from './scan-entry.ts'

const text = fc.string({ unit: 'grapheme' })
const anyEntry: fc.Arbitrary<JournalEntry> = fc.record({
  stream: fc.constantFrom('session' as const, 'audit' as const),
  account: text,
  at: fc.maxSafeInteger(),
  id: text,
  keys: fc.array(text),
  body: fc.oneof(text, fc.json(), fc.constant('{\n  "a": "\n[]"\n}\n')),
})

test('entries come back from their text as they were written', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), (entries) => {
      const whole = entries.map(writeEntry).join('')
      const read = readEntries(whole).map((placed): JournalEntry => {
        const { start: _start, bodyStart: _bodyStart, end: _end, ...found } = placed
        return { ...found, body: bodyOf(whole, placed) }
      })
      assert.deepEqual(
        read,
        entries.map((entry) => ({ ...entry })),
      )
    }),
  )
})

test('a scan finds of each entry what reading it finds', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), (entries) => {
      const whole = entries.map(writeEntry).join('')
      for (const entry of readEntries(whole)) {
        const { stream, at, start, end } = entry
        const scanned = scanEntry(whole, start)
        assert.deepEqual(scanned, { stream, at, terms: termsOf(entry), start, end })
      }
    }),
  )
})

test('what is no entry is not read as one, nor scanned', () => {
  const entry = '["audit","1",1,"a",["k","l"],2]\n{}\n'
  const cut = Array.from({ length: entry.length }, (_, end) => entry.slice(0, end))
  for (const text of ['x', '\n', '[]', '{"a":1', ...cut]) {
    assert.throws(() => readEntry(text, 0), UnreadableEntry)
    assert.throws(() => scanEntry(text, 0), UnreadableEntry)
  }
})
