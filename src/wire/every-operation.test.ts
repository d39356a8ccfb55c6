import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ApiError } from '../catalog/api-error.ts'
import { validate } from '../catalog/validate.ts'
import { parseForm } from './form.ts'
import { readQueryInput } from './read-query-input.ts'
import { encodeForm, everyOperation, operationNamed, sampleOf } from './samples.fixture.ts'
import { writeJsonOutput } from './write-json-output.ts'
import { writeQueryOutput } from './write-query-output.ts'

test('the catalogue has all 187 operations of both models', () => {
  assert.equal(everyOperation.length, 187)
})

test('every operation reads back what a client encodes', () => {
  for (const operation of everyOperation) {
    if (!operation.input) continue
    const input = sampleOf(operation, operation.input)
    const form = parseForm(encodeForm(input))
    assert.ok(form)
    assert.deepEqual(readQueryInput(operation, form), input, operation.name)
    validate(operation, input)
  }
})

test('every operation writes a full answer as balanced XML and as JSON', () => {
  for (const operation of everyOperation) {
    const output = operation.output ? sampleOf(operation, operation.output) : {}
    const xml = writeQueryOutput(operation, output, 'request-1')
    assertBalanced(xml)
    assert.ok(xml.startsWith(`<${operation.name}Response xmlns="${operation.service.namespace}">`))
    assert.ok(
      xml.endsWith(
        `<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></${operation.name}Response>`,
      ),
    )
    const answer = JSON.parse(writeJsonOutput(operation, output, 'request-1'))
    assert.equal(answer[`${operation.name}Response`].ResponseMetadata.RequestId, 'request-1')
  }
})

test('every operation writes an empty answer', () => {
  for (const operation of everyOperation) assertBalanced(writeQueryOutput(operation, {}, 'r'))
})

test('whatever is sent is read, refused by ApiError, or fails validation', () => {
  const word = fc.constantFrom(
    'Tags',
    'member',
    '1',
    '2',
    '0',
    '-1',
    '01',
    '12',
    'Key',
    'Value',
    'one',
    '__proto__',
    'constructor',
    'PolicyArns',
    'arn',
    'ProvidedContexts',
    'DurationSeconds',
    'ContextEntries',
    'ContextKeyValues',
    '',
  )
  const name = fc.array(word, { maxLength: 6 }).map((words) => words.join('.'))
  const value = fc.oneof(
    fc.constantFrom('', 'a', '1', '900', 'true', '%', '%zz', '%C3'),
    fc.string(),
  )
  const body = fc
    .array(fc.tuple(name, value), { maxLength: 12 })
    .map((pairs) => pairs.map(([n, v]) => `${n}=${v}`).join('&'))
  const operation = fc
    .constantFrom('AssumeRole', 'SimulateCustomPolicy', 'TagUser')
    .map(operationNamed)
  fc.assert(
    fc.property(operation, body, (model, text) => {
      const form = parseForm(text)
      assert.ok(form)
      let input: Readonly<Record<string, unknown>>
      try {
        input = readQueryInput(model, form)
      } catch (error) {
        assert.ok(error instanceof ApiError && error.code === 'MalformedInput', String(error))
        return
      }
      if (validate(model, input) === undefined) assertNoHoles(input)
    }),
    { numRuns: 2000 },
  )
})

/** What passes validation has no null for a handler to trip over. */
function assertNoHoles(value: unknown): void {
  assert.notEqual(value, null)
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) assertNoHoles(inner)
}

function assertBalanced(xml: string): void {
  const open: string[] = []
  for (const [, close, name, empty] of xml.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (close) assert.equal(open.pop(), name)
    else if (!empty && name) open.push(name)
  }
  assert.deepEqual(open, [])
  assert.doesNotMatch(xml, /&(?!amp;|lt;|gt;|quot;|#xD;)/)
}
