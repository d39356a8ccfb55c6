import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'

const source = join(import.meta.dirname, '..', 'src', 'policy')

async function bundled(entry: string): Promise<{ code: string; outside: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(source, entry)],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'policy',
    write: false,
    metafile: true,
  })
  const outside = Object.keys(metafile.inputs).filter((file) => !file.startsWith('src/policy/'))
  return { code: outputFiles[0]?.text ?? '', outside }
}

const use = `
  const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}'
  const request = {
    principal: { type: 'user', account: '111122223333', arn: 'arn:aws:iam::111122223333:user/a', id: 'AIDA1' },
    action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: new Map(),
  }
  const sources = { identity: [{ name: 'p', policy: policy.parsePolicy(text, 'identity') }] }
  const asked = (action) => policy.decide({ ...request, action }, sources).effect
  asked('s3:GetObject') + ' ' + asked('s3:PutObject')
`

test('the library works in a browser bundle, without a module of Node or any global of one', async () => {
  const { code, outside } = await bundled('index.ts')
  assert.deepEqual(outside, [])
  const context = createContext({})
  runInContext(code, context)
  assert.equal(runInContext(use, context), 'allow implicit-deny')
  assert.equal(runInContext(`policy.lintPolicy('{', 'identity').length`, context), 1)
  const typo = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObjct","Resource":"*"}}`
  assert.ok(runInContext(`policy.lintPolicy('${typo}', 'identity').length`, context))
})

test('the engine without the linter carries no service data', async () => {
  const { code } = await bundled('engine.ts')
  assert.ok(code.length < 150_000, `${code.length} characters`)
})
