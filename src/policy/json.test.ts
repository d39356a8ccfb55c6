import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { JsonError, type JsonNode, readJson } from './json.ts'

function plain(node: JsonNode): unknown {
  switch (node.type) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]))
    case 'array':
      return node.items.map(plain)
    case 'number':
      return Number(node.text)
    case 'null':
      return null
    default:
      return node.value
  }
}

const fault = (text: string): string => {
  try {
    readJson(text)
  } catch (error) {
    assert.ok(error instanceof JsonError)
    return `${error.fault} ${error.position.line}:${error.position.column}`
  }
  return 'none'
}

test('reads whatever JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      assert.deepEqual(plain(readJson(text)), JSON.parse(text))
    }),
  )
})

test('accepts no text that JSON.parse refuses', () => {
  const pieces = fc.constantFrom('{', '}', '[', ']', '"a"', '"', ':', ',', '1', '-', '0', '.', 'e')
  const more = fc.constantFrom('true', 'null', ' ', '\\', '\\u00e9', '\n', 'x')
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, more), { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      let accepted = true
      try {
        readJson(text)
      } catch {
        accepted = false
      }
      if (accepted) assert.doesNotThrow(() => JSON.parse(text))
    }),
    { numRuns: 2000 },
  )
})

test('each fault is named and placed', () => {
  assert.equal(fault('{"a": 1,\n "a": 2}'), 'duplicate-key 2:2')
  assert.equal(fault('{} x'), 'trailing-text 1:4')
  assert.equal(fault('\ufeff{}'), 'byte-order-mark 1:1')
  assert.equal(fault('"a\tb"'), 'control-character 1:3')
  assert.equal(fault('["\\ud800"]'), 'lone-surrogate 1:2')
  assert.equal(fault('["\ud800"]'), 'lone-surrogate 1:2')
  assert.equal(fault('[01]'), 'invalid-number 1:2')
  assert.equal(fault('[1.]'), 'invalid-number 1:2')
  assert.equal(fault('["\\x"]'), 'invalid-escape 1:3')
  assert.equal(fault('["\\u12"]'), 'invalid-escape 1:3')
  assert.equal(fault('{"a" 1}'), 'unexpected-character 1:6')
  assert.equal(fault('[1,]'), 'unexpected-character 1:4')
  assert.equal(fault('{"a":1,}'), 'unexpected-character 1:8')
  assert.equal(fault('[truex]'), 'unexpected-character 1:2')
  assert.equal(fault(''), 'unexpected-end 1:1')
  assert.equal(fault('{'), 'unexpected-end 1:2')
  assert.equal(fault('"abc'), 'unexpected-end 1:5')
})

test('the same key in another spelling of its characters is a duplicate', () => {
  assert.equal(fault('{"a": 1, "\\u0061": 2}'), 'duplicate-key 1:10')
})

test('depth is bounded exactly and deep texts never overflow the stack', () => {
  assert.equal(fault('['.repeat(32) + ']'.repeat(32)), 'none')
  assert.equal(fault('['.repeat(33) + ']'.repeat(33)), 'too-deep 1:33')
  assert.equal(fault('['.repeat(500_000)), 'too-deep 1:33')
})

test('size is bounded exactly', () => {
  const limits = { maxLength: 4, maxDepth: 2 }
  assert.equal(readJson('[10]', limits).type, 'array')
  assert.throws(() => readJson('[100]', limits), { fault: 'too-large' })
})

test('every value knows where it begins and ends', () => {
  const root = readJson('{\r\n  "a": [1,\n 2]}')
  assert.ok(root.type === 'object')
  const [member] = root.members
  assert.deepEqual(member?.start, { offset: 5, line: 2, column: 3 })
  assert.ok(member?.value.type === 'array')
  assert.deepEqual(member.value.commas, [{ offset: 12, line: 2, column: 10 }])
  assert.deepEqual(member.value.items[1]?.start, { offset: 15, line: 3, column: 2 })
  assert.deepEqual(root.end, { offset: 18, line: 3, column: 5 })
})

test('keys named like object internals are ordinary keys', () => {
  const root = readJson('{"__proto__": {"constructor": 1}}')
  assert.ok(root.type === 'object')
  assert.equal(root.members[0]?.key, '__proto__')
})
