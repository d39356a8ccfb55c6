import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Flags, readConfig } from './config/read-config.ts'
import { offsetClock, systemClock } from './primitives/clock.ts'
import { systemRandom } from './primitives/random.ts'
import { makeLogger } from './server/log.ts'
import { type RunningWatchword, startWatchword } from './watchword.ts'

function newDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'watchword-start-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Starts a service on a directory, and stops it; gives what it said. */
async function start(
  data: string,
  flags: Flags = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly service: RunningWatchword; readonly said: string }> {
  let said = ''
  const log = makeLogger('warn', {
    write(line: string) {
      said += line
    },
  })
  const config = readConfig({ port: '0', data, ...flags }, environment)
  const runtime = { clock: offsetClock(systemClock), random: systemRandom, log }
  const service = await startWatchword(config, runtime)
  await service.stop()
  return { service, said }
}

const keyring = (): string => randomBytes(32).toString('base64')

test('data that another keyring sealed is refused at the start, and not at each request', async (t) => {
  const [own, other] = [newDirectory(t), newDirectory(t)]
  await start(own)
  await start(other)
  copyFileSync(join(other, 'keyring.json'), join(own, 'keyring.json'))
  const message = `The keyring in ${join(own, 'keyring.json')} is not the one that sealed this data`
  await assert.rejects(start(own), (error: Error) => {
    assert.equal(error.name, 'KeyringError')
    assert.ok(error.message.startsWith(message), error.message)
    return true
  })
})

test('a keyring in the environment must hold the key of the first start, wherever it stands', async (t) => {
  const data = newDirectory(t)
  const [first, second] = [keyring(), keyring()]
  await start(data, {}, { WATCHWORD_KEYRING: first })
  await start(data, {}, { WATCHWORD_KEYRING: `${first},${second}` })
  await assert.rejects(start(data, {}, { WATCHWORD_KEYRING: second }), {
    name: 'KeyringError',
    message: /^The keyring in WATCHWORD_KEYRING is not the one that sealed this data/,
  })
})

test('an empty database beside the root key of an account is refused, and the key is kept', async (t) => {
  const data = newDirectory(t)
  const { service } = await start(data)
  const rootKey = readFileSync(join(data, 'root-key.json'), 'utf8')
  rmSync(join(data, 'watchword.db'))
  await assert.rejects(start(data), {
    name: 'StoreCorrupt',
    message: new RegExp(
      `watchword\\.db cannot be used: it is empty, .* account ${service.firstStart?.id}\\. Restore`,
    ),
  })
  assert.equal(readFileSync(join(data, 'root-key.json'), 'utf8'), rootKey)
  rmSync(join(data, 'root-key.json'))
  assert.ok((await start(data)).service.firstStart)
})

test('settings that only count at the first start are told when they differ later', async (t) => {
  const data = newDirectory(t)
  const root = {
    WATCHWORD_ROOT_ACCESS_KEY_ID: 'root',
    WATCHWORD_ROOT_SECRET_ACCESS_KEY: 'secret-of-root',
  }
  await start(data, { account: '111122223333' }, root)
  assert.equal((await start(data)).said, '')
  assert.equal((await start(data, { account: '111122223333' }, root)).said, '')
  const { said } = await start(
    data,
    { account: '444455556666' },
    { ...root, WATCHWORD_ROOT_SECRET_ACCESS_KEY: 'another-secret' },
  )
  assert.match(said, /"the data is of account 111122223333: another account id counts at the first/)
  assert.match(said, /"the root key that was given is not one of account 111122223333/)
  assert.doesNotMatch(said, /secret/)
  const other = { ...root, WATCHWORD_ROOT_ACCESS_KEY_ID: 'other' }
  assert.match((await start(data, {}, other)).said, /^.*"the root key that was given is not one/)
})

test('a stopped service has written the line of every request it answered', async () => {
  const lines: string[] = []
  const log = makeLogger('info', { write: (line: string) => void lines.push(line) })
  const config = readConfig({ port: '0', memory: true }, {})
  const runtime = { clock: offsetClock(systemClock), random: systemRandom, log }
  const service = await startWatchword(config, runtime)
  const answer = await fetch(`${service.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`)
  await answer.text()
  await service.stop()
  const id = `"requestId":"${answer.headers.get('x-amzn-requestid')}"`
  assert.equal(lines.filter((line) => line.includes(id)).length, 1)
})
