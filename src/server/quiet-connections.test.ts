import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { echo, openServer } from './open-server.fixture.ts'
import { rawClient } from './raw-client.fixture.ts'

const get = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'

/** With the second of grace an idle connection has a little more than a second. */
const limits = { idleMilliseconds: 20, stalledMilliseconds: 10_000, checkMilliseconds: 20 }

test('a connection that is used now and then is kept, and ended when it is not used any more', async () => {
  await using t = await openServer({ limits })
  const client = await rawClient(t.server)
  for (let times = 1; times <= 5; times++) {
    client.send(get)
    await client.received(new RegExp(`(?:GET 0[\\s\\S]*){${times}}$`))
    if (times < 5) await wait(450)
  }
  const text = await client.closed()
  assert.equal(text.match(/200 OK/g)?.length, 5)
})

test('a request may take longer than an idle connection is kept', async () => {
  await using t = await openServer({
    limits,
    handler: async (request) => {
      await wait(1_400)
      return echo(request)
    },
  })
  const client = await rawClient(t.server)
  client.send(get + get)
  assert.match(await client.closed(), /GET 0[\s\S]*GET 0$/)
})

test('a client that does not read its answer is ended', async () => {
  const size = 64 * 1024 * 1024
  await using t = await openServer({
    limits: { ...limits, idleMilliseconds: 60_000, stalledMilliseconds: 100 },
    handler: () => ({ status: 200, headers: {}, body: 'x'.repeat(size) }),
  })
  const client = await rawClient(t.server)
  client.socket.pause()
  client.send(get)
  await wait(1_000)
  client.socket.resume()
  const text = await client.closed()
  assert.match(text, /^HTTP\/1.1 200 OK\r\n/)
  assert.ok(text.length < size)
})

test('a client that reads its answer slowly is not ended', async () => {
  const size = 16 * 1024 * 1024
  await using t = await openServer({
    limits: { ...limits, stalledMilliseconds: 300 },
    handler: () => ({ status: 200, headers: {}, body: 'x'.repeat(size) }),
  })
  const client = await rawClient(t.server)
  client.socket.on('data', () => {
    client.socket.pause()
    setTimeout(() => client.socket.resume(), 2)
  })
  client.send(get)
  const text = await client.closed()
  assert.equal(text.length - text.indexOf('\r\n\r\n') - 4, size)
})
