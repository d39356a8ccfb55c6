import assert from 'node:assert/strict'
import test from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { turnBatch } from './turn-batch.ts'

test('what comes up in one turn is done in the next, together and in order', async () => {
  const done: number[] = []
  const add = turnBatch((item: number) => void done.push(item))
  add(1)
  await Promise.resolve()
  add(2)
  process.nextTick(add, 3)
  await new Promise(process.nextTick)
  assert.deepEqual(done, [])
  await nextTurn()
  assert.deepEqual(done, [1, 2, 3])
})

test('what comes up while a batch is done is done in one of its own', async () => {
  const done: number[] = []
  const add = turnBatch((item: number) => {
    done.push(item)
    if (item < 3) add(item + 1)
  })
  add(1)
  await nextTurn()
  assert.deepEqual(done, [1])
  await nextTurn()
  await nextTurn()
  assert.deepEqual(done, [1, 2, 3])
})

test('with nextTick it waits for the promises that wait for nothing, and for no turn', async () => {
  const done: number[] = []
  let turned = false
  const add = turnBatch((item: number) => {
    assert.ok(!turned)
    done.push(item)
  }, process.nextTick)
  setImmediate(() => {
    setImmediate(() => {
      turned = true
    })
    for (const item of [1, 2, 3]) void Promise.resolve(item).then(add)
    void Promise.resolve()
      .then(() => 4)
      .then(add)
    queueMicrotask(() => assert.deepEqual(done, []))
  })
  await nextTurn()
  await nextTurn()
  assert.deepEqual(done, [1, 2, 3, 4])
})
