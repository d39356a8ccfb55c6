#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import nodeModule from 'node:module'

/** Also told by package.json, which a command does not read before it runs. */
const oldestNode = 24
const { node } = process.versions

if (Number.parseInt(node, 10) < oldestNode) {
  process.stderr.write(
    `watchword: This is Node.js ${node}; Watchword needs ${oldestNode} or newer.\n`,
  )
  process.exit(1)
}

// The reader of a pipe may go early (`watchword help | head -1`): what is left is for nobody, and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

// Compiled code is kept between starts: the service answers sooner.
nodeModule.enableCompileCache()

const [{ program }, { commandContext }, { processEnvironment }] = await Promise.all([
  import('./program.ts'),
  import('./command-context.ts'),
  import('../config/environment.ts'),
])

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

try {
  await program(version, commandContext(processEnvironment(), process)).parseAsync()
} catch (error) {
  // What went wrong, for people: the classes of expected failures carry a message that says what to do.
  const { message, exitStatus } = asFailure(error)
  if (message !== '') process.stderr.write(`watchword: ${message}\n`)
  process.exitCode = exitStatus
}

function asFailure(error: unknown): { message: string; exitStatus: number } {
  if (!(error instanceof Error)) return { message: String(error), exitStatus: 1 }
  const status = 'exitStatus' in error ? error.exitStatus : undefined
  return { message: error.message, exitStatus: typeof status === 'number' ? status : 1 }
}
