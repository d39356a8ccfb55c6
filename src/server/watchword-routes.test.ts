import assert from 'node:assert/strict'
import test from 'node:test'
import { clockAt } from '../primitives/clock.ts'
import type { HttpRequest, HttpResponse } from '../request/http.ts'
import { metrics } from './metrics.ts'
import { type WatchwordRoutes, watchwordRoutes } from './watchword-routes.ts'

const local = ['Host', '127.0.0.1:7878']

function routes(parts: Partial<WatchwordRoutes> = {}) {
  const handle = watchwordRoutes({
    version: '1.2.3',
    uptimeSeconds: () => 61.9,
    metrics: metrics(clockAt('2026-01-01T00:00:00Z'), { process: false }),
    dev: undefined,
    handler: ({ path }) => ({ status: 299, headers: {}, body: path }),
    ...parts,
  })
  return async (
    method: string,
    path: string,
    body = '',
    headers: readonly string[] = local,
  ): Promise<HttpResponse & { json: Record<string, unknown> }> => {
    const request: HttpRequest = {
      method,
      path,
      query: '',
      headers,
      body: Buffer.from(body),
      remoteAddress: '127.0.0.1',
      secure: false,
    }
    const response = await handle(request)
    const type = response.headers['Content-Type'] ?? ''
    const json = type === 'application/json' ? JSON.parse(String(response.body)) : {}
    return { ...response, json }
  }
}

function developing() {
  const clock = clockAt('2026-01-01T00:00:00Z')
  const resets: string[] = []
  const dev = {
    clock,
    reset: async () => {
      resets.push('reset')
    },
  }
  return { clock, resets, ask: routes({ dev }) }
}

test('health tells status, version and uptime', async () => {
  const { status, json } = await routes()('GET', '/_watchword/health')
  assert.equal(status, 200)
  assert.deepEqual(json, { status: 'ok', version: '1.2.3', uptimeSeconds: 61 })
})

test('metrics are text that Prometheus reads', async () => {
  const { status, headers, body } = await routes()('GET', '/_watchword/metrics')
  assert.equal(status, 200)
  assert.match(headers['Content-Type'] ?? '', /^text\/plain; version=0\.0\.4/)
  assert.match(String(body), /^watchword_live_sessions 0$/m)
})

test('a method that a route does not have is 405 and names those it has', async () => {
  const { status, headers } = await routes()('POST', '/_watchword/health')
  assert.equal(status, 405)
  assert.equal(headers.Allow, 'GET, HEAD')
  assert.equal((await developing().ask('GET', '/_watchword/reset')).headers.Allow, 'POST')
})

test('all other paths and the API go on to the handler; nothing else below /_watchword/ does', async () => {
  const ask = routes()
  for (const path of ['/', '/_watchword', '/_watchword/api/RevokeSessions', '/x/_watchword/health'])
    assert.equal((await ask('POST', path)).status, 299, path)
  for (const path of [
    '/_watchword/',
    '/_watchword/healthz',
    '/_watchword/health/',
    '/_watchword/apis',
  ])
    assert.equal((await ask('GET', path)).status, 404, path)
})

test('without development mode the dev routes do not exist', async () => {
  for (const path of ['/_watchword/reset', '/_watchword/clock'])
    assert.equal((await routes()('POST', path, '{"advanceSeconds":1}')).status, 404)
})

test('reset answers 204 when it is done', async () => {
  const { ask, resets } = developing()
  assert.equal((await ask('POST', '/_watchword/reset')).status, 204)
  assert.deepEqual(resets, ['reset'])
})

test('the clock is moved on or set, and the new time told', async () => {
  const { ask, clock } = developing()
  const on = await ask('POST', '/_watchword/clock', '{"advanceSeconds": 3600}')
  assert.deepEqual([on.status, on.json], [200, { now: '2026-01-01T01:00:00Z' }])
  const set = await ask('POST', '/_watchword/clock', '{"now": "2030-06-01T12:00:00+02:00"}')
  assert.deepEqual([set.status, set.json], [200, { now: '2030-06-01T10:00:00Z' }])
  assert.equal(clock.now(), Date.parse('2030-06-01T10:00:00Z'))
})

test('a clock request that is not understood is 400, says what is right and moves nothing', async () => {
  const { ask, clock } = developing()
  const before = clock.now()
  for (const body of [
    '',
    'x',
    'null',
    '[]',
    '3600',
    '{}',
    '{"advance": 1}',
    '{"advanceSeconds": "1"}',
    '{"advanceSeconds": null}',
    '{"advanceSeconds": 1e300}',
    '{"advanceSeconds": -1e12}',
    '{"advanceSeconds": 1, "now": "2026-01-01T00:00:00Z"}',
    '{"now": 5}',
    '{"now": "yesterday"}',
    '{"now": "2026-01-01"}',
    '{"now": "2026-01-01T00:00:00"}',
    '{"now": "2026-13-01T00:00:00Z"}',
    '{"now": "1969-12-31T23:59:59Z"}',
  ]) {
    const { status, json } = await ask('POST', '/_watchword/clock', body)
    assert.equal(status, 400, body)
    assert.match(JSON.stringify(json), /advanceSeconds[\s\S]*now/, body)
  }
  assert.equal(clock.now(), before)
})

test('dev routes refuse web pages and names that may be rebound', async () => {
  const { ask, resets } = developing()
  const reset = (headers: readonly string[]) => ask('POST', '/_watchword/reset', '', headers)
  for (const headers of [
    [],
    ['Host', 'evil.example'],
    ['Host', 'localhost.evil.example'],
    ['Host', '127.0.0.1.evil.example:80'],
    ['Host', '10.0.0.1:7878'],
    ['Host', 'localhost', 'Host', 'evil.example'],
    ['Host', 'localhost@evil.example'],
    [...local, 'Origin', 'http://127.0.0.1:7878'],
    [...local, 'origin', 'null'],
  ])
    assert.equal((await reset(headers)).status, 403, headers.join(' '))
  assert.deepEqual(resets, [])
  for (const host of [
    'localhost',
    'LOCALHOST:1',
    '[::1]:7878',
    '[::1]',
    '127.0.0.1',
    '127.9.9.9:80',
  ])
    assert.equal((await reset(['Host', host])).status, 204, host)
})
