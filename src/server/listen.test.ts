import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import test from 'node:test'
import type { HttpResponse } from '../request/http.ts'
import { echo, openServer } from './open-server.fixture.ts'
import { rawClient } from './raw-client.fixture.ts'

const request = (head: string, body = ''): string =>
  `${head} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`

test('the handler is given the request raw', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  client.send(
    'POST /a%2fb/../c?x=%41&&y HTTP/1.1\r\nHoSt: Example\r\nX-a:  two  words \r\nX-A: again\r\nContent-Length: 3\r\n\r\nabc',
  )
  await client.received(/POST 3$/)
  const { body, ...rest } = t.requests[0] ?? assert.fail()
  assert.deepEqual(rest, {
    method: 'POST',
    path: '/a%2fb/../c',
    query: 'x=%41&&y',
    headers: ['HoSt', 'Example', 'X-a', 'two  words', 'X-A', 'again', 'Content-Length', '3'],
    remoteAddress: '127.0.0.1',
    secure: false,
  })
  assert.equal(Buffer.from(body).toString(), 'abc')
})

test('an answer carries the time of the service, not of the machine', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  client.send(request('GET /'))
  const text = await client.received(/GET 0$/)
  assert.match(text, /^HTTP\/1\.1 200 OK\r\n/)
  assert.match(text, /\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n/)
  assert.match(text, /\r\nContent-Length: 5\r\n/)
  assert.equal(text.match(/^Date:/gim)?.length, 1)
})

test('a body in many chunks arrives whole, with its length announced or not', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  client.send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nab')
  client.send('cd')
  client.send('ef')
  await client.received(/POST 6$/)
  client.send('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n')
  client.send('4\r\ndefg\r\n0\r\n\r\n')
  await client.received(/POST 7$/)
  assert.deepEqual(
    t.requests.map(({ body }) => Buffer.from(body).toString()),
    ['abcdef', 'abcdefg'],
  )
})

test('every method reaches the handler; HEAD is answered without a body', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
    client.send(request(`${method} /`))
  await client.received(/TRACE 0$/)
  client.send(request('HEAD /'))
  const text = await client.received(/Content-Length: 6\r\n[\s\S]*\r\n\r\n$/)
  assert.ok(!text.includes('HEAD 0'))
  assert.equal(t.requests.length, 7)
})

test('a target in absolute form is read as its path', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  client.send(request('GET http://sts.example:80/a?b=c'))
  client.send(request('GET http://sts.example?b'))
  client.send(request('OPTIONS *'))
  await client.received(/OPTIONS 0$/)
  assert.deepEqual(
    t.requests.map(({ path, query }) => [path, query]),
    [
      ['/a', 'b=c'],
      ['/', 'b'],
      ['*', ''],
    ],
  )
})

test('pipelined requests are carried out and answered in their order', async () => {
  const began: string[] = []
  await using t = await openServer({
    async handler({ path }) {
      began.push(path)
      if (path === '/slow') await new Promise(setImmediate)
      began.push(`${path} done`)
      return { status: 200, headers: {}, body: path }
    },
  })
  const client = await rawClient(t.server)
  client.send(request('GET /slow') + request('GET /fast'))
  const text = await client.received(/\/fast$/)
  assert.ok(text.indexOf('/slow') > 0)
  assert.deepEqual(began, ['/slow', '/slow done', '/fast', '/fast done'])
})

test('a 204 has neither body nor length', async () => {
  await using t = await openServer({ handler: () => ({ status: 204, headers: {}, body: '' }) })
  const client = await rawClient(t.server)
  client.send(request('POST /', 'x'))
  const text = await client.received(/\r\n\r\n/)
  assert.match(text, /^HTTP\/1\.1 204 No Content/)
  assert.doesNotMatch(text, /content-length|transfer-encoding/i)
})

test('a handler that throws or rejects is answered 500 without detail, and logged', async () => {
  for (const handler of [
    () => {
      throw new Error('inner detail')
    },
    () => Promise.reject(new Error('inner detail')),
    (): HttpResponse => ({ status: 200, headers: { 'X-Bad': 'a\r\nSet-Cookie: b' }, body: '' }),
  ]) {
    await using t = await openServer({ handler })
    const client = await rawClient(t.server)
    client.send(request('POST /', 'x'))
    const text = await client.received(/<\/ErrorResponse>/)
    assert.match(text, /^HTTP\/1\.1 500 /)
    assert.match(text, /<Code>InternalFailure<\/Code>/)
    assert.doesNotMatch(text, /inner detail|Set-Cookie/)
    assert.equal(t.logged.length, 1)
  }
})

