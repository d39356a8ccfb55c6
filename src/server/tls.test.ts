import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { connect, type TLSSocket } from 'node:tls'
import { readTlsFiles } from '../config/read-tls-files.ts'
import { openServer } from './open-server.fixture.ts'

const directory = mkdtempSync(join(tmpdir(), 'watchword-tls-'))
after(() => rmSync(directory, { recursive: true }))

const elliptic = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

function certificate(
  name: string,
  kind = elliptic,
): { readonly certFile: string; readonly keyFile: string } {
  const certFile = join(directory, `${name}.crt`)
  const keyFile = join(directory, `${name}.key`)
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const key = ['-newkey', ...kind, '-nodes', '-keyout', keyFile]
  execFileSync('openssl', ['req', '-x509', ...key, '-out', certFile, '-days', '2', ...subject], {
    stdio: 'ignore',
  })
  return { certFile, keyFile }
}

const files = certificate('server')

test('with a certificate the service answers HTTPS and says that it was secure', async () => {
  const tls = readTlsFiles(files)
  await using t = await openServer({ tls })
  assert.equal(t.server.url, `https://127.0.0.1:${t.server.port}`)
  const socket: TLSSocket = connect({ port: t.server.port, host: '127.0.0.1', ca: tls.cert })
  socket.setEncoding('latin1')
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab')
  let text = ''
  socket.on('data', (chunk: string) => {
    text += chunk
  })
  await once(socket, 'close')
  assert.match(text, /^HTTP\/1\.1 200 OK[\s\S]*POST 2$/)
  assert.equal(t.requests[0]?.secure, true)
})

test('a connection over TLS on which nothing moves is closed, before and after a request', async () => {
  const tls = readTlsFiles(files)
  const limits = { idleMilliseconds: 20, checkMilliseconds: 5 }
  await using t = await openServer({ tls, limits })
  for (const request of ['', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n']) {
    const socket = connect({ port: t.server.port, host: '127.0.0.1', ca: tls.cert })
    socket.write(request)
    socket.resume()
    await once(socket, 'close')
  }
  assert.equal(t.requests.length, 1)
})

test('a client that speaks plain HTTP to it gets nothing', async () => {
  await using t = await openServer({ tls: readTlsFiles(files) })
  const socket = connectPlain({ port: t.server.port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'close')
  assert.equal(t.requests.length, 0)
})

test('certificate files that cannot be used are refused by name', () => {
  const other = certificate('other')
  const broken = join(directory, 'broken.pem')
  writeFileSync(broken, 'not PEM')
  const read = (change: Partial<typeof files>) => () => readTlsFiles({ ...files, ...change })
  assert.throws(read({ certFile: 'absent.pem' }), /--tls-cert is "absent.pem": .*cannot be read/)
  assert.throws(read({ keyFile: 'absent.pem' }), /--tls-key is "absent.pem": .*cannot be read/)
  assert.throws(read({ certFile: broken }), /no certificate in PEM/)
  assert.throws(read({ keyFile: broken }), /no private key in PEM/)
  assert.throws(read({ keyFile: other.keyFile }), /it is not the key of/)
  const weak = certificate('weak', ['rsa:512'])
  assert.throws(read(weak), /--tls-cert is ".*weak.crt": TLS cannot use it \(ee key too small\)/)
})
