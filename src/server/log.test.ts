import assert from 'node:assert/strict'
import test from 'node:test'
import { makeLogger } from './log.ts'

function written(level: Parameters<typeof makeLogger>[0] = 'info') {
  const lines: string[] = []
  const logger = makeLogger(level, {
    write: (line: string) => {
      lines.push(line)
    },
  })
  return { logger, lines }
}

test('a line is one JSON object with time, level, facts and message', () => {
  const { logger, lines } = written()
  logger.info({ requestId: 'r-1', operation: 'AssumeRole' }, 'request')
  const { time, ...rest } = JSON.parse(lines[0] ?? '')
  assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.deepEqual(rest, {
    level: 'info',
    requestId: 'r-1',
    operation: 'AssumeRole',
    msg: 'request',
  })
})

test('lines below the level are not written', () => {
  const { logger, lines } = written('warn')
  logger.info({}, 'no')
  logger.warn({}, 'yes')
  assert.equal(lines.length, 1)
})

test('secrets are masked at every depth and in every spelling, and the caller keeps its own', () => {
  const { logger, lines } = written()
  const facts = {
    authorization: 's3cr3t',
    Authorization: 's3cr3t',
    headers: { 'X-Amz-Security-Token': 's3cr3t', host: 'kept' },
    output: {
      Credentials: { AccessKeyId: 'AKIAKEPT', SecretAccessKey: 's3cr3t', SessionToken: 's3cr3t' },
    },
    list: [{ password: 's3cr3t' }, { secret_access_key: 's3cr3t' }],
    body: 's3cr3t',
    a: { b: { c: { d: { e: { f: { g: { h: 's3cr3t' } } } } } } },
  }
  logger.info(facts, 'x')
  const line = lines[0] ?? ''
  assert.ok(!line.includes('s3cr3t'), line)
  assert.ok(line.includes('AKIAKEPT') && line.includes('kept'))
  assert.equal(facts.output.Credentials.SecretAccessKey, 's3cr3t')
})

test('an error is written with its cause', () => {
  const { logger, lines } = written()
  logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed')
  const { err } = JSON.parse(lines[0] ?? '')
  assert.match(err.message, /outer: inner/)
  assert.match(err.stack, /caused by: Error: inner/)
})
