import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs', 'policy-library.md'), 'utf8')
const library = pathToFileURL(join(root, 'src', 'policy', 'index.ts')).href

/** Each use: its code, and what the page says it prints. */
const uses = [
  ...page.matchAll(/## (\w+)\n[^#]*?```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g),
].map(([, name = '', code = '', shown = '']) => ({ name, code, shown }))

test('the page on the library shows its three uses', () => {
  assert.deepEqual(
    uses.map(({ name }) => name),
    ['Decide', 'Explain', 'Lint'],
  )
})

for (const { name, code, shown } of uses) {
  test(`the example of ${name} prints what the page shows`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'watchword-library-'))
    try {
      const file = join(folder, 'use.ts')
      writeFileSync(file, code.replace("'watchword/policy'", JSON.stringify(library)))
      const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
      assert.equal(stderr, '')
      assert.equal(stdout, shown)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
