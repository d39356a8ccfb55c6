import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signRequest } from '../../src/sigv4/index.ts'
import { startWatchword, type TestService } from '../../src/testing.ts'

const hours = (count: number): number => count * 3_600_000

/** What GetCallerIdentity says to root's request that was signed at a time: its status and its code. */
async function signedAt({ endpoint, rootKey }: TestService, now: number): Promise<string> {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const type = 'application/x-www-form-urlencoded'
  const { headers } = signRequest(
    {
      method: 'POST',
      path: '/',
      query: '',
      headers: ['Host', new URL(endpoint).host, 'Content-Type', type],
      body: Buffer.from(body),
    },
    rootKey,
    { service: 'sts', region: 'us-east-1', now },
  )
  const pairs: [string, string][] = []
  for (let at = 2; at < headers.length; at += 2) {
    pairs.push([headers[at] ?? '', headers[at + 1] ?? ''])
  }
  const answer = await fetch(endpoint, { method: 'POST', headers: pairs, body })
  const text = await answer.text()
  return `${answer.status} ${/<Code>(\w+)<.*<Message>(Signature \w+)/.exec(text)?.slice(1).join(' ') ?? ''}`.trim()
}

test('a development clock that was moved leaves in those who sign by the clock of the machine', async () => {
  await using service = await startWatchword()
  for (const seconds of [hours(1) / 1000, -hours(3) / 1000]) {
    service.clock.advance({ seconds })
    assert.equal(await signedAt(service, Date.now()), '200')
    assert.equal(await signedAt(service, service.clock.now()), '200')
  }
})

test('a time that neither clock shows is refused by the service’s own clock', async () => {
  await using service = await startWatchword()
  service.clock.advance({ seconds: hours(2) / 1000 })
  const between = await signedAt(service, Date.now() + hours(1))
  assert.equal(between, '403 SignatureDoesNotMatch Signature expired')
  const later = await signedAt(service, Date.now() + hours(3))
  assert.equal(later, '403 SignatureDoesNotMatch Signature not')
})

test('where the clock stands at a time that was given, no other counts', async () => {
  await using service = await startWatchword({ now: '2026-01-01T00:00:00Z' })
  const answer = await signedAt(service, Date.now())
  assert.equal(answer, '403 SignatureDoesNotMatch Signature not')
})
