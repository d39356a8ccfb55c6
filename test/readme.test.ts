import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startService } from './running-service.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** Each step of the walk: its commands, and what the README says they print. */
const steps = [
  ...readme.matchAll(/<!-- walk -->\n```sh\n([\s\S]*?)```\n```text\n([\s\S]*?)```/g),
].map(([, commands = '', shown = '']) => ({ commands, shown }))

/** What differs from run to run. */
const masked = (text: string): string =>
  text
    .replaceAll(/\b\d{12}\b/g, 'ACCOUNT')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replaceAll(/^npm (warn|notice) .*\n/gm, '')
    .trimEnd()

test('the walk through the README prints what the README shows', async (t) => {
  if (spawnSync('aws', ['--version']).status !== 0) {
    t.skip('SKIPPED: the AWS CLI is not on this machine, so the README was not walked through')
    return
  }
  await using service = await startService()
  const folder = mkdtempSync(join(tmpdir(), 'watchword-readme-'))
  try {
    // In place of `npx watchword`, which finds the package's own command in a clone only.
    writeFileSync(
      join(folder, 'watchword'),
      `#!/bin/sh\nexec "${process.execPath}" "${root}/dist/cli/main.js" "$@"\n`,
      { mode: 0o755 },
    )
    const mark = '=== next step ==='
    const commands = steps
      .map((step) => step.commands.replaceAll('npx watchword', './watchword'))
      .join(`\necho '${mark}'\n`)
    const run = spawnSync('bash', ['-c', `exec 2>&1\n${commands}`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...service.environment },
    })
    const left = readdirSync(folder)
    // A clone in which the README was followed must still pass its own tests.
    assert.deepEqual(left, ['watchword'])
    const printed = run.stdout.split(`${mark}\n`)
    assert.equal(steps.length, 4)
    steps.forEach(({ shown }, index) => {
      assert.equal(masked(printed[index] ?? ''), masked(shown))
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the code that the README shows runs as it stands', () => {
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  assert.equal(blocks.length, 3)
  for (const code of blocks) {
    const local = code
      .replace("'watchword/testing'", `'${root}/src/testing.ts'`)
      .replace("'watchword/policy'", `'${root}/src/policy/index.ts'`)
      .replace("'watchword/sigv4'", `'${root}/src/sigv4/index.ts'`)
    const run = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', local], {
      cwd: root,
      encoding: 'utf8',
    })
    assert.equal(run.status, 0, run.stderr)
    // `console.log(value) // what it prints`, where the comment begins with the value.
    const promised = [...code.matchAll(/^console\.log\(.*\) \/\/ ([\w:/]+)(?:$|;)/gm)]
    for (const [, value = ''] of promised) assert.ok(run.stdout.includes(value), run.stdout)
  }
})
