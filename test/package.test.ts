import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')

/** As a strict user of TypeScript sees the package: its declarations are checked too, with nothing but what it brings. */
function checkTypes(folder: string): void {
  const use = `
    import { openLog, offsetClock, type Runtime, readConfig, startWatchword, systemClock, systemRandom } from 'watchword'
    import { decide, explain, lintPolicy, parsePolicy, type PolicyKind, policyKinds } from 'watchword/policy'
    import { createSigningKeyCache, signRequest, verify } from 'watchword/sigv4'
    import { startWatchword as startTestService, type TestService } from 'watchword/testing'
    const { logger, flush } = openLog('silent', 2)
    export const runtime: Runtime = { clock: offsetClock(systemClock), random: systemRandom, log: logger }
    export const service = startWatchword(readConfig({ memory: true }, process.env), runtime)
    export const test: Promise<TestService> = startTestService({ port: undefined })
    export const kind: PolicyKind | undefined = policyKinds[0]
    export const used = [flush, decide, explain, lintPolicy, parsePolicy, createSigningKeyCache, signRequest, verify]
  `
  const options = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ module: 'nodenext', target: 'es2024', noEmit: true, skipLibCheck: false },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] },
  }
  writeFileSync(join(folder, 'use.ts'), use)
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['use.ts'] }),
  )
  const tsc = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', folder], {
    encoding: 'utf8',
  })
  assert.equal(tsc.stdout, '')
  assert.equal(tsc.status, 0)
}

test('the packed package installs into an empty project, where every subpath loads, has its types and the command runs', () => {
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
    checkTypes(folder)
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
