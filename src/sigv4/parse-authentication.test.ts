import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSigned, type ParseOptions, parseAuthentication } from './parse-authentication.ts'
import type { SignableRequest } from './signable-request.ts'
import type { SignatureErrorCode } from './signature-error.ts'

const now = Date.UTC(2026, 0, 2, 12)
const options: ParseOptions = { now, services: ['sts'], regions: ['us-east-1'] }
const credential = 'AKIDEXAMPLE/20260102/us-east-1/sts/aws4_request'
const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=00`

const request = (changes: Partial<SignableRequest> = {}): SignableRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: ['Host', 'sts.amazonaws.com', 'X-Amz-Date', '20260102T120000Z'],
  body: new Uint8Array(),
  ...changes,
})
const signed = (header: string, date = '20260102T120000Z', dateName = 'X-Amz-Date') =>
  request({
    headers: ['Host', 'sts.amazonaws.com', dateName, date, 'Authorization', header],
  })
const parameters = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': credential.replaceAll('/', '%2F'),
  'X-Amz-Date': '20260102T120000Z',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': '00',
}
const presigned = (changes: Record<string, string | undefined> = {}, extra = '') => {
  const kept = Object.entries({ ...parameters, ...changes }).filter(
    ([, value]) => value !== undefined,
  )
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&') + extra
  return request({ method: 'GET', query, headers: ['Host', 'sts.amazonaws.com'] })
}

const notAuthentic = 'SignatureDoesNotMatch'
const hostFault = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
const needs = (what: string) => `Authorization header requires ${what}`
const mustInclude = (name: string) => `AWS query-string parameters must include '${name}'.`
const badDate = (text: string) =>
  `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`
const badParts = (text: string) =>
  `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${text}'`

const refusals: readonly [string, SignableRequest, SignatureErrorCode, number, string][] = [
  ['a broken escape in the path', { ...signed(authorization), path: '/%4' }, 'BadRequest', 400, ''],
  ['a path without its slash', { ...signed(authorization), path: 'x' }, 'BadRequest', 400, ''],
  ['a path above the root', { ...signed(authorization), path: '/a/../..' }, 'BadRequest', 400, ''],
  ['an escaped climb', { ...signed(authorization), path: '/%2e%2E/' }, 'BadRequest', 400, ''],
  [
    'a path fault before a query fault',
    request({ path: '/%zz', query: '%zz' }),
    'BadRequest',
    400,
    '',
  ],
  [
    'a trailing escape in the query',
    request({ query: 'a=%4' }),
    'MalformedQueryString',
    400,
    'Incomplete trailing escape % sequence',
  ],
  [
    'a bad hex digit in the query',
    request({ query: 'a=%4x' }),
    'MalformedQueryString',
    400,
    'Illegal hex character in escape % pattern: %4x',
  ],
  [
    'both forms at once',
    { ...signed(authorization), query: 'X-Amz-Algorithm=x' },
    notAuthentic,
    403,
    '',
  ],
  [
    'neither form',
    request(),
    'MissingAuthenticationToken',
    403,
    'Request is missing Authentication Token',
  ],
  [
    'another scheme',
    signed('Bearer abc'),
    'IncompleteSignature',
    400,
    "Unsupported AWS 'algorithm': 'Bearer'.",
  ],
  [
    'a shortened scheme',
    signed(authorization.replace('256', '25')),
    'IncompleteSignature',
    400,
    "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25'.",
  ],
  [
    'an item without its equal sign',
    signed('AWS4-HMAC-SHA256 Credential'),
    'IncompleteSignature',
    400,
    "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential'.",
  ],
  [
    'everything missing, in one message',
    request({ headers: ['Authorization', 'AWS4-HMAC-SHA256'] }),
    'IncompleteSignature',
    400,
    [
      needs("'Credential' parameter."),
      needs("'Signature' parameter."),
      needs("'SignedHeaders' parameter."),
      needs("existence of either a 'X-Amz-Date' or a 'Date' header."),
      'Authorization=AWS4-HMAC-SHA256',
    ].join(' '),
  ],
  [
    'one field missing',
    signed('AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host'),
    'IncompleteSignature',
    400,
    `${needs("'Signature' parameter.")} Authorization=AWS4-HMAC-SHA256`,
  ],
  [
    'an unknown algorithm in the query',
    presigned({ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA25' }),
    'MissingAuthenticationToken',
    403,
    'Request is missing Authentication Token',
  ],
  [
    'everything missing in the query',
    request({ query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256' }),
    'IncompleteSignature',
    400,
    [
      mustInclude('X-Amz-Credential'),
      mustInclude('X-Amz-Signature'),
      mustInclude('X-Amz-SignedHeaders'),
      mustInclude('X-Amz-Date'),
      'Re-examine the query-string parameters.',
    ].join(' '),
  ],
  [
    'host not signed, before a bad date',
    signed(authorization.replace('host;', ''), 'x'),
    notAuthentic,
    403,
    hostFault,
  ],
  [
    'host not signed in the query',
    presigned({ 'X-Amz-SignedHeaders': 'hosts' }),
    notAuthentic,
    403,
    hostFault,
  ],
  [
    'a date that is none',
    signed(authorization, 'yesterday'),
    'IncompleteSignature',
    400,
    badDate('yesterday'),
  ],
  [
    'a thirtieth of February',
    signed(authorization, '20260230T120000Z'),
    'IncompleteSignature',
    400,
    badDate('20260230T120000Z'),
  ],
  [
    'the extended form in the query',
    presigned({ 'X-Amz-Date': '2026-01-02T12:00:00Z' }),
    'IncompleteSignature',
    400,
    badDate('2026-01-02T12:00:00Z'),
  ],
  [
    'one second too old, before a bad credential',
    signed(authorization.replace(credential, 'x'), '20260102T114459Z'),
    notAuthentic,
    403,
    'Signature expired: 20260102T114459Z is now earlier than 20260102T114500Z (20260102T120000Z - 15 min.)',
  ],
  [
    'one second too new',
    signed(authorization, '20260102T121501Z'),
    notAuthentic,
    403,
    'Signature not yet current: 20260102T121501Z is still later than 20260102T121500Z (20260102T120000Z + 15 min.)',
  ],
  [
    'a credential of four parts',
    signed(authorization.replace('/sts', '')),
    'IncompleteSignature',
    400,
    badParts('AKIDEXAMPLE/20260102/us-east-1/aws4_request'),
  ],
  [
    'a credential of six parts',
    signed(authorization.replace('/sts', '/sts/x')),
    'IncompleteSignature',
    400,
    badParts('AKIDEXAMPLE/20260102/us-east-1/sts/x/aws4_request'),
  ],
  [
    'every part of the scope wrong, in one message',
    signed(authorization.replace('20260102/us-east-1/sts/aws4_request', '20260101/mars/s3/aws5')),
    notAuthentic,
    403,
    [
      "Credential should be scoped to a valid region, not 'mars'.",
      "Credential should be scoped to correct service: 'sts'.",
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'.",
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260101' != '20260102', from '20260102T120000Z'.",
    ].join(' '),
  ],
]

for (const [what, sent, code, status, message] of refusals) {
  test(`refused with AWS's code and text: ${what}`, () => {
    assert.throws(() => parseAuthentication(sent, options), { code, status, message })
  })
}

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
  for (const region of ['', 'US-EAST-1', '*', 'a b']) {
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
