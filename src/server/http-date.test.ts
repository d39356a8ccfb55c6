import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { httpDate, httpDates } from './http-date.ts'

test('a time is written so that it reads back as the same second', () => {
  const latest = Date.parse('9999-12-31T23:59:59Z')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: latest }), (time) => {
      const text = httpDate(time)
      assert.match(text, /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/)
      assert.equal(Date.parse(text), Math.floor(time / 1000) * 1000)
    }),
  )
})

test('the day of the week is right', () => {
  const dayOf = (time: string): string => httpDate(Date.parse(time)).slice(0, 3)
  assert.equal(dayOf('1970-01-01T00:00:00Z'), 'Thu')
  assert.equal(dayOf('2024-02-29T23:59:59Z'), 'Thu')
  assert.equal(dayOf('2026-11-24T12:00:00Z'), 'Tue')
  assert.equal(dayOf('2026-11-29T00:00:00Z'), 'Sun')
})

test('a remembered date changes with its second, forwards and backwards', () => {
  const date = httpDates()
  assert.equal(date(999), 'Thu, 01 Jan 1970 00:00:00 GMT')
  assert.equal(date(1000), 'Thu, 01 Jan 1970 00:00:01 GMT')
  assert.equal(date(0), 'Thu, 01 Jan 1970 00:00:00 GMT')
})
