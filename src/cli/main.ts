#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

// Compiled code is kept between starts: the service answers sooner.
enableCompileCache()

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
