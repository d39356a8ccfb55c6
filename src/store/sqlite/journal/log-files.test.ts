import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { StoreCorrupt } from '../../store-errors.ts'
import { temporaryDirectory } from '../temporary-store.fixture.ts'
import { type LogFiles, logPaths, openLogFiles } from './log-files.ts'
import { type HeldFrame, type LogFrame, textOf, writeFrame } from './log-frames.ts'

const pathsIn = (t: TestContext): readonly [string, string] => logPaths(temporaryDirectory(t))

const big = 'x'.repeat(300_000)

async function writeAll(
  files: LogFiles,
  from: number,
  texts: readonly string[],
  folded: number,
): Promise<void> {
  const write = promisify(files.write)
  for (const [at, text] of texts.entries()) await write({ sequence: from + at, text }, folded)
}

const sequences = (files: LogFiles): number[] => files.unfolded.map(({ sequence }) => sequence)

test('what was written is there when the files are opened again, unless the database has it', async (t) => {
  const paths = pathsIn(t)
  const texts = ['ünï 🦉', 'b', big, 'd']
  const first = openLogFiles(paths, 'watchword.db', 0)
  assert.deepEqual(first.unfolded, [])
  await writeAll(first, 1, texts, 0)
  first.close(false)
  const again = openLogFiles(paths, 'watchword.db', 0)
  assert.deepEqual(again.unfolded.map(textOf), texts)
  assert.deepEqual(sequences(again), [1, 2, 3, 4])
  again.close(false)
  const later = openLogFiles(paths, 'watchword.db', 2)
  assert.deepEqual(sequences(later), [3, 4])
  later.close(true)
  assert.deepEqual(paths.map(existsSync), [false, false])
})

test('what was written is given back to hold, and stays as it is while more is written', async (t) => {
  const files = openLogFiles(pathsIn(t), 'watchword.db', 0)
  const write = promisify(files.write) as (frame: LogFrame, folded: number) => Promise<HeldFrame>
  const texts = ['ünï 🦉', big, ...Array.from({ length: 60 }, (_, n) => `${n}`.repeat(9000)), 'é']
  const held: HeldFrame[] = []
  for (const [at, text] of texts.entries()) held.push(await write({ sequence: at + 1, text }, 0))
  assert.deepEqual(held.map(textOf), texts)
  assert.deepEqual(
    held.map(({ sequence }) => sequence),
    texts.map((_, at) => at + 1),
  )
  // Sent to another thread, a frame takes all of its memory along.
  for (const { bytes } of held) assert.ok(bytes.buffer.byteLength <= 400_000)
  files.close(false)
})

test('a file is written over once the database has all of it, and not before', async (t) => {
  const paths = pathsIn(t)
  const files = openLogFiles(paths, 'watchword.db', 0)
  await writeAll(files, 1, Array(9).fill(big), 0)
  const size = (at: 0 | 1): number => statSync(paths[at]).size
  assert.ok(size(0) > 1_048_576 && size(0) < 1_600_000)
  assert.ok(size(1) > 1_048_576)
  // Both hold what the database has not: the newer one grows.
  await writeAll(files, 10, Array(4).fill(big), 0)
  assert.ok(size(1) > 2_400_000)
  const before = size(0)
  await writeAll(files, 14, ['a', 'b'], 13)
  assert.equal(size(0), before)
  files.close(false)
  const again = openLogFiles(paths, 'watchword.db', 13)
  assert.deepEqual(sequences(again), [14, 15])
  await writeAll(again, 16, ['c'], 13)
  again.close(false)
  const last = openLogFiles(paths, 'watchword.db', 13)
  assert.deepEqual(sequences(last), [14, 15, 16])
  last.close(true)
})

test('a frame that was not written whole, or is left from before, ends the file', async (t) => {
  const paths = pathsIn(t)
  const files = openLogFiles(paths, 'watchword.db', 0)
  await writeAll(files, 1, ['first', 'second', 'third'], 0)
  files.close(false)
  const whole = readFileSync(paths[0])
  for (let cut = 0; cut < whole.length; cut += 1) {
    writeFileSync(paths[0], whole.subarray(0, cut))
    const cutShort = openLogFiles(paths, 'watchword.db', 0)
    const count = Math.floor((cut + 1) / 22)
    assert.ok(cutShort.unfolded.length <= count, `${cut}`)
    cutShort.close(false)
  }
})

