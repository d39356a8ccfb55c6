import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startWatchword, type TestServiceOptions } from './testing.ts'

test('a test service on data that is there already has the account and the root key of the data', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'watchword-testing-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  const first = await startWatchword({ data, account: '111122223333' })
  await first.stop()
  await using again = await startWatchword({ data })
  assert.equal(again.account, '111122223333')
  assert.deepEqual(again.rootKey, first.rootKey)
})

test('options that do not fit are refused by name', async () => {
  const refused = async (options: TestServiceOptions, message: RegExp): Promise<void> =>
    assert.rejects(startWatchword(options), { name: 'ConfigError', message })
  await refused({ now: 'tomorrow' }, /^now is "tomorrow": give a time in ISO 8601/)
  await refused({ account: '12' }, /^--account is "12"/)
})

test('a service whose data has no root key is stopped before its caller is told', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'watchword-testing-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  await (await startWatchword({ data })).stop()
  rmSync(join(data, 'root-key.json'))
  const start = (): Promise<unknown> => startWatchword({ data })
  await assert.rejects(start, /has no root key file/)
  // Of a service that went on the second start would say that the directory is in use.
  await assert.rejects(start, /has no root key file/)
})