test('malformed HTTP is answered 400 and the connection closed', async () => {
  for (const bytes of [
    'hello\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET / HTTP/1.1\r\nHost x\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n', // no Host
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ]) {
    await using t = await openServer()
    const client = await rawClient(t.server)
    client.send(bytes)
    const text = await client.closed()
    assert.match(text, /^HTTP\/1\.1 400 Bad Request\r\n/, bytes)
    assert.equal(t.requests.length, 0, bytes)
  }
})

test('a connection that is cut in the middle of a body never reaches the handler', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  client.send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
  client.socket.destroy()
  const other = await rawClient(t.server)
  other.send(request('GET /'))
  await other.received(/GET 0$/)
  assert.equal(t.requests.length, 1)
})

test('stop lets a running request finish, ends idle connections at once and refuses new ones', async () => {
  const running = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<HttpResponse>()
  await using t = await openServer({
    handler: (asked) => {
      if (asked.path !== '/slow') return echo(asked)
      running.resolve()
      return answer.promise
    },
  })
  const idle = await rawClient(t.server)
  idle.send(request('GET /'))
  await idle.received(/GET 0$/)
  const silent = await rawClient(t.server)
  const busy = await rawClient(t.server)
  busy.send(request('GET /slow'))
  await running.promise
  const stopped = t.server.stop()
  await idle.closed()
  await silent.closed()
  const late = connect({ port: t.server.port, host: '127.0.0.1' })
  await assert.rejects(once(late, 'connect'))
  answer.resolve({ status: 200, headers: {}, body: 'done' })
  const text = await busy.closed()
  assert.match(text, /\r\nConnection: close\r\n/i)
  assert.match(text, /done$/)
  await stopped
  assert.equal(t.server.stop(), t.server.stop())
})

test('stop ends requests that never finish when its time is over', async () => {
  const running = Promise.withResolvers<void>()
  await using t = await openServer({
    limits: { stopMilliseconds: 20 },
    handler: () => {
      running.resolve()
      return new Promise(() => undefined)
    },
  })
  const client = await rawClient(t.server)
  client.send(request('GET /'))
  await running.promise
  await t.server.stop()
  assert.equal(await client.closed(), '')
})

test('a port that is taken is refused with what to change', async () => {
  await using t = await openServer()
  await assert.rejects(
    openServer({ port: t.server.port }),
    /another process does; give another --port/,
  )
  await assert.rejects(openServer({ host: '192.0.2.1' }), /no such address; give another --host/)
})

test('the URL says where the service listens', async () => {
  await using t = await openServer()
  assert.equal(t.server.url, `http://127.0.0.1:${t.server.port}`)
})

test('a request whose client has reset the connection is not carried out: it has no address to decide by', async () => {
  await using t = await openServer()
  const gone = await rawClient(t.server)
  gone.socket.write(request('POST /', 'abc'))
  gone.socket.resetAndDestroy()
  const client = await rawClient(t.server)
  client.send(request('GET /'))
  await client.received(/GET 0$/)
  assert.deepEqual(
    t.requests.map(({ method, remoteAddress }) => `${method} ${remoteAddress}`),
    ['GET 127.0.0.1'],
  )
})

test('a client that closes its side behind its requests gets all of its answers', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  client.socket.end(request('GET /') + request('POST /', 'abc'))
  assert.match(await client.closed(), /GET 0HTTP[\s\S]*POST 3$/)
})

test('many requests at once on one connection do not hold up those of others', async () => {
  await using t = await openServer()
  const flood = await rawClient(t.server)
  const client = await rawClient(t.server)
  flood.send(request('GET /').repeat(90) + request('HEAD /'))
  client.send(request('POST /', 'abc'))
  await client.received(/POST 3$/)
  assert.ok(t.requests.length < 20, `${t.requests.length} of the flood came first`)
  await flood.received(/Content-Length: 6\r\n/)
  flood.send(request('PUT /'))
  await flood.received(/PUT 0$/)
  assert.equal(t.requests.length, 93)
})

test('a body that is refused does not take the answers of the requests in front of it along', async () => {
  await using t = await openServer({ handler: async (asked) => echo(asked) })
  const client = await rawClient(t.server)
  client.send(request('GET /').repeat(3) + request('POST /', 'x'.repeat(1001)))
  assert.match(await client.closed(), /GET 0HTTP\/1.1 413 [\s\S]*ErrorResponse>\n$/)
  assert.equal(t.requests.length, 3)
})
