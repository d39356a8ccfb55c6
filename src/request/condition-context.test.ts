import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from './caller.ts'
import { conditionContext, type RequestFacts } from './condition-context.ts'

const caller = { type: 'root', session: undefined } as Caller
const facts: RequestFacts = {
  now: 0,
  region: 'us-east-1',
  request: { headers: [], remoteAddress: '127.0.0.1', secure: false },
}
const tagOf = (kind: string, key: string) =>
  conditionContext(
    caller,
    {
      action: 'iam:Any',
      resource: `arn:aws:iam::111122223333:${kind}/x`,
      resourceTags: [{ Key: 'team', Value: 'red' }],
    },
    facts,
  ).get(key)

test('IAM’s own key for tags is there for users and roles, the global one for all', () => {
  for (const kind of ['user', 'role', 'policy', 'instance-profile']) {
    assert.equal(tagOf(kind, 'aws:resourcetag/team'), 'red', kind)
    const own = kind === 'user' || kind === 'role' ? 'red' : undefined
    assert.equal(tagOf(kind, 'iam:resourcetag/team'), own, kind)
  }
})

test('of a user agent and a referer policies see the first 2,048 characters', () => {
  const seen = (length: number, name: string, key: string) => {
    const headers = [name, `${'a'.repeat(length - 1)}b`]
    const request = { ...facts.request, headers }
    const permission = { action: 'iam:Any', resource: '*' }
    return conditionContext(caller, permission, { ...facts, request }).get(key)
  }
  for (const [name, key] of [
    ['User-Agent', 'aws:useragent'],
    ['Referer', 'aws:referer'],
  ] as const) {
    assert.equal(seen(2048, name, key), `${'a'.repeat(2047)}b`)
    assert.equal(seen(60_000, name, key), 'a'.repeat(2048))
  }
})
