import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { collection } from './collection.ts'
import { keyOf, Table } from './table.ts'

interface Row {
  readonly name: string
  readonly groups: readonly string[]
}

const rows = collection('row', {
  key: (row: Row) => [row.name],
  indexes: { group: (row) => row.groups.map((group) => [group]) },
})

const name = fc.constantFrom('a', 'ab', 'b', 'c/d', 'z')
const group = fc.constantFrom('g', 'gg', 'h')
const row = fc.record({ name, groups: fc.uniqueArray(group) })
const step = fc.oneof(row, name)

test('lists and finds agree with a plain look through all rows, whenever an index is built', () => {
  fc.assert(
    fc.property(fc.array(step), fc.nat(20), (steps, builtAt) => {
      const table = new Table(rows)
      const model = new Map<string, Row>()
      steps.forEach((change, at) => {
        if (at === builtAt) [...table.find('group', ['g'])]
        if (typeof change === 'string') {
          assert.equal(table.set(change, undefined), model.get(change))
          model.delete(change)
        } else {
          assert.equal(table.set(keyOf(rows, change), change), model.get(change.name))
          model.set(change.name, change)
        }
      })
      const sorted = [...model.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
      assert.deepEqual([...table.list()], sorted)
      assert.deepEqual(
        [...table.list('ab')],
        sorted.filter((r) => r.name > 'ab'),
      )
      for (const wanted of ['g', 'gg', 'h']) {
        const expected = sorted.filter((r) => r.groups.includes(wanted))
        assert.deepEqual([...table.find('group', [wanted])], expected)
        assert.deepEqual(
          [...table.find('group', [wanted], 'ab')],
          expected.filter((r) => r.name > 'ab'),
        )
      }
    }),
  )
})

test('a stored record is the same object at every reading', () => {
  const table = new Table(rows)
  table.load('a', '{"name":"a","groups":["g"]}')
  const first = table.get('a')
  assert.deepEqual(first, { name: 'a', groups: ['g'] })
  assert.equal(table.get('a'), first)
  assert.deepEqual([...table.find('group', ['g'])], [first])
})
