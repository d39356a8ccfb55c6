import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FinishedRequest } from '../request/pipeline.ts'
import { makeLogger } from './log.ts'
import { currentMetrics, requestObserver } from './request-observer.ts'

const request: FinishedRequest = {
  requestId: 'r-1',
  service: 'sts',
  operation: 'AssumeRole',
  status: 403,
  code: 'AccessDenied',
  caller: 'arn:aws:iam::111122223333:user/"odd\\path/ada',
  seconds: 0.001,
}

function observed(level: Parameters<typeof makeLogger>[0]) {
  const lines: string[] = []
  const counted: unknown[] = []
  const log = makeLogger(level, { write: (line: string) => void lines.push(line) })
  const metrics = { requestFinished: (...facts: unknown[]) => void counted.push(facts) }
  return { lines, counted, log, observer: requestObserver(metrics, log) }
}

test('the line of a request is the one that the logger itself would write', () => {
  for (const facts of [request, { ...request, code: undefined, caller: undefined, status: 200 }]) {
    const { lines, log, observer } = observed('info')
    observer.requestFinished(facts)
    observer.catchUp()
    const { seconds: _seconds, ...logged } = facts
    log.info(logged, 'request')
    const [made = '', expected = ''] = lines.map((line) => line.replace(/"time":"[^"]*"/, ''))
    assert.equal(made, expected)
  }
})

test('requests are counted at every level of the log, and written only where it takes them', () => {
  const { lines, counted, observer } = observed('warn')
  observer.requestFinished(request)
  observer.requestFinished({ ...request, code: undefined, status: 200 })
  observer.requestFinished({ ...request, code: undefined, status: 404, operation: 'unknown' })
  observer.catchUp()
  assert.deepEqual(lines, [])
  assert.deepEqual(counted, [
    ['sts', 'AssumeRole', 'AccessDenied', 0.001],
    ['sts', 'AssumeRole', 'OK', 0.001],
    ['sts', 'unknown', '404', 0.001],
  ])
})

test('what is put off is done after a while, or when much is, and each request once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setImmediate'] })
  const { lines, counted, observer } = observed('info')
  const finish = (count: number): void => {
    for (let n = 0; n < count; n += 1) observer.requestFinished(request)
  }
  finish(63)
  t.mock.timers.tick(0)
  assert.equal(counted.length, 0)
  finish(2)
  // The answers of the turn go first.
  assert.equal(counted.length, 0)
  t.mock.timers.tick(0)
  assert.equal(counted.length, 65)
  finish(1)
  t.mock.timers.tick(9)
  assert.equal(counted.length, 65)
  t.mock.timers.tick(1)
  assert.equal(counted.length, 66)
  finish(2)
  observer.catchUp()
  t.mock.timers.tick(100)
  assert.equal(counted.length, 68)
  assert.equal(lines.length, 68)
})

test('metrics tell of requests that are put off', async () => {
  const { counted, observer } = observed('info')
  const text = async (): Promise<string> => `${counted.length} counted`
  const metrics = currentMetrics({ contentType: 'text/plain', text }, observer)
  observer.requestFinished(request)
  assert.equal(await metrics.text(), '1 counted')
  assert.equal(metrics.contentType, 'text/plain')
})
