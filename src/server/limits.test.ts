import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import test from 'node:test'
import { openServer } from './open-server.fixture.ts'
import { rawClient } from './raw-client.fixture.ts'

const post = (length: number, extra = ''): string =>
  `POST / HTTP/1.1\r\nHost: x\r\n${extra}Content-Length: ${length}\r\n\r\n`

test('a body of exactly the limit is taken, one byte more is refused', async () => {
  await using t = await openServer({ maxBodyBytes: 1000 })
  const client = await rawClient(t.server)
  client.send(post(1000) + 'a'.repeat(1000))
  await client.received(/POST 1000$/)
  client.send(post(1001) + 'a'.repeat(1001))
  const text = await client.closed()
  assert.match(text, /HTTP\/1\.1 413 Payload Too Large\r\n/)
  assert.match(text, /<Code>RequestEntityTooLarge<\/Code>/)
  assert.match(text, /\r\nConnection: close\r\n/i)
  assert.equal(t.requests.length, 1)
})

test('a chunked body is measured as it comes', async () => {
  await using t = await openServer({ maxBodyBytes: 1000 })
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
  const client = await rawClient(t.server)
  client.send(`${head}3e8\r\n${'a'.repeat(1000)}\r\n0\r\n\r\n`)
  await client.received(/POST 1000$/)
  client.send(`${head}3e8\r\n${'a'.repeat(1000)}\r\n1\r\na\r\n0\r\n\r\n`)
  assert.match(await client.closed(), /HTTP\/1\.1 413 /)
  assert.equal(t.requests.length, 1)
})

test('an announced length over the limit is answered before any of the body is sent', async () => {
  await using t = await openServer({ maxBodyBytes: 1000 })
  const client = await rawClient(t.server)
  client.send(post(10_000_000_000))
  assert.match(await client.received(/<\/ErrorResponse>/), /^HTTP\/1\.1 413 /)
  client.socket.end()
  await client.closed()
})

test('a client that sends all of a large body before it reads still gets its answer', async () => {
  await using t = await openServer({ maxBodyBytes: 1000 })
  const client = await rawClient(t.server)
  client.socket.pause()
  client.send(post(4_000_000))
  client.send(Buffer.alloc(4_000_000, 97))
  await once(client.socket, 'drain')
  client.socket.resume()
  assert.match(await client.closed(), /^HTTP\/1\.1 413 [\s\S]*<\/ErrorResponse>\n$/)
})

test('a client that never stops sending is cut off after a bounded amount', async () => {
  await using t = await openServer({ maxBodyBytes: 1000, limits: { drainBytes: 100_000 } })
  const client = await rawClient(t.server)
  client.send(post(10_000_000_000))
  client.send(Buffer.alloc(1_000_000, 97))
  const text = await client.closed()
  // The rest was unread, so a reset may have overtaken the answer.
  assert.ok(text === '' || text.startsWith('HTTP/1.1 413 '))
  assert.ok(client.socket.destroyed)
})

test('a client that sends nothing more after a refusal is cut off after a bounded time', async () => {
  await using t = await openServer({ maxBodyBytes: 1000, limits: { drainMilliseconds: 10 } })
  const client = await rawClient(t.server)
  client.send(post(5000))
  assert.match(await client.closed(), /^HTTP\/1\.1 413 /)
})

test('Expect: 100-continue is granted within the limit and answered 413 beyond it', async () => {
  await using t = await openServer({ maxBodyBytes: 1000 })
  const client = await rawClient(t.server)
  client.send(post(1000, 'Expect: 100-continue\r\n'))
  await client.received(/^HTTP\/1\.1 100 Continue\r\n\r\n/)
  client.send('a'.repeat(1000))
  await client.received(/POST 1000$/)
  const other = await rawClient(t.server)
  other.send(post(1001, 'Expect: 100-continue\r\n'))
  const text = await other.received(/<\/ErrorResponse>/)
  assert.match(text, /^HTTP\/1\.1 413 /)
  other.socket.end()
  await other.closed()
})

