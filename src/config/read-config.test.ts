import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { ConfigError } from './config-error.ts'
import { readConfig } from './read-config.ts'
import { settings } from './settings.ts'

const key32 = Buffer.alloc(32, 7).toString('base64')

function problemsOf(
  flags: Parameters<typeof readConfig>[0],
  environment: Parameters<typeof readConfig>[1] = {},
): readonly string[] {
  try {
    readConfig(flags, environment)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
  return []
}

test('with nothing given the service listens on loopback and keeps state on disk', () => {
  assert.deepEqual(readConfig({}, {}), {
    port: 7878,
    host: '127.0.0.1',
    storage: { kind: 'disk', directory: './watchword-data' },
    account: undefined,
    dev: false,
    tls: undefined,
    regions: undefined,
    logLevel: 'info',
    maxBodyBytes: 1_048_576,
    rootKey: undefined,
    masterKeys: undefined,
  })
})

test('each setting can be given by flag or by environment, and the flag wins', () => {
  assert.equal(readConfig({}, { WATCHWORD_PORT: '0' }).port, 0)
  assert.equal(readConfig({ port: '9000' }, { WATCHWORD_PORT: '1' }).port, 9000)
  assert.deepEqual(readConfig({ memory: true }, {}).storage, { kind: 'memory' })
  assert.deepEqual(readConfig({}, { WATCHWORD_MEMORY: '1' }).storage, { kind: 'memory' })
  assert.equal(readConfig({ dev: false }, { WATCHWORD_DEV: 'true' }).dev, false)
  const config = readConfig(
    { data: '/var/lib/watchword', logLevel: 'warn', maxBodyBytes: '2000000' },
    {
      WATCHWORD_REGIONS: 'us-east-1, eu-central-1,us-east-1',
      WATCHWORD_ACCOUNT: '111122223333',
      WATCHWORD_HOST: '::',
      WATCHWORD_TLS_CERT: 'c.pem',
      WATCHWORD_TLS_KEY: 'k.pem',
    },
  )
  assert.deepEqual(config.storage, { kind: 'disk', directory: '/var/lib/watchword' })
  assert.deepEqual(config.regions, ['us-east-1', 'eu-central-1'])
  assert.deepEqual(config.tls, { certFile: 'c.pem', keyFile: 'k.pem' })
  assert.equal(config.account, '111122223333')
  assert.equal(config.logLevel, 'warn')
  assert.equal(config.maxBodyBytes, 2_000_000)
})

test('development mode has a known account and refuses to listen beyond loopback', () => {
  assert.equal(readConfig({ dev: true }, {}).account, '123456789012')
  assert.equal(readConfig({ dev: true, account: '111122223333' }, {}).account, '111122223333')
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', '0:0:0:0:0:0:0:1', 'localhost'])
    assert.equal(readConfig({ dev: true, host }, {}).host, host)
  for (const host of [
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '::ffff:127.0.0.1',
    '::11',
    '1::1',
    'localhost.example',
  ])
    assert.match(problemsOf({ dev: true, host })[0] ?? '', /loopback only/, host)
})

test('a value that does not fit is refused by name, with the value and with what is right', () => {
  assert.deepEqual(problemsOf({ port: '70000' }), [
    '--port is "70000": give a whole number from 0 to 65535.',
  ])
  assert.deepEqual(problemsOf({}, { WATCHWORD_ACCOUNT: '12345' }), [
    'WATCHWORD_ACCOUNT is "12345": give an account id: 12 digits.',
  ])
  for (const port of ['-1', '1.5', ' 1', '0x10', '1e3', 'true', '７８'])
    assert.match(problemsOf({ port })[0] ?? '', /whole number/, port)
  for (const host of ['1.2.3', '1.2.3.4.5', 'a b', 'http://x', 'host:80', '-a', '256.1.1.1'])
    assert.match(problemsOf({ host })[0] ?? '', /IP address or a host name/, host)
  for (const regions of [',', 'us-east-1,', 'US-EAST-1', 'us/east'])
    assert.match(problemsOf({ regions })[0] ?? '', /region names/, regions)
  assert.match(problemsOf({ logLevel: 'loud' })[0] ?? '', /one of silent, fatal/)
  assert.match(problemsOf({}, { WATCHWORD_DEV: 'yes' })[0] ?? '', /true or false/)
  assert.match(problemsOf({ maxBodyBytes: '0' })[0] ?? '', /from 1 to/)
})

test('a setting that is set but empty is refused: it would silently mean its default', () => {
  for (const { environment } of Object.values(settings))
    assert.deepEqual(problemsOf({}, { [environment]: '' }), [
      `${environment} is empty: give a value or leave it out.`,
    ])
})

test('an unknown setting is refused with the name that was meant', () => {
  assert.deepEqual(problemsOf({}, { WATCHWORD_PROT: '1' }), [
    'WATCHWORD_PROT is not a setting; did you mean WATCHWORD_PORT?',
  ])
  assert.deepEqual(problemsOf({}, { watchword_port: '1' }), [
    'watchword_port is not a setting; did you mean WATCHWORD_PORT?',
  ])
  assert.deepEqual(problemsOf({ tlsCrt: 'x' }), [
    '--tls-crt is not a setting; did you mean --tls-cert?',
  ])
  assert.deepEqual(problemsOf({}, { WATCHWORD_BANANA_SPLIT: '1' }), [
    'WATCHWORD_BANANA_SPLIT is not a setting.',
  ])
  assert.deepEqual(problemsOf({}, { PORT: '1', AWS_REGION: 'x', WATCHWORDS: 'x' }), [])
})

test('a secret cannot be given by flag', () => {
  assert.equal(problemsOf({ rootSecretAccessKey: 'x' }).length, 1)
  assert.equal(problemsOf({ keyring: key32 }).length, 1)
})

test('variables that Kubernetes makes for a service named watchword are not settings', () => {
  const config = readConfig(
    {},
    {
      WATCHWORD_SERVICE_HOST: '10.0.0.1',
      WATCHWORD_SERVICE_PORT: '7878',
      WATCHWORD_SERVICE_PORT_HTTP: '7878',
      WATCHWORD_PORT: 'tcp://10.0.0.1:7878',
      WATCHWORD_PORT_7878_TCP: 'tcp://10.0.0.1:7878',
      WATCHWORD_PORT_7878_TCP_ADDR: '10.0.0.1',
    },
  )
  assert.equal(config.port, 7878)
})

test('every problem is told at once', () => {
  const problems = problemsOf({ port: 'x', bogus: 'y' }, { WATCHWORD_ACCOUNT: 'z' })
  assert.equal(problems.length, 3)
})

test('settings that need each other are refused alone', () => {
  assert.match(problemsOf({ tlsCert: 'c' })[0] ?? '', /without --tls-key \(WATCHWORD_TLS_KEY\)/)
  assert.match(problemsOf({ tlsKey: 'k' })[0] ?? '', /without --tls-cert/)
  const id = { WATCHWORD_ROOT_ACCESS_KEY_ID: 'test' }
  const secret = { WATCHWORD_ROOT_SECRET_ACCESS_KEY: 'test' }
  assert.match(problemsOf({}, id)[0] ?? '', /without WATCHWORD_ROOT_SECRET_ACCESS_KEY/)
  assert.match(problemsOf({}, secret)[0] ?? '', /without WATCHWORD_ROOT_ACCESS_KEY_ID/)
  assert.deepEqual(readConfig({}, { ...id, ...secret }).rootKey, {
    accessKeyId: 'test',
    secretAccessKey: 'test',
  })
  assert.match(problemsOf({ memory: true, data: 'd' })[0] ?? '', /give one of them/)
})

test('an access key id must fit a credential scope', () => {
  for (const id of ['a/b', 'a,b', 'a b', 'a%b', 'ä', 'a'.repeat(129)])
    assert.match(
      problemsOf(
        {},
        { WATCHWORD_ROOT_ACCESS_KEY_ID: id, WATCHWORD_ROOT_SECRET_ACCESS_KEY: 'test' },
      )[0] ?? '',
      /^WATCHWORD_ROOT_ACCESS_KEY_ID is /,
      id,
    )
})

test('no secret is ever part of an error', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6 }), (tail) => {
      const secret = `s3cr3t${tail}`
      const environment = {
        WATCHWORD_ROOT_ACCESS_KEY_ID: 'bad/id',
        WATCHWORD_ROOT_SECRET_ACCESS_KEY: `${secret} `,
        WATCHWORD_KEYRING: secret,
      }
      const problems = problemsOf({}, environment)
      assert.equal(problems.length, 3)
      assert.ok(!problems.join('\n').includes('s3cr3t'))
    }),
  )
})

