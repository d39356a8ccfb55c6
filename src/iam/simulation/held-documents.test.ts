import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdingDocuments } from './held-documents.ts'

/** As many values as a document of that length can have. */
const input = (length: number) => ({ ActionNames: [], PolicyInputList: [','.repeat(length)] })
const large = input(400_000)
const service = {}

test('simulations whose documents would fill the memory together are not let in together', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const first = holdingDocuments(large, service, () => promise)
  const refused = { code: 'Throttling', message: 'Rate exceeded' }
  await assert.rejects(
    holdingDocuments(large, service, async () => 'second'),
    refused,
  )
  assert.equal(await holdingDocuments(input(1000), service, async () => 'small'), 'small')
  const other = {}
  assert.equal(await holdingDocuments(large, other, async () => 'of another'), 'of another')
  resolve('first')
  assert.equal(await first, 'first')
  assert.equal(await holdingDocuments(large, service, async () => 'later'), 'later')
})

test('a simulation that fails leaves its room to others, and a single one is always let in', async () => {
  const failing = holdingDocuments(input(1_000_000), service, () => Promise.reject(new Error('no')))
  await assert.rejects(failing, { message: 'no' })
  assert.equal(await holdingDocuments(input(1_000_000), service, async () => 'next'), 'next')
})
