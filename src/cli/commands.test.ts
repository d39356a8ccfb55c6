import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startWatchword } from '../testing.ts'
import { runCommand, serviceFixture } from './service.fixture.ts'

const fixture = await serviceFixture()
after(() => fixture[Symbol.asyncDispose]())
const { run, call, rootKey, service } = fixture

test('input that an operation of the service does not take is told by name, on one line', async () => {
  assert.deepEqual(await run('account', 'create', '--id', '12'), {
    output: 'ValidationError: Id must be twelve digits.',
    status: 1,
  })
  for (const name of ['', 'two\nlines', 'x'.repeat(129)]) {
    const { output } = await run('account', 'create', '--name', name)
    const right = 'must have 1 to 128 characters, none of them a control character'
    assert.equal(output, `ValidationError: Name ${right}.`)
  }
  const root = `arn:aws:iam::${service.account}:root`
  const { output } = await run('simulate', '--principal', root, '--action', 'ListUsers')
  assert.equal(output, 'ValidationError: Action must be service:Name.')
})

test('root is allowed without a policy, and simulate says so', async () => {
  const root = `arn:aws:iam::${service.account}:root`
  const { output } = await run('simulate', '--principal', root, '--action', 'iam:ListUsers')
  assert.match(output, /^ALLOWED\n[\s\S]*\nthe root user needs no policy for what none denies\n$/)
})

test('env finds the root key where serve keeps it, by flag or WATCHWORD_DATA', async () => {
  const data = mkdtempSync(join(tmpdir(), 'watchword-data-'))
  try {
    const kept = await startWatchword({ data })
    await kept.stop()
    const key = `export AWS_ACCESS_KEY_ID=${kept.rootKey.accessKeyId}\n`
    const byVariable = await runCommand({ WATCHWORD_DATA: data }, ['env'])
    assert.ok(byVariable.output.includes(key), byVariable.output)
    const byFlag = await runCommand({ WATCHWORD_DATA: '/nowhere' }, ['env', '--data', data])
    assert.ok(byFlag.output.includes(key), byFlag.output)
    assert.match(byFlag.output, /\nunset AWS_SESSION_TOKEN\n$/)
    writeFileSync(join(data, 'root-key.json'), '{"account": "1')
    const broken = await runCommand({ WATCHWORD_DATA: data }, ['env'])
    assert.match(broken.output, /^\S*root-key\.json is no root key\. Restore the file/)
    rmSync(join(data, 'root-key.json'))
    mkdirSync(join(data, 'root-key.json'))
    const unreadable = await runCommand({ WATCHWORD_DATA: data }, ['env'])
    assert.match(unreadable.output, /^The root key in \S*root-key\.json cannot be read \(EISDIR\)/)
    const neither = await runCommand({ WATCHWORD_DATA: '/nowhere' }, ['env'])
    assert.match(neither.output, /^There is no root key in \/nowhere\./)
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})

const deploy = async (): Promise<void> => {
  const trust = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } }
  const document = {
    Version: '2012-10-17',
    Statement: [{ ...trust, Action: 'sts:AssumeRole' }],
  }
  const role = { RoleName: 'deploy', Path: '/team/' }
  const AssumeRolePolicyDocument = JSON.stringify(document)
  await call('iam', rootKey, { Action: 'CreateRole', ...role, AssumeRolePolicyDocument })
}

test('revoke-sessions takes what a log shows of the role: its ARN, or that of a session', async () => {
  await deploy()
  const { account } = service
  for (const role of [
    `arn:aws:iam::${account}:role/team/deploy`,
    `arn:aws:sts::${account}:assumed-role/deploy/leaked`,
  ]) {
    const { output, status } = await run('revoke-sessions', '--role', role, '--json')
    assert.equal(status, 0, output)
    assert.equal(JSON.parse(output).role, 'deploy')
  }
})