test('headers of 64 KiB are too large and answered 431; somewhat less is taken', async () => {
  await using t = await openServer()
  const client = await rawClient(t.server)
  client.send(`GET / HTTP/1.1\r\nHost: x\r\nX-Amz-Security-Token: ${'a'.repeat(60_000)}\r\n\r\n`)
  await client.received(/GET 0$/)
  const other = await rawClient(t.server)
  other.send(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(1_000_000)}\r\n\r\n`)
  assert.match(await other.closed(), /^HTTP\/1\.1 431 /)
  assert.equal(t.requests.length, 1)
})

const hasty = {
  headersMilliseconds: 20,
  requestMilliseconds: 40,
  idleMilliseconds: 20,
  checkMilliseconds: 5,
}

test('a client that dribbles its headers is answered 408 and closed', async () => {
  await using t = await openServer({ limits: hasty })
  const client = await rawClient(t.server)
  client.send('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  assert.match(await client.closed(), /^HTTP\/1\.1 408 Request Timeout\r\n/)
})

test('a client that dribbles its body is answered 408 and closed', async () => {
  await using t = await openServer({ limits: hasty })
  const client = await rawClient(t.server)
  client.send(`${post(100)}abc`)
  assert.match(await client.closed(), /^HTTP\/1\.1 408 Request Timeout\r\n/)
  assert.equal(t.requests.length, 0)
})

test('a connection on which nothing is ever sent is closed', async () => {
  await using t = await openServer({ limits: hasty })
  const client = await rawClient(t.server)
  await client.closed()
})

test('a connection that stays idle after its answer is closed', async () => {
  await using t = await openServer({ limits: hasty })
  const client = await rawClient(t.server)
  client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  assert.match(await client.closed(), /GET 0$/)
})

test('connections beyond the cap are dropped and the others served', async () => {
  await using t = await openServer({ limits: { connections: 3 } })
  const kept = await Promise.all([1, 2, 3].map(() => rawClient(t.server)))
  for (const client of kept) client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await Promise.all(kept.map((client) => client.received(/GET 0$/)))
  const flood = Array.from({ length: 50 }, () =>
    connect({ port: t.server.port, host: '127.0.0.1' }),
  )
  await Promise.all(
    flood.map(async (socket) => {
      socket.on('error', () => undefined)
      await once(socket, 'close')
    }),
  )
  kept[0]?.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await kept[0]?.received(/GET 0[\s\S]*GET 0$/)
  // 1, 2, 4, 8, 16, 32: not one line a connection.
  assert.equal(t.logged.length, 6)
})

test('a connection with more unanswered requests than the limit is ended, and nothing more of it is carried out', async () => {
  await using t = await openServer({ limits: { pipelined: 10 } })
  const flood = await rawClient(t.server)
  flood.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(5_000))
  await flood.closed()
  const client = await rawClient(t.server)
  client.send(`${post(1)}a`)
  await client.received(/POST 1$/)
  assert.ok(t.requests.length <= 2, `${t.requests.length} requests`)
})

test('unfinished bodies of all clients together take no more than a bound, and room comes back', async () => {
  await using t = await openServer({ maxBodyBytes: 1000, limits: { heldBytes: 2_500 } })
  const clients = await Promise.all([1, 2, 3, 4].map(() => rawClient(t.server)))
  const [first, second, third, whole] = clients
  for (const client of [first, second]) {
    client?.send(`${post(1000)}${'a'.repeat(999)}`)
    // What has been read is known by an answer that came after it.
    const probe = await rawClient(t.server)
    probe.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await probe.received(/GET 0$/)
  }
  third?.send(`${post(1000)}${'a'.repeat(999)}`)
  assert.match((await third?.received(/<\/ErrorResponse>/)) ?? '', /^HTTP\/1\.1 503 /)
  whole?.send(`${post(1000)}${'a'.repeat(1000)}`)
  await whole?.received(/POST 1000$/)
  first?.send('a')
  await first?.received(/POST 1000$/)
  second?.socket.destroy()
  const later = await rawClient(t.server)
  for (let n = 1; n <= 6; n++) {
    later.send(`${post(900 + n)}${'a'.repeat(500)}`)
    const probe = await rawClient(t.server)
    probe.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await probe.received(/GET 0$/)
    later.send('a'.repeat(400 + n))
    await later.received(new RegExp(`POST 90${n}$`))
  }
})
