import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorization,
  credential,
  now,
  options,
  presigned,
  request,
  signed,
} from './authentication.fixture.ts'
import { isSigned, type ParseOptions, parseAuthentication } from './parse-authentication.ts'

const notAuthentic = 'SignatureDoesNotMatch'

test('a well-formed header is read, with commas tight, keys in any order, the last of a repeated one', () => {
  const header = `  AWS4-HMAC-SHA256 Signature=0,Credential=${credential}//,SignedHeaders=X-Amz-Date;Host,Signature=ab `
  const { scope, signedHeaders, signature, accessKeyId } = parseAuthentication(
    signed(header),
    options,
  )
  assert.equal(accessKeyId, 'AKIDEXAMPLE')
  assert.deepEqual(scope, { date: '20260102', region: 'us-east-1', service: 'sts' })
  assert.deepEqual(signedHeaders, ['host', 'x-amz-date'])
  assert.equal(signature, 'ab')
})

test('the first of a repeated Authorization header and of a repeated parameter counts', () => {
  const sent = signed(authorization)
  const twice = { ...sent, headers: [...sent.headers, 'authorization', 'Bearer x'] }
  assert.equal(parseAuthentication(twice, options).signature, '00')
  const query = presigned({}, '&X-Amz-Signature=11&X-Amz-Algorithm=x')
  assert.equal(parseAuthentication(query, options).signature, '00')
})

test('every form of date comes out in basic form', () => {
  for (const [text, name] of [
    ['20260102T120000Z', 'x-amz-date'],
    ['2026-01-02T12:00:00Z', 'x-amz-date'],
    ['Fri, 02 Jan 2026 12:00:00 GMT', 'Date'],
    ['20260102T120000Z', 'date'],
  ] as const) {
    const read = parseAuthentication(signed(authorization, text, name), options)
    assert.equal(read.timestamp, '20260102T120000Z')
    assert.equal(read.requestTime, now)
  }
})

test('X-Amz-Date counts before Date', () => {
  const sent = signed(authorization)
  const both = { ...sent, headers: ['Date', 'Thu, 01 Jan 1970 00:00:00 GMT', ...sent.headers] }
  assert.equal(parseAuthentication(both, options).requestTime, now)
})

test('both ends of the window are inside it, whatever the server clock says below a second', () => {
  for (const date of ['20260102T114500Z', '20260102T121500Z']) {
    for (const milliseconds of [0, 1, 999]) {
      const at = { ...options, now: now + milliseconds }
      assert.equal(parseAuthentication(signed(authorization, date), at).timestamp, date)
    }
  }
})

test('a window of five minutes says so', () => {
  const narrow = { ...options, windowSeconds: 300 }
  assert.throws(() => parseAuthentication(signed(authorization, '20260102T115459Z'), narrow), {
    message: /earlier than 20260102T115500Z \(20260102T120000Z - 5 min\.\)$/,
  })
})

test('the scope is of the day of the request, not of the server', () => {
  const late = signed(authorization, '20260102T235959Z')
  const at = { ...options, now: Date.UTC(2026, 0, 3) }
  assert.equal(parseAuthentication(late, at).scope.date, '20260102')
})

test('any region name will do when none is listed, but it must be a name', () => {
  const anywhere: ParseOptions = { now, services: ['sts', 'iam'] }
  for (const region of ['eu-central-1', 'aws-global']) {
    const sent = signed(authorization.replace('us-east-1', region))
    assert.equal(parseAuthentication(sent, anywhere).scope.region, region)
  }
  for (const region of ['', 'US-EAST-1', '*', 'a_b']) {
    const sent = signed(authorization.replace('us-east-1', region))
    assert.throws(() => parseAuthentication(sent, anywhere), {
      message: `Credential should be scoped to a valid region, not '${region}'.`,
    })
  }
})

test('when the service of the request is known, no other scope will do', () => {
  const known: ParseOptions = { now, services: ['sts', 'iam'], expectedService: 'iam' }
  assert.throws(() => parseAuthentication(signed(authorization), known), {
    message: "Credential should be scoped to correct service: 'iam'.",
  })
})

test('a presigned lifetime is ignored unless it is honoured', () => {
  const old = { ...options, now: now + 600_000 }
  const brief = presigned({ 'X-Amz-Expires': '60' })
  assert.equal(parseAuthentication(brief, old).form, 'query')
  assert.throws(() => parseAuthentication(brief, { ...old, honourExpires: true }), {
    message: /^Signature expired: 20260102T120000Z is now earlier than 20260102T120900Z/,
  })
  const long = presigned({ 'X-Amz-Expires': '7200' })
  const later = { ...options, now: now + 7_200_000 }
  assert.equal(parseAuthentication(long, { ...later, honourExpires: true }).form, 'query')
  assert.throws(() => parseAuthentication(long, later), { code: notAuthentic })
  for (const text of ['', 'x', '1.5', '-1', '604801', '1e3']) {
    const odd = presigned({ 'X-Amz-Expires': text })
    assert.throws(() => parseAuthentication(odd, { ...options, honourExpires: true }), {
      code: 'AuthorizationQueryParametersError',
    })
  }
})

test('a request is signed when it carries either form, even a broken one', () => {
  assert.equal(isSigned(request()), false)
  assert.equal(isSigned(request({ query: 'Action=X-Amz-Algorithm' })), false)
  assert.equal(isSigned(signed('nonsense')), true)
  assert.equal(isSigned(presigned()), true)
})

const v4aHeader = (names = 'host;x-amz-date;x-amz-region-set') =>
  `AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20260102/sts/aws4_request, SignedHeaders=${names}, Signature=00`
const v4a = (regionSet: string, header = v4aHeader()) => {
  const sent = signed(header)
  return { ...sent, headers: [...sent.headers, 'X-Amz-Region-Set', regionSet] }
}

test('a SigV4A region set must cover an accepted region', () => {
  for (const set of ['us-east-1', '*', 'us-*', 'eu-west-1, us-east-1', 'u*-*t-1', '*-1']) {
    assert.equal(parseAuthentication(v4a(set), options).regionSet, set)
  }
  for (const set of ['', 'us-east-2', 'eu-*', 'us-east-1x', '*2', 'us-east-1*1', 'US-*', ',']) {
    assert.throws(() => parseAuthentication(v4a(set), options), {
      code: notAuthentic,
      message: `Credential should be scoped to a valid region, not '${set}'.`,
    })
  }
})

test('a SigV4A region set must be signed, and its credential has four parts', () => {
  assert.throws(() => parseAuthentication(v4a('*', v4aHeader('host;x-amz-date')), options), {
    code: notAuthentic,
    message: "'X-Amz-Region-Set' must be a 'SignedHeader' in the AWS Authorization.",
  })
  const five = v4aHeader().replace('/sts', '/us-east-1/sts')
  assert.throws(() => parseAuthentication(v4a('*', five), options), {
    code: 'IncompleteSignature',
    message: /^Credential must have exactly 4 slash-delimited elements/,
  })
})
