import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { lineWriter } from './line-writer.ts'

const line = `${'x'.repeat(4_000)}\n`

/** The file stays open: a writer that tries again after its test must not meet another test's file. */
function writerTo(path: string, flags: string | number) {
  const fileDescriptor = openSync(path, flags)
  const lossLine = (lost: number): string => `lost ${lost}\n`
  return {
    fileDescriptor,
    ...lineWriter({ fileDescriptor, heldCharacters: 200_000, lossLine }),
  }
}

function directoryOf(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'watchword-lines-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

test('every line is written once and in order, also what waits at the end', async (t) => {
  const path = join(directoryOf(t), 'log')
  const { write, flush } = writerTo(path, 'w')
  const lines = Array.from({ length: 100 }, (_, n) => `${n} ${'é'.repeat(1_000)}\n`)
  for (const one of lines) {
    write(one)
    await new Promise(setImmediate)
  }
  let read = ''
  while (read.length < 60_000) read = await readFile(path, 'utf8')
  flush()
  assert.equal(readFileSync(path, 'utf8'), lines.join(''))
})

test('a burst of lines of all lengths and alphabets is written whole', async (t) => {
  const path = join(directoryOf(t), 'log')
  const { write, flush } = writerTo(path, 'w')
  const lines = Array.from({ length: 60 }, (_, n) => `${n} ${'€'.repeat((n * 397) % 5_000)}\n`)
  lines.splice(7, 0, `${'x'.repeat(70_000)}\n`)
  for (const one of lines.slice(0, 30)) write(one)
  while (readFileSync(path, 'utf8').length < 100_000) await new Promise(setImmediate)
  for (const one of lines.slice(30)) write(one)
  while (readFileSync(path, 'utf8').length < 120_000) await new Promise(setImmediate)
  flush()
  assert.equal(readFileSync(path, 'utf8'), lines.join(''))
})

test('a file that takes no more ends nothing, and the end of the process does not wait for it', async (t) => {
  if (!existsSync('/dev/full')) return t.skip('there is no /dev/full here')
  const { write, flush } = writerTo('/dev/full', 'w')
  for (let n = 0; n < 200; n++) {
    write(line)
    // Failed writes come back from the same threads.
    await readFile('/dev/null')
  }
  flush()
})

test('lines that a reader does not take are lost beyond a bound, and counted when it reads again', async (t) => {
  const pipe = join(directoryOf(t), 'pipe')
  try {
    execFileSync('mkfifo', [pipe])
  } catch {
    return t.skip('there are no named pipes here')
  }
  const { write, fileDescriptor } = writerTo(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  for (let n = 0; n < 1_000; n++) write(line)
  const chunk = Buffer.alloc(65_536)
  let text = ''
  while (!text.includes('lost')) {
    try {
      text += chunk.toString('latin1', 0, readSync(fileDescriptor, chunk))
    } catch {
      // Empty: more comes when the writer has tried again.
      await readFile('/dev/null')
    }
  }
  const kept = text.match(/x\n/g)?.length ?? 0
  assert.ok(kept < 100, `${kept} lines were kept`)
  assert.equal(kept + Number(/lost (\d+)/.exec(text)?.[1]), 1_000)
})
