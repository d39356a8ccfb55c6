import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Scope } from '../request/scope.ts'
import { type PageInput, pagedShort } from './paging.ts'

/** Paging looks at nothing of a scope but the account. */
const scopeOf = (account: string): Scope => ({ account }) as Scope
const list = (
  items: readonly string[],
  input: PageInput,
  { account = '111122223333', operation = 'ListThings', selection = '/' as unknown } = {},
) => pagedShort(scopeOf(account), operation, selection, input, items, (item) => item)

const names = fc.uniqueArray(fc.stringMatching(/^[a-c]{1,4}$/), { maxLength: 30 })

test('pages of any size give every item once and in order', () => {
  fc.assert(
    fc.property(
      names,
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      (items, sizes) => {
        const seen: string[] = []
        let Marker: string | undefined
        let turn = 0
        do {
          const MaxItems = sizes[turn++ % sizes.length]
          const page = list(items, { MaxItems, Marker })
          assert.ok(page.page.length <= (MaxItems ?? 0))
          assert.equal(page.IsTruncated, page.Marker !== undefined)
          seen.push(...page.page)
          Marker = page.Marker
        } while (Marker !== undefined)
        assert.deepEqual(seen, items.toSorted())
      },
    ),
  )
})

test('an item that goes between two pages takes no other with it', () => {
  const { Marker } = list(['a', 'b', 'c', 'd'], { MaxItems: 2 })
  assert.deepEqual(list(['a', 'c', 'd'], { Marker }).page, ['c', 'd'])
})

test('a page holds a hundred items unless told otherwise', () => {
  const items = Array.from({ length: 101 }, (_, n) => String(n))
  assert.equal(list(items, {}).page.length, 100)
  assert.equal(list(items, {}).IsTruncated, true)
  assert.equal(list(items.slice(1), {}).IsTruncated, false)
})

test('a marker holds for its account, operation and selection only', () => {
  const items = ['a', 'b']
  const { Marker } = list(items, { MaxItems: 1 })
  assert.deepEqual(list(items, { Marker }).page, ['b'])
  const refused = { code: 'ValidationError', message: 'Invalid Marker.' }
  assert.throws(() => list(items, { Marker }, { account: '444455556666' }), refused)
  assert.throws(() => list(items, { Marker }, { operation: 'ListOthers' }), refused)
  assert.throws(() => list(items, { Marker }, { selection: '/x/' }), refused)
})

test('text that is no marker is refused', () => {
  const { Marker = '' } = list(['a', 'b'], { MaxItems: 1 })
  for (const text of ['', 'garbage', `${Marker}=`, ` ${Marker}`, Marker.slice(0, 12)]) {
    assert.throws(() => list(['a', 'b'], { Marker: text }), { message: 'Invalid Marker.' })
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.throws(() => list(['a', 'b'], { Marker: text }), { message: 'Invalid Marker.' })
    }),
  )
})

test('the longest names fit into a marker', () => {
  const name = 'x'.repeat(128)
  const { Marker } = list([name, `${name}y`], { MaxItems: 1 })
  assert.ok((Marker?.length ?? 0) <= 320)
})
