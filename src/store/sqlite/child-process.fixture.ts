import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const writer = fileURLToPath(new URL('./acknowledging-writer.fixture.ts', import.meta.url))

/** Lets a process write to a store until it has said so many lines, kills it, and gives all that it said. */
export async function linesUntilKilled(directory: string, lineCount: number): Promise<string[]> {
  const lines: string[] = []
  const child = spawn(process.execPath, [writer, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = createInterface({ input: child.stdout })
  const ended = once(output, 'close')
  output.on('line', (line) => {
    lines.push(line)
    if (lines.length === lineCount) child.kill('SIGKILL')
  })
  await ended
  return lines
}

/** A process that holds a store open, once it has said so. */
export async function holdingProcess(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [writer, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}
