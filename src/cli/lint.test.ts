import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand } from './service.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'watchword-lint-'))
after(() => rmSync(folder, { recursive: true }))

function file(name: string, ...Statement: object[]): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify({ Version: '2012-10-17', Statement }))
  return path
}
const sound = file('sound.json', {
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::bucket/*',
})
const idle = file('idle.json', {
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { DateLessThan: { 'aws:TokeIssueTime': '2021-05-21T02:24:21.3702' } },
})
const lint = (...words: string[]) => runCommand({}, ['lint', ...words])

test('a sound policy is status 0', async () => {
  assert.deepEqual(await lint(sound), { output: '1 file, nothing found\n', status: 0 })
})

test('a revocation that revokes nothing is status 1, with its place', async () => {
  const { output, status } = await lint(sound, idle)
  assert.equal(status, 1)
  assert.match(output, /idle\.json:1:\d+ error [a-z-]+: .*aws:TokenIssueTime/)
})

test('JSON and SARIF carry the same findings', async () => {
  const json = JSON.parse((await lint(idle, '--json')).output)
  assert.equal(json[0].file, idle)
  const sarif = JSON.parse((await lint(idle, '--sarif')).output)
  assert.equal(sarif.version, '2.1.0')
  assert.equal(sarif.runs[0].tool.driver.version, '1.2.3')
  assert.deepEqual(
    sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId),
    json[0].findings.map(({ code }: { code: string }) => code),
  )
})

test('the kind decides what is a fault', async () => {
  const trust = file('trust.json', {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/ada' },
    Action: 'sts:AssumeRole',
  })
  assert.equal((await lint(trust, '--kind', 'trust')).status, 0)
  assert.equal((await lint(trust)).status, 1)
})

test('wrong use and unreadable files are status 2', async () => {
  assert.equal((await lint()).status, 2)
  assert.equal((await lint(sound, '--kind', 'nonsense')).status, 2)
  assert.equal((await lint(sound, '--json', '--sarif')).status, 2)
  const missing = await lint(join(folder, 'missing.json'))
  assert.equal(missing.status, 2)
  assert.match(missing.output, /missing\.json cannot be read \(ENOENT\)\.$/)
})
