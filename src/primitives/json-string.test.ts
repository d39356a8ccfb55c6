import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonString } from './json-string.ts'

test('a text is written as JSON.stringify writes it, whatever it holds', () => {
  const texts = [
    '',
    'arn:aws:iam::123456789012:user/a b+=,.@_-',
    '\u2028',
    '\ud800',
    'é',
    '😀',
    'a\n',
  ]
  for (let code = 0; code < 0x180; code++) texts.push(String.fromCharCode(code))
  for (const text of texts) assert.equal(jsonString(text), JSON.stringify(text))
})
