import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')

for (const script of ['generate-catalog.ts', 'generate-service-data.ts']) {
  test(`what ${script} writes is what is committed`, () => {
    const run = spawnSync(process.execPath, [join(root, 'scripts', script), '--check'], {
      cwd: root,
      encoding: 'utf8',
    })
    assert.equal(run.status, 0, run.stderr)
  })
}
