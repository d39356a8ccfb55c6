import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bucketSize, bucketTerms, positionsOf, termHash, termsOf } from './bucket-terms.ts'

test('every entry is found by its account, its id and each of its keys', () => {
  const few = fc.constantFrom('a', 'b', 'c', 'd')
  const anyEntry = fc.record({ account: few, id: few, keys: fc.array(few, { maxLength: 3 }) })
  fc.assert(
    fc.property(
      fc.array(anyEntry, { maxLength: 20 }),
      few,
      fc.constantFrom('account', 'id', 'key'),
      (entries, wanted, kind) => {
        const terms = bucketTerms()
        for (const [at, entry] of entries.entries()) {
          terms.add(5 * bucketSize + at, termsOf(entry))
        }
        const expected = [...entries.entries()]
          .filter(([, { account, id, keys }]) =>
            kind === 'key' ? keys.includes(wanted) : { account, id }[kind] === wanted,
          )
          .map(([at]) => at)
        assert.deepEqual(positionsOf(terms.take(), termHash(kind, wanted)), expected)
      },
    ),
  )
})

test('the smallest and the largest hash are found, in the first and the last place', () => {
  const hashes = [0, 1, 0xffffffff]
  const list = Float64Array.from(
    hashes.flatMap((hash) => [hash * bucketSize, hash * bucketSize + bucketSize - 1]),
  )
  const bytes = new Uint8Array(list.buffer)
  for (const hash of hashes) assert.deepEqual(positionsOf(bytes, hash), [0, bucketSize - 1])
  assert.deepEqual(positionsOf(bytes, 2), [])
  assert.deepEqual(positionsOf(new Uint8Array(0), 0), [])
})

test('a list begins anew when it was taken', () => {
  const terms = bucketTerms()
  terms.add(1, termsOf({ account: '1', id: 'a', keys: [] }))
  assert.equal(terms.take().length, 16)
  assert.equal(terms.take().length, 0)
})
