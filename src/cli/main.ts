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
  process.stderr.write(`watchword: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
