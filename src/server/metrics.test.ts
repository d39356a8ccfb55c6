import assert from 'node:assert/strict'
import test from 'node:test'
import { clockAt } from '../primitives/clock.ts'
import { metrics } from './metrics.ts'

const start = '2026-01-01T00:00:00Z'
const startSeconds = Date.parse(start) / 1000

test('requests are counted by service, operation and code, and timed by service', async () => {
  const counted = metrics(clockAt(start), { process: false })
  counted.requestFinished('sts', 'AssumeRole', 'OK', 0.002)
  counted.requestFinished('sts', 'AssumeRole', 'OK', 0.2)
  counted.requestFinished('sts', 'AssumeRole', 'AccessDenied', 0.0001)
  counted.requestFinished('iam', 'GetUser', 'OK', 0.001)
  const expected = [
    'watchword_requests_total{service="sts",operation="AssumeRole",code="OK"} 2',
    'watchword_requests_total{service="sts",operation="AssumeRole",code="AccessDenied"} 1',
    'watchword_requests_total{service="iam",operation="GetUser",code="OK"} 1',
    'watchword_request_duration_seconds_bucket{le="0.0025",service="sts"} 2',
    'watchword_request_duration_seconds_count{service="sts"} 3',
  ]
  for (let scrape = 0; scrape < 2; scrape++) {
    const lines = (await counted.text()).split('\n')
    for (const line of expected) assert.ok(lines.includes(line), line)
  }
})

test('live sessions go down as they expire; issued ones stay counted', async () => {
  const clock = clockAt(start)
  const counted = metrics(clock, { process: false })
  counted.sessionIssued(startSeconds + 900)
  counted.sessionIssued(startSeconds + 900)
  counted.sessionIssued(startSeconds + 3600)
  const live = async () => /^watchword_live_sessions (\d+)$/m.exec(await counted.text())?.[1]
  assert.equal(await live(), '3')
  clock.advance({ seconds: 899 })
  assert.equal(await live(), '3')
  clock.advance({ seconds: 1 })
  assert.equal(await live(), '1')
  clock.advance({ seconds: 3600 })
  assert.equal(await live(), '0')
  assert.match(await counted.text(), /^watchword_sessions_issued_total 3$/m)
})

test('commits of the store are timed', async () => {
  const counted = metrics(clockAt(start), { process: false })
  counted.storeCommit(0.003)
  assert.match(
    await counted.text(),
    /^watchword_store_commit_duration_seconds_bucket\{le="0.005"\} 1$/m,
  )
})

test('a flood of new names is counted, but not one series each', async () => {
  const counted = metrics(clockAt(start), { process: false })
  for (let n = 0; n < 5000; n++) counted.requestFinished('sts', `Operation${n}`, 'OK', 0.001)
  const lines = (await counted.text()).match(/^watchword_requests_total\{.*$/gm) ?? []
  assert.equal(lines.length, 2001)
  const total = lines.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0)
  assert.equal(total, 5000)
})

test('two services in one process share no counters', async () => {
  const one = metrics(clockAt(start), { process: true })
  const two = metrics(clockAt(start), { process: true })
  one.requestFinished('sts', 'AssumeRole', 'OK', 0.001)
  assert.doesNotMatch(await two.text(), /AssumeRole/)
  assert.match(await two.text(), /^process_resident_memory_bytes /m)
})
