import assert from 'node:assert/strict'
import test from 'node:test'
import type { HttpResponse } from '../request/http.ts'
import { openServer } from './open-server.fixture.ts'
import { type RawClient, rawClient } from './raw-client.fixture.ts'

const answer = (status: number, body = 'ok'): HttpResponse => ({
  status,
  headers: { 'x-amzn-RequestId': 'r-1', 'Content-Type': 'text/xml' },
  body,
})

const own = 'x-amzn-RequestId: r-1\r\nContent-Type: text/xml\r\n'
const date = 'Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n'
const kept = 'Connection: keep-alive\r\nKeep-Alive: timeout=75\r\n'

/** A server that gives one answer to everything, and a client of it. */
async function answering(response: HttpResponse) {
  const server = await openServer({ handler: () => response })
  const client = await rawClient(server.server)
  return { ...server, client }
}

const head = (client: RawClient): Promise<string> => client.received(/\r\n\r\n/)

test('an answer that keeps its connection is these bytes', async () => {
  for (const [status, line] of [
    [200, '200 OK'],
    [403, '403 Forbidden'],
    [503, '503 Service Unavailable'],
    [599, '599 unknown'],
  ] as const) {
    await using t = await answering(answer(status))
    t.client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    assert.equal(
      await t.client.received(/\r\n\r\nok$/),
      `HTTP/1.1 ${line}\r\n${own}${date}Content-Length: 2\r\n${kept}\r\nok`,
    )
  }
})

test('one that is the last of its connection says so and ends it', async () => {
  for (const request of ['1.1\r\nHost: x\r\nConnection: close', '1.0\r\nHost: x', '1.0']) {
    await using t = await answering(answer(200))
    t.client.send(`GET / HTTP/${request}\r\n\r\n`)
    assert.equal(
      await t.client.closed(),
      `HTTP/1.1 200 OK\r\n${own}${date}Content-Length: 2\r\nConnection: close\r\n\r\nok`,
    )
  }
})

test('a header of the connection that a handler gives is taken as what it says', async () => {
  const response = { ...answer(200), headers: { Connection: 'close' } }
  await using t = await answering(response)
  t.client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  assert.equal(
    await t.client.closed(),
    `HTTP/1.1 200 OK\r\nConnection: close\r\n${date}Content-Length: 2\r\n\r\nok`,
  )
})

test('a client of HTTP/1.0 that asks for it keeps its connection', async () => {
  await using t = await answering(answer(200))
  for (const times of [1, 2]) {
    t.client.send('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
    const one = `HTTP/1.1 200 OK\r\n${own}${date}Content-Length: 2\r\n${kept}\r\nok`
    const wanted = new RegExp(`(?:ok[\\s\\S]*){${times}}$`)
    assert.equal(await t.client.received(wanted), one.repeat(times))
  }
})

test('answers without a body: HEAD tells the length, 204 and 304 have none', async () => {
  await using t = await answering(answer(200))
  t.client.send('HEAD / HTTP/1.1\r\nHost: x\r\n\r\n')
  assert.equal(
    await head(t.client),
    `HTTP/1.1 200 OK\r\n${own}${date}Content-Length: 2\r\n${kept}\r\n`,
  )
  for (const [status, line] of [
    [204, '204 No Content'],
    [304, '304 Not Modified'],
  ] as const) {
    await using none = await answering(answer(status))
    none.client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    assert.equal(await head(none.client), `HTTP/1.1 ${line}\r\n${own}${date}${kept}\r\n`)
    none.client.send('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
    assert.match(await none.client.closed(), /Connection: close\r\n\r\n$/)
  }
})

test('the length is that of the bytes, whatever the body is made of', async () => {
  for (const body of ['naïve', '€', '𐍈 and more', Buffer.from('€')]) {
    await using t = await answering({ ...answer(200), body })
    t.client.send('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    await using second = await answering({ ...answer(200), body })
    second.client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    const bytes = Buffer.from(body).toString('latin1')
    assert.match(await t.client.closed(), new RegExp(`Content-Length: ${bytes.length}\r\n`))
    const text = await second.client.received(new RegExp(`\r\n\r\n${bytes}$`))
    assert.match(text, new RegExp(`Content-Length: ${bytes.length}\r\n`))
  }
})

test('a header that would break the head is a failure and reaches no client', async () => {
  for (const headers of [
    { 'x-note': 'a\r\nSet-Cookie: b' },
    { 'x-note': 'a\nb' },
    { 'x-note': '€' },
    { 'x note': 'a' },
    { 'x-note: a\r\nx-more': 'b' },
    { '': 'a' },
  ]) {
    await using t = await answering({ status: 200, headers, body: 'ok' })
    t.client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    const text = await head(t.client)
    assert.match(text, /^HTTP\/1.1 500 Internal Server Error\r\n/)
    assert.doesNotMatch(text, /x.note|Set-Cookie/i)
    assert.deepEqual(t.logged, ['a request handler threw: this is a bug'])
  }
})

test('pipelined answers of many kinds follow each other whole', async () => {
  const kinds = [answer(200), answer(204, ''), answer(404, '€'), answer(200, 'x'.repeat(200_000))]
  await using t = await openServer({
    handler: ({ path }) => kinds[Number(path.slice(1))] ?? answer(500),
  })
  const client = await rawClient(t.server)
  const order = [0, 3, 1, 2, 3, 0]
  client.send(order.map((n) => `GET /${n} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''))
  const text = await client.received(/(?:HTTP[\s\S]*){6}\r\n\r\nok$/)
  const statuses = [...text.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => Number(status))
  assert.deepEqual(statuses, [200, 200, 204, 404, 200, 200])
})
