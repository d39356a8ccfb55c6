import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readContextEntries } from './context-entries.ts'

type Type = NonNullable<Parameters<typeof readContextEntries>[0]>[number]['ContextKeyType']

const read = (type: Type, ...ContextKeyValues: string[]) =>
  readContextEntries([{ ContextKeyName: 'x:K', ContextKeyType: type, ContextKeyValues }])
const refused = (message: string) => ({ code: 'InvalidInput', message })

test('an entry without any member is ignored', () => {
  assert.equal(readContextEntries([{}]).values.size, 0)
})

test('keys ignore case, a list type makes the key multivalued', () => {
  const { values, multivalued } = read('stringList', 'a')
  assert.deepEqual([...values], [['x:k', ['a']]])
  assert.ok(multivalued.has('x:k'))
  assert.deepEqual([...read('string', '').values], [['x:k', '']])
})

for (const [type, accepted, refusedValues, format] of [
  [
    'numeric',
    ['01.00', '+1', '1e2', '1e9999', '-.5'],
    ['0x10', ' 1 ', 'Infinity', 'NaN', 'abc', ''],
    'numeric format',
  ],
  [
    'date',
    [
      '2035',
      '2035-01',
      '2035-01-01',
      '2035-01-01T00:00Z',
      '2035-01-01T00:00:00+01:00',
      '2035-01-01T00:00:00',
      '0',
      '1893456000',
    ],
    ['tomorrow', ''],
    'DateTime format',
  ],
  [
    'ip',
    ['192.000.002.1', '192.0.2.1', '2001:db8::1'],
    ['999.0.0.1', '192.0.2.0/24', 'fe80::1%eth0', ''],
    'IP address',
  ],
  ['binary', ['YQ==', ''], ['!base64', 'YQ'], 'base-64 encoded binary format'],
  ['boolean', ['TRUE', 'yes', '1'], [], ''],
] as const) {
  test(`${type} values are checked, in lists too`, () => {
    for (const value of accepted) assert.deepEqual([...read(type, value).values.values()], [value])
    const message = `Invalid context value for key x:K: expected ${format}.`
    for (const value of refusedValues) {
      assert.throws(() => read(type, value), refused(message), value)
      assert.throws(() => read(`${type}List`, accepted[0], value), refused(message), value)
    }
  })
}

test('what is missing or too much is named', () => {
  const ContextKeyName = 'x:k'
  const ContextKeyValues = ['a']
  const noType = refused('Context key x:k has invalid type null.')
  assert.throws(() => readContextEntries([{ ContextKeyName, ContextKeyValues }]), noType)
  const noValues = refused('Context values for context key x:K cannot be null or empty.')
  assert.throws(() => read('string'), noValues)
  assert.throws(() => read('stringList'), noValues)
  const noName = refused('ContextKeyName cannot be null or empty.')
  assert.throws(() => readContextEntries([{ ContextKeyType: 'string', ContextKeyValues }]), noName)
  const many = refused('Context key string expected a single value, but received 2.')
  assert.throws(() => read('string', 'a', 'b'), many)
  const entry = { ContextKeyType: 'string', ContextKeyValues } as const
  assert.throws(
    () =>
      readContextEntries([
        { ...entry, ContextKeyName },
        { ...entry, ContextKeyName: 'X:K' },
      ]),
    refused('Duplicate context key: X:K.'),
  )
})