test('a keyring is read oldest first, and each key keeps its id wherever it stands', () => {
  const other = Buffer.alloc(32, 9).toString('base64')
  const read = (text: string) => readConfig({}, { WATCHWORD_KEYRING: text }).masterKeys ?? []
  const both = read(`${key32}, ${other.replace('=', '')}`)
  assert.deepEqual(
    both.map(({ secret }) => secret[0]),
    [7, 9],
  )
  assert.equal(read(other)[0]?.id, both[1]?.id)
  const json = JSON.stringify({ version: 1, keys: [{ id: 5, createdAt: 1, secret: key32 }] })
  assert.deepEqual(
    read(json).map(({ id, createdAt }) => [id, createdAt]),
    [[5, 1]],
  )
  for (const bad of [
    'x',
    `${key32},`,
    `${key32},${key32}`,
    Buffer.alloc(31).toString('base64'),
    `!${key32}`,
    '{}',
    '{"version":1,"keys":[]}',
  ])
    assert.match(problemsOf({}, { WATCHWORD_KEYRING: bad })[0] ?? '', /^WATCHWORD_KEYRING /, bad)
})

test('a configuration cannot be changed', () => {
  const config = readConfig({}, { WATCHWORD_REGIONS: 'us-east-1' })
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.storage))
  assert.ok(Object.isFrozen(config.regions))
})
