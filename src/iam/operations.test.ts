import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { iamOperations } from './operations.ts'

test('the table has every operation of the model, each under its own name', () => {
  const model: { operations: Record<string, unknown> } = JSON.parse(
    readFileSync(new URL('../../scripts/models/iam.json', import.meta.url), 'utf8'),
  )
  assert.deepEqual(Object.keys(iamOperations).sort(), Object.keys(model.operations).sort())
  for (const [name, operation] of Object.entries(iamOperations)) {
    if (typeof operation !== 'string') assert.equal(operation.name, name)
  }
})
