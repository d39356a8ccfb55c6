import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JournalEntry } from '../../journal.ts'
import { bodyOf, readEntries, readEntry, writeEntry } from './entry-text.ts'

test('entries come back from their text as they were written', () => {
  const text = fc.string({ unit: 'grapheme' })
  const anyEntry: fc.Arbitrary<JournalEntry> = fc.record({
    stream: fc.constantFrom('session' as const, 'audit' as const),
    account: text,
    at: fc.maxSafeInteger(),
    id: text,
    keys: fc.array(text),
    body: fc.oneof(text, fc.json(), fc.constant('{\n  "a": "\n[]"\n}\n')),
  })
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

test('what is no entry is not read as one', () => {
  for (const text of ['x', '\n', '[]', '{"a":1']) assert.throws(() => readEntry(text, 0), Error)
})
