import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')

test('the packed package installs into an empty project, where every subpath loads and the command runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchword-package-'))
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` }
  const run = (command: string, args: readonly string[], cwd = folder): string =>
    execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    const packed = run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      root,
    )
    const listed: unknown = JSON.parse(packed)
    const [entry] = (Array.isArray(listed) ? listed : Object.values(listed as object)) as {
      filename: string
      files: { path: string }[]
    }[]
    assert.ok(entry)
    const stray = entry.files.filter(({ path }) => /\.(test|fixture|contract)\./.test(path))
    assert.deepEqual(stray, [])
    writeFileSync(join(folder, 'package.json'), '{"name":"empty","type":"module","private":true}')
    run('npm', ['install', '--no-audit', '--no-fund', `./${entry.filename}`])
    const imports = `
      import { startWatchword as service } from 'watchword'
      import { decide, parsePolicy } from 'watchword/policy'
      import { signRequest, verify } from 'watchword/sigv4'
      import { startWatchword } from 'watchword/testing'
      const ww = await startWatchword()
      const health = await fetch(ww.endpoint + '/_watchword/health')
      await ww.stop()
      console.log([service, decide, parsePolicy, signRequest, verify].map((f) => typeof f).join(), health.status)
    `
    const printed = run(process.execPath, ['--input-type=module', '-e', imports])
    assert.equal(printed.trim(), 'function,function,function,function,function 200')
    assert.match(
      run(join(folder, 'node_modules', '.bin', 'watchword'), ['--help']),
      /Usage: watchword/,
    )
    const data = join(folder, 'data')
    const made = run(join(folder, 'node_modules', '.bin', 'watchword'), [
      'init',
      '--json',
      '--data',
      data,
    ])
    assert.match((JSON.parse(made) as { accessKeyId: string }).accessKeyId, /^AKIA/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
