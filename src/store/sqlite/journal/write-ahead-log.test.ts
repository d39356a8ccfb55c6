import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import type { JournalEntry } from '../../journal.ts'
import { StoreUnavailable } from '../../store-errors.ts'
import type { FoldRequest } from '../batch.ts'
import { temporaryDirectory } from '../temporary-store.fixture.ts'
import { readEntries } from './entry-text.ts'
import { logPaths, openLogFiles } from './log-files.ts'
import { textOf } from './log-frames.ts'
import { type WriteAheadLog, writeAheadLog } from './write-ahead-log.ts'

const entry = (id: string, body = '{}'): JournalEntry => ({
  stream: 'session',
  account: '1',
  at: 1,
  id,
  keys: [],
  body,
})

/** The ids that a database would hold, and a log that folds into it. */
interface Opened {
  readonly log: WriteAheadLog
  readonly folded: string[]
  readonly requests: FoldRequest[]
  /** Of folds that nobody waited for. */
  readonly failures: unknown[]
  /** While true nothing can be folded. */
  failing: boolean
}

function open(paths: readonly [string, string], sequence = 0): Opened {
  const opened: Omit<Opened, 'log'> = { folded: [], requests: [], failures: [], failing: false }
  const log = writeAheadLog(
    openLogFiles(paths, 'watchword.db', sequence),
    sequence,
    async (request) => {
      await new Promise(setImmediate)
      if (opened.failing) throw new StoreUnavailable('the disk is full')
      opened.requests.push(request)
      for (const frame of request.frames)
        opened.folded.push(...readEntries(textOf(frame)).map((e) => e.id))
    },
    (error) => opened.failures.push(error),
  )
  return Object.assign(opened, { log })
}

const pathsIn = (t: TestContext): readonly [string, string] => logPaths(temporaryDirectory(t))

test('what one turn brings is one frame, and folding takes all that was appended before', async (t) => {
  const { log, folded, requests } = open(pathsIn(t))
  const appended = ['a', 'b', 'c'].map((id) => log.append([entry(id)]))
  const folding = log.fold()
  await Promise.all(appended)
  await folding
  assert.deepEqual(folded, ['a', 'b', 'c'])
  assert.deepEqual(
    requests.map(({ frames }) => frames.map(({ sequence }) => sequence)),
    [[1]],
  )
  await log.close()
})

test('much is folded without being asked, once and in order', async (t) => {
  const { log, folded } = open(pathsIn(t))
  const ids = Array.from({ length: 400 }, (_, n) => `e${n}`)
  for (let at = 0; at < ids.length; at += 10) {
    await Promise.all(ids.slice(at, at + 10).map((id) => log.append([entry(id, 'x'.repeat(5000))])))
  }
  assert.ok(folded.length > 200)
  await log.close()
  assert.deepEqual(folded, ids)
})

test('an append with an entry that cannot be written is refused whole', async (t) => {
  const { log, folded } = open(pathsIn(t))
  const wrong = { ...entry('b'), body: undefined as never }
  assert.throws(() => log.append([entry('a'), wrong]))
  await log.append([entry('c')])
  await log.close()
  assert.deepEqual(folded, ['c'])
})

test('closing writes and folds what was appended, and leaves no files', async (t) => {
  const paths = pathsIn(t)
  const { log, folded } = open(paths)
  const last = log.append([entry('a')])
  await log.close()
  await last
  assert.deepEqual(folded, ['a'])
  assert.deepEqual(paths.map(existsSync), [false, false])
  await assert.rejects(log.append([entry('b')]), StoreUnavailable)
})

test('what could not be folded when the log was closed is folded when it is opened again', async (t) => {
  const paths = pathsIn(t)
  const first = open(paths)
  first.failing = true
  await first.log.append([entry('a'), entry('b')])
  await assert.rejects(first.log.fold(), StoreUnavailable)
  await first.log.close()
  const second = open(paths)
  while (second.folded.length < 2) await new Promise(setImmediate)
  await second.log.append([entry('c')])
  await second.log.fold()
  assert.deepEqual(second.folded, ['a', 'b', 'c'])
  await second.log.close()
  assert.deepEqual(paths.map(existsSync), [false, false])
})

test('while nothing can be folded only so much is held, and the rest is refused at once', async (t) => {
  const opened = open(pathsIn(t))
  opened.failing = true
  const body = 'x'.repeat(1024 * 1024)
  const results = Array.from({ length: 100 }, (_, n) =>
    opened.log.append([entry(`e${n}`, body)]).then(
      () => 'written',
      (error: unknown) => (error instanceof StoreUnavailable ? error.message : error),
    ),
  )
  assert.equal(await results.at(-1), 'The store is unavailable: it is behind.')
  const written = (await Promise.all(results)).filter((outcome) => outcome === 'written').length
  assert.equal(written, 64)
  assert.ok(opened.failures.length > 0)
  for (const error of opened.failures) assert.ok(error instanceof StoreUnavailable)
  opened.failing = false
  // Nobody searches: what is refused must itself see to it that there is room again.
  await assert.rejects(opened.log.append([entry('again', body)]), StoreUnavailable)
  while (opened.folded.length < 64) await new Promise(setImmediate)
  await opened.log.append([entry('again', body)])
  await opened.log.close()
  assert.equal(opened.folded.length, 65)
})

test('refusals that nobody waits for leave room for the sessions that are issued', async (t) => {
  const opened = open(pathsIn(t))
  opened.failing = true
  const body = 'x'.repeat(1024 * 1024)
  const refusals = Array.from({ length: 100 }, (_, n) =>
    opened.log.append([{ ...entry(`r${n}`, body), stream: 'audit' }]),
  )
  const written = await Promise.allSettled(refusals)
  assert.equal(written.filter(({ status }) => status === 'fulfilled').length, 32)
  await opened.log.append([entry('session', body)])
  opened.failing = false
  await opened.log.close()
  assert.equal(opened.folded.at(-1), 'session')
})

test('on a full disk appending is refused', async (t) => {
  const full = '/dev/full'
  if (!existsSync(full)) return t.skip(`no ${full} here`)
  const [path] = pathsIn(t)
  const { log } = open([full, path])
  await assert.rejects(log.append([entry('a')]), /The store is unavailable: the disk is full/)
  await assert.rejects(log.append([entry('b')]), StoreUnavailable)
  await log.fold()
})
