import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { JournalEntry } from '../store/journal.ts'
import { openMemoryStore } from '../store/memory/open-memory-store.ts'
import { StoreUnavailable } from '../store/store-errors.ts'
import { giveOut } from './give-out.ts'
import type { HttpResponse } from './http.ts'

const record: JournalEntry = {
  stream: 'session',
  account: '111122223333',
  at: 1,
  id: 'r-1',
  keys: ['ASIAEXAMPLE'],
  body: '{}',
}
const issued = { output: 'secret', record, expiresAt: 900 }

/** What happens, in order, on a disk that has the entry from the beginning and is done when it is told so. */
function slowDisk() {
  const happened: string[] = []
  const written = Promise.withResolvers<void>()
  const { journal } = openMemoryStore()
  const services = {
    journal: {
      ...journal,
      append(entries: readonly JournalEntry[], meanwhile?: () => void) {
        happened.push(`record ${entries[0]?.id}`)
        meanwhile?.()
        return written.promise
      },
    },
    sessionIssued: (expiresAt: number) => void happened.push(`issued until ${expiresAt}`),
  }
  const observer = { catchUp: () => void happened.push('catch up') }
  const answerOf = (output: unknown): HttpResponse => {
    happened.push(`make ${output}`)
    return { status: 200, headers: {}, body: String(output) }
  }
  return { happened, written, services, observer, answerOf }
}

test('credentials wait until their session is on record, and their answer is made before', async () => {
  const { happened, written, services, observer, answerOf } = slowDisk()
  const answer = giveOut(issued, answerOf, services, observer)
  const answered = answer.then(() => happened.push('answered'))
  await nextTurn()
  assert.deepEqual(happened, ['record r-1', 'make secret', 'catch up'])
  written.resolve()
  assert.equal((await answer).body, 'secret')
  await answered
  assert.deepEqual(happened.slice(3), ['issued until 900', 'answered'])
})

test('credentials whose session cannot be recorded are given to nobody', async () => {
  const { happened, written, services, observer, answerOf } = slowDisk()
  const answer = giveOut(issued, answerOf, services, observer)
  written.reject(new StoreUnavailable('the disk is full'))
  await assert.rejects(answer, StoreUnavailable)
  assert.ok(!happened.includes('issued until 900'))
})

test('an answer that cannot be made fails its own request, when the session is on record', async () => {
  const { written, services, observer } = slowDisk()
  const cannot = (): never => {
    throw new RangeError('no such shape')
  }
  const answer = giveOut(issued, cannot, services, observer)
  written.resolve()
  await assert.rejects(answer, RangeError)
})
