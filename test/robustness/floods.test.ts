import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import { send } from '../wire/send.ts'
import { allow, type Parameters, trusting } from '../wire/wire-service.ts'
import {
  codeOf,
  dataDirectory,
  type ServiceProcess,
  signed,
  startProcess,
  tagOf,
} from './service-process.ts'

/** Clients that are too many, too slow, too large or mean harm: the service answers the others all the while. */
const megabyte = 1024 * 1024

/** Memory of the process now, where the system tells it. */
function residentMegabytes({ child }: ServiceProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

const socketTo = (service: ServiceProcess): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.endpoint)
    const socket = connect({ host: hostname, port: Number(port) }, () => resolve(socket))
    socket.on('error', reject)
  })

/** Everything that comes back on a socket until the other side closes it. */
const closed = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
  })

async function timed<T>(limitMilliseconds: number, work: Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work
  const milliseconds = performance.now() - startedAt
  assert.ok(milliseconds < limitMilliseconds, `took ${Math.round(milliseconds)} ms`)
  return result
}

const identity = (service: ServiceProcess) =>
  service.call(service.root, 'sts', 'GetCallerIdentity').then(codeOf)

test('a thousand connections at once are all answered', async (t) => {
  const service = await startProcess(t, dataDirectory(t))
  const codes = await timed(
    20_000,
    Promise.all(Array.from({ length: 1000 }, () => identity(service))),
  )
  assert.deepEqual(new Set(codes), new Set(['OK']))
  assert.ok(residentMegabytes(service) < 400)
})

test('a thousand clients that never finish their request do not hold up one that does', async (t) => {
  const service = await startProcess(t, dataDirectory(t))
  const slow = await Promise.all(Array.from({ length: 1000 }, () => socketTo(service)))
  for (const [n, socket] of slow.entries()) {
    socket.on('error', () => undefined)
    socket.write(
      n % 2 === 0
        ? 'POST / HTTP/1.1\r\nHost: x\r\nX-Slow: '
        : 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nAction=',
    )
  }
  for (let n = 0; n < 20; n++) assert.equal(await timed(1000, identity(service)), 'OK')
  assert.ok(residentMegabytes(service) < 400)
  for (const socket of slow) socket.destroy()
})

