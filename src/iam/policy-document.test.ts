import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPolicyDocument, encodeDocument, policySize } from './policy-document.ts'

test('white space is free between the parts of a document and counts inside strings', () => {
  assert.equal(policySize('{ "a" :\t[ 1 ,\r\n true ] }'), '{"a":[1,true]}'.length)
  assert.equal(policySize('{"a b": " c "}'), '{"a b":" c "}'.length)
  assert.equal(policySize('{"a\\" b": "\\\\" }'), '{"a\\" b":"\\\\"}'.length)
})

test('the size of a document does not depend on how it is indented', () => {
  fc.assert(
    fc.property(fc.json(), fc.integer({ min: 0, max: 8 }), (json, indent) => {
      const value: unknown = JSON.parse(json)
      const compact = JSON.stringify(value)
      assert.equal(policySize(JSON.stringify(value, undefined, indent)), compact.length)
    }),
  )
})

test('only the unreserved characters of RFC 3986 stay as they are', () => {
  assert.equal(encodeDocument("aZ0-._~ !'()*%é\n"), 'aZ0-._~%20%21%27%28%29%2A%25%C3%A9%0A')
  assert.equal(encodeDocument('arn%3Aaws'), 'arn%253Aaws')
})

test('a document that cannot be decided by is MalformedPolicyDocument', () => {
  assert.throws(() => checkPolicyDocument('{', 'identity'), {
    code: 'MalformedPolicyDocument',
    message: 'Syntax errors in policy.',
  })
})