test('revoke-sessions refuses an ARN that is no role of the account, and revokes nothing', async () => {
  for (const role of [
    'arn:aws:iam::999999999999:role/deploy',
    `arn:aws:iam::${service.account}:user/deploy`,
    `arn:aws:iam::${service.account}:role/`,
  ]) {
    const { output, status } = await run('revoke-sessions', '--role', role)
    assert.equal(status, 1)
    assert.equal(output, `--role ${role} is no role of account ${service.account}.`)
  }
})

test('a wrong flag is answered by what is wrong, not by pages of help', async () => {
  const main = join(import.meta.dirname, 'main.ts')
  for (const command of ['serve', 'init', 'env']) {
    const { status, stderr } = spawnSync(process.execPath, [main, command, '--prot', '1'], {
      encoding: 'utf8',
    })
    assert.equal(status, 1)
    assert.match(
      stderr,
      /^error: unknown option '--prot'\n[\s\S]*\(add --help for what can be given\)\n$/,
    )
    assert.ok(stderr.split('\n').length <= 4, stderr)
  }
})

test('the reader of a pipe that goes early is no failure', () => {
  const main = join(import.meta.dirname, 'main.ts')
  const piped = `set -o pipefail; "${process.execPath}" "${main}" lint --help | true`
  const { status, stderr } = spawnSync('bash', ['-c', piped], { encoding: 'utf8' })
  assert.equal(stderr, '')
  assert.equal(status, 0)
})

test('the help of init tells the settings of the account, and no flag that it always refuses', () => {
  const main = join(import.meta.dirname, 'main.ts')
  const { stdout } = spawnSync(process.execPath, [main, 'init', '--help'], { encoding: 'utf8' })
  assert.match(stdout, /WATCHWORD_ROOT_ACCESS_KEY_ID/)
  assert.doesNotMatch(stdout, /--memory/)
})

test('env says what an ARN of a role is to one who gave a name', async () => {
  assert.deepEqual(await run('env', '--role', 'deploy'), {
    output:
      "--role deploy is no ARN: give arn:aws:iam::ACCOUNT:role/deploy, with the account's id.",
    status: 1,
  })
})

test('a Node.js that is too old is told apart from a broken package', () => {
  const main = join(import.meta.dirname, 'main.ts')
  const old = "Object.defineProperty(process.versions, 'node', { value: '22.21.1' })"
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(old)}`, main, '--version'],
    { encoding: 'utf8' },
  )
  assert.equal(stderr, 'watchword: This is Node.js 22.21.1; Watchword needs 24 or newer.\n')
  assert.equal(status, 1)
})

test('a certificate that is not trusted is told apart from a service that does not answer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchword-tls-'))
  const cert = join(folder, 'cert.pem')
  const key = join(folder, 'key.pem')
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key]
  const subject = ['-subj', '/CN=localhost', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...made, '-out', cert, ...subject], { stdio: 'ignore' })
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) })
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    assert.deepEqual(await run('account', 'list', '--endpoint', endpoint), {
      output:
        `The certificate of ${endpoint} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). ` +
        'Name the file of its authority in NODE_EXTRA_CA_CERTS.',
      status: 1,
    })
  } finally {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a service under npm ends with the shell that npm ran it in', async () => {
  const main = join(import.meta.dirname, 'main.ts')
  const serve = `"${process.execPath}" "${main}" serve --memory --port 0 --log-level silent; true`
  const env = { npm_lifecycle_event: 'start' }
  const shell = spawn('sh', ['-c', serve], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  for await (const chunk of shell.stdout) {
    text += String(chunk)
    if (text.includes('listens on')) shell.kill('SIGTERM')
  }
  // Its output has ended, so it has.
  const endpoint = /listens on (\S+)/.exec(text)?.[1] ?? ''
  await assert.rejects(fetch(endpoint), TypeError)
})

test('a service that speaks no TLS is told as one, and how it is named', async () => {
  const endpoint = service.endpoint.replace('http:', 'https:')
  assert.deepEqual(await run('account', 'list', '--endpoint', endpoint), {
    output: `What answers at ${endpoint} does not speak TLS (EPROTO). Name it with http:// instead.`,
    status: 1,
  })
})