test('a body of ten megabytes is refused with 413 and a clean close, announced or not', async (t) => {
  const service = await startProcess(t, dataDirectory(t))
  const body = 'x'.repeat(10 * megabyte)
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'
  const ways = [
    `${head}Content-Length: ${body.length}\r\n\r\n${body}`,
    `${head}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  ]
  for (const request of ways) {
    const socket = await socketTo(service)
    const answer = closed(socket)
    socket.write(request)
    const text = await timed(5000, answer)
    assert.match(text, /^HTTP\/1\.1 413 /)
    assert.match(text, /<Code>RequestEntityTooLarge<\/Code>/)
    assert.match(text, /\r\nDate: /)
    assert.match(text, /\r\nConnection: close\r\n/i)
  }
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = await socketTo(service)
      const answer = closed(socket)
      socket.write(ways[0] ?? '')
      return answer
    }),
  )
  for (const text of answers) assert.match(text, /^HTTP\/1\.1 413 /)
  assert.ok(residentMegabytes(service) < 500, `${residentMegabytes(service)} MB`)
  assert.equal(await identity(service), 'OK')
  assert.equal(service.complaints(), '')
})

test('what is no HTTP is told so and the connection closed', async (t) => {
  const service = await startProcess(t, dataDirectory(t))
  const garbage = [
    'nonsense\r\n\r\n',
    '\u0000\u0001\u0002\u0003\r\n\r\n',
    'GET / HTTP/1.1\r\nHost x\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  ]
  for (const text of garbage) {
    const socket = await socketTo(service)
    const answer = closed(socket)
    socket.write(text)
    assert.match(await timed(5000, answer), /^HTTP\/1\.1 4\d\d /, text.slice(0, 40))
  }
  assert.equal(await identity(service), 'OK')
  assert.equal(service.complaints(), '')
})

test('bodies made to be slow to read are answered at once', async (t) => {
  const service = await startProcess(t, dataDirectory(t))
  const { root, endpoint } = service
  const begin = 'Action=TagUser&Version=2010-05-08&UserName=x'
  const many = (part: (n: number) => string, count: number): string =>
    Array.from({ length: count }, (_, n) => part(n)).join('&')
  const bodies = [
    `${begin}&${many((n) => `p${n}=`, 100_000)}`,
    `${begin}&${many(() => 'same=x', 140_000)}`,
    `${begin}${'&'.repeat(megabyte - 100)}`,
    `${begin}&x=${'%41'.repeat(340_000)}`,
    `${begin}&x=${'%'.repeat(megabyte - 100)}`,
    `${begin}&x=${'%ff'.repeat(340_000)}`,
    `${begin}&${'a.'.repeat(500_000)}=x`,
    `${begin}&Tags.member.1.${'Key.'.repeat(200_000)}=x`,
    `${begin}&${many((n) => `Tags.member.${n + 1}.Key=k`, 9000)}`,
    `${begin}&${many((n) => `Tags.member.${'0'.repeat(n)}1.Key=k`, 1000)}`,
    `${begin}&__proto__.x=1&constructor.prototype.y=1&Tags.__proto__.Key=x`,
    `Action=${'A'.repeat(megabyte - 100)}&Version=2010-05-08`,
  ]
  for (const body of bodies) {
    const answer = await timed(2000, send(endpoint, signed(endpoint, root, 'iam', body)))
    assert.match(
      codeOf(answer),
      /^(MalformedInput|ValidationError|InvalidAction|NoSuchEntity|RequestEntityTooLarge)$/,
      body.slice(0, 80),
    )
  }
  assert.ok(residentMegabytes(service) < 500, `${residentMegabytes(service)} MB`)
  assert.equal(await identity(service), 'OK')
  assert.equal(service.complaints(), '')
})

test('hostile policies are stored or refused at once, and are quick to decide by', async (t) => {
  const service = await startProcess(t, dataDirectory(t))
  const { root, call } = service
  await call(root, 'iam', 'CreateUser', { UserName: 'ada' })
  const made = await call(root, 'iam', 'CreateAccessKey', { UserName: 'ada' })
  const ada: Credentials = {
    accessKeyId: tagOf(made.body, 'AccessKeyId'),
    secretAccessKey: tagOf(made.body, 'SecretAccessKey'),
  }
  await call(root, 'iam', 'CreateRole', {
    RoleName: 'worker',
    AssumeRolePolicyDocument: JSON.stringify(trusting('arn:aws:iam::123456789012:user/ada')),
  })
  const put = (PolicyDocument: string): Promise<string> =>
    call(root, 'iam', 'PutRolePolicy', {
      RoleName: 'worker',
      PolicyName: 'p',
      PolicyDocument,
    }).then(codeOf)
  const where = (condition: object): string =>
    JSON.stringify(allow('*', '*', { Condition: condition }))
  const stars = (length: number): string => `${'*a'.repeat(length / 2 - 1)}*b`
  const statement = { Effect: 'Allow', Action: 's3:x', Resource: '*' }
  const many = (count: number): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: Array(count).fill(statement) })
  const documents = [
    '['.repeat(131_072),
    `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    `{"Version":"2012-10-17","Statement":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    `"${'\\u0041'.repeat(21_000)}"`,
    ' '.repeat(131_072),
    `{${' '.repeat(131_000)}}`,
    '"'.repeat(131_072),
    '9'.repeat(131_072),
    `{"Version":"2012-10-17","Statement":[${'{},'.repeat(40_000)}{}]}`,
    `{${'"a":1,'.repeat(20_000)}"a":1}`,
    many(2000),
    JSON.stringify(allow(`s3:${stars(10_000)}`)),
    JSON.stringify(allow('s3:x', `arn:aws:s3:::${stars(100_000)}`)),
    where({ StringLike: { 'aws:UserAgent': stars(130_000) } }),
    where({ StringLike: { 'aws:UserAgent': `\${${'a'.repeat(130_000)}` } }),
    where({ StringLike: { 'aws:UserAgent': '${'.repeat(65_000) } }),
    where({ NumericEquals: { k: `${'9'.repeat(100_000)}.${'9'.repeat(30_000)}` } }),
    where({ DateEquals: { k: '0'.repeat(130_000) } }),
    where({ IpAddress: { k: ':'.repeat(130_000) } }),
    where({ ArnLike: { k: `arn:aws:${'*:'.repeat(60_000)}` } }),
  ]
  for (const document of documents) {
    const code = await timed(2000, put(document))
    assert.match(
      code,
      /^(OK|MalformedPolicyDocument|LimitExceeded|ValidationError)$/,
      document.slice(0, 60),
    )
  }

  // What fits the quota is stored; then a request is made that is worst for it.
  const worst: readonly (readonly [document: string, headers: readonly string[]])[] = [
    [where({ StringLike: { 'aws:UserAgent': stars(1800) } }), ['User-Agent', 'a'.repeat(30_000)]],
    [
      where({ StringLike: { 'aws:UserAgent': [stars(900), `*${stars(800)}`] } }),
      ['User-Agent', `${'a'.repeat(30_000)}c`],
    ],
    [
      where({ StringLike: { 'aws:UserAgent': '?'.repeat(900) + '*'.repeat(800) } }),
      ['User-Agent', 'a'.repeat(30_000)],
    ],
    [JSON.stringify(allow('sts:*', `arn:aws:iam::*:role/${stars(1700)}`)), []],
    [
      where({ StringEqualsIgnoreCase: { 'aws:UserAgent': 'Σ'.repeat(800) } }),
      ['User-Agent', 'S'.repeat(30_000)],
    ],
    [where({ NumericEquals: { 'aws:UserAgent': '1' } }), ['User-Agent', `1e${'9'.repeat(20_000)}`]],
    [
      where({ DateLessThan: { 'aws:UserAgent': '2026-01-01' } }),
      ['User-Agent', '9'.repeat(30_000)],
    ],
    [where({ IpAddress: { 'aws:UserAgent': '10.0.0.0/8' } }), ['User-Agent', '1:'.repeat(15_000)]],
    [where({ ArnLike: { 'aws:UserAgent': 'arn:*:*:*:*:*' } }), ['User-Agent', ':'.repeat(30_000)]],
  ]
  for (const [PolicyDocument, headers] of worst) {
    const stored = await call(root, 'iam', 'PutUserPolicy', {
      UserName: 'ada',
      PolicyName: 'p',
      PolicyDocument,
    })
    assert.match(
      codeOf(stored),
      /^(OK|MalformedPolicyDocument|ValidationError)$/,
      PolicyDocument.slice(0, 80),
    )
    const ask: Parameters = {
      RoleArn: 'arn:aws:iam::123456789012:role/aaaaaaaaaaaaaaaaaaaaaaaaaaac',
      RoleSessionName: 'work',
    }
    await timed(1000, call(ada, 'sts', 'AssumeRole', ask, headers))
    await timed(1000, call(ada, 'iam', 'ListUsers', {}, headers))
  }

  // A session policy has no modelled length.
  const session = (Policy: string): Promise<string> =>
    call(ada, 'sts', 'AssumeRole', {
      RoleArn: 'arn:aws:iam::123456789012:role/worker',
      RoleSessionName: 'work',
      Policy,
    }).then(codeOf)
  const longOnes = [
    '['.repeat(300_000),
    many(5000),
    JSON.stringify(allow('s3:x', `arn:aws:s3:::${stars(400_000)}`)),
    ' '.repeat(900_000),
  ]
  for (const policy of longOnes) {
    assert.match(
      await timed(3000, session(policy)),
      /^(MalformedPolicyDocument|PackedPolicyTooLarge)$/,
    )
  }
  assert.ok(residentMegabytes(service) < 500, `${residentMegabytes(service)} MB`)
  assert.equal(await identity(service), 'OK')
  assert.equal(service.complaints(), '')
})