test('a damaged frame with another behind it was written whole once, and is not passed over', async (t) => {
  const paths = pathsIn(t)
  const files = openLogFiles(paths, 'watchword.db', 0)
  await writeAll(files, 1, ['first', 'second', 'third'], 0)
  files.close(false)
  const whole = readFileSync(paths[0])
  const third = whole.length - 'third'.length - 16
  for (let at = 0; at < whole.length; at += 1) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0x10
    writeFileSync(paths[0], changed)
    const open = (): LogFiles => openLogFiles(paths, 'watchword.db', 0)
    if (at < third) {
      assert.throws(open, { name: 'StoreCorrupt', message: /is damaged, so entries are missing/ })
    } else {
      // The last one may as well have been cut short by a crash, before anybody was answered.
      const damaged = open()
      assert.deepEqual(sequences(damaged), [1, 2])
      damaged.close(false)
    }
    // What the database holds need not be read.
    openLogFiles(paths, 'watchword.db', 3).close(false)
  }
})

test('frames that are missing between the database and the files are not passed over', async (t) => {
  const paths = pathsIn(t)
  const files = openLogFiles(paths, 'watchword.db', 0)
  await writeAll(files, 1, ['a', 'b', 'c'], 0)
  files.close(false)
  const older = openLogFiles(paths, 'watchword.db', 3)
  await writeAll(older, 4, [big], 3)
  older.close(false)
  assert.throws(
    () => openLogFiles(paths, 'watchword.db', 2),
    (error) => {
      assert.ok(error instanceof StoreCorrupt)
      assert.match(error.message, /entries are missing.*from one backup/)
      return true
    },
  )
})

test('a frame that could not be written is reported', async (t) => {
  const full = '/dev/full'
  if (!existsSync(full)) return t.skip(`no ${full} here`)
  const [path] = pathsIn(t)
  const files = openLogFiles([full, path], 'watchword.db', 0)
  await assert.rejects(writeAll(files, 1, ['a'], 0), { code: 'ENOSPC' })
  await assert.rejects(writeAll(files, 1, ['b'], 0), { code: 'ENOSPC' })
  files.close(false)
})

test('of a frame that was refused but arrived, and was written again to the other file, that one counts', (t) => {
  const paths = pathsIn(t)
  const frames = (first: number, texts: readonly string[]): Buffer => {
    const none = Buffer.alloc(0)
    return Buffer.concat(texts.map((text, at) => writeFrame(none, { sequence: first + at, text })))
  }
  writeFileSync(paths[0], frames(3, ['third', 'fourth', 'refused']))
  writeFileSync(paths[1], frames(5, ['written', 'next']))
  const { unfolded, close } = openLogFiles(paths, 'watchword.db', 3)
  assert.deepEqual(
    unfolded.map((frame) => `${frame.sequence} ${textOf(frame)}`),
    ['4 fourth', '5 written', '6 next'],
  )
  close(true)
})

test('a file that cannot be removed is left', async (t) => {
  const paths = pathsIn(t)
  const files = openLogFiles(paths, 'watchword.db', 0)
  rmSync(paths[0])
  mkdirSync(paths[0])
  files.close(true)
  assert.ok(existsSync(paths[0]))
})

test('the files are their owner’s alone', (t) => {
  const paths = pathsIn(t)
  openLogFiles(paths, 'watchword.db', 0).close(false)
  for (const path of paths) assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('what a flood left in a file is looked through in no time', (t) => {
  const paths = pathsIn(t)
  const text = `["audit","1",1,"1",[],2000]\n${'x'.repeat(2000)}\n`
  const old = Array.from({ length: 5000 }, (_, n) =>
    Buffer.from(writeFrame(Buffer.alloc(0), { sequence: 1001 + n, text })),
  )
  // The newest was written over the beginning, where it leaves the second in two.
  const newest = writeFrame(Buffer.alloc(0), { sequence: 7001, text: `${text}, and more` })
  const bytes = Buffer.concat(old)
  newest.copy(bytes)
  writeFileSync(paths[0], bytes)
  const started = performance.now()
  const files = openLogFiles(paths, 'watchword.db', 7000)
  assert.ok(performance.now() - started < 1000)
  assert.deepEqual(sequences(files), [7001])
  files.close(false)
})
