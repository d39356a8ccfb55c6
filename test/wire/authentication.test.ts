import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { presignRequest, signRequest } from '../../src/sigv4/index.ts'
import { at, readXml } from './read-xml.ts'
import { type Credentials, openWire, type RawRequest, send, type Wire } from './wire-service.ts'

/** Every check of a signature in AWS's order, each by a request that is right in all else. */
let wire: Wire
before(async () => {
  wire = await openWire()
})
after(() => wire[Symbol.asyncDispose]())

const body = 'Action=GetCallerIdentity&Version=2011-06-15'
const now = '20260304T050607Z'

interface SignedWith {
  readonly service?: string
  readonly region?: string
  readonly skewSeconds?: number
  readonly path?: string
  readonly query?: string
  readonly as?: Credentials
  readonly omitSessionToken?: boolean
}

const base = ({ path = '/', query = '' }: SignedWith) => ({
  ...{ path, query },
  headers: ['Host', new URL(wire.service.endpoint).host],
})

const options = ({ service = 'sts', region = 'us-east-1', skewSeconds = 0 }: SignedWith) => ({
  ...{ service, region },
  now: wire.service.clock.now() + skewSeconds * 1000,
})

/** A POST signed in its headers. */
function inHeader(how: SignedWith = {}): RawRequest {
  const { headers, ...rest } = base(how)
  const type = ['Content-Type', 'application/x-www-form-urlencoded']
  const request = {
    ...{ method: 'POST', ...rest },
    headers: [...headers, ...type],
    body: Buffer.from(body),
  }
  return { ...signRequest(request, how.as ?? wire.root, options(how)), body }
}

/** A GET signed in its query. */
function inQuery(how: SignedWith = {}): RawRequest {
  const request = { method: 'GET', ...base({ ...how, query: body }), body: Buffer.alloc(0) }
  return { ...presignRequest(request, how.as ?? wire.root, options(how)), body: '' }
}

const headerAt = (headers: readonly string[], name: string): number =>
  headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name)

/** The request with one header changed; without it when there is no new value. */
function header(
  request: RawRequest,
  name: string,
  change: string | ((value: string) => string) | undefined,
): RawRequest {
  const headers = [...request.headers]
  const index = headerAt(headers, name)
  const value = typeof change === 'function' ? change(headers[index + 1] ?? '') : change
  if (index < 0) headers.push(name, value ?? '')
  else if (value === undefined) headers.splice(index, 2)
  else headers[index + 1] = value
  return { ...request, headers }
}

const authorization = (change: (value: string) => string, how?: SignedWith): RawRequest =>
  header(inHeader(how), 'authorization', change)

/** The query with one parameter changed or taken out. */
function parameter(
  request: RawRequest,
  name: string,
  change: ((value: string) => string) | undefined,
): RawRequest {
  const query = request.query.split('&').flatMap((pair) => {
    if (!pair.startsWith(`${name}=`)) return [pair]
    return change ? [`${name}=${change(pair.slice(name.length + 1))}`] : []
  })
  return { ...request, query: query.join('&') }
}

async function summary(request: RawRequest): Promise<string> {
  const answer = await send(wire.service.endpoint, request)
  assert.ok(answer.headers.date, 'every answer has a Date, by which clients correct their clocks')
  if (answer.body === '') return String(answer.status)
  const error = at(readXml(answer.body), 'ErrorResponse.Error')
  assert.ok(answer.headers['x-amzn-requestid'])
  return error ? `${answer.status} ${at(error, 'Code')}: ${at(error, 'Message') ?? ''}` : '200 OK'
}

const doesNotMatch =
  '403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const missing = '403 MissingAuthenticationToken: Request is missing Authentication Token'
const unknownKey =
  '403 InvalidClientTokenId: The security token included in the request is invalid.'
const badToken = '403 InvalidClientTokenId: The security token included in the request is invalid'
const hostNotSigned =
  "403 SignatureDoesNotMatch: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
const notBasic = (got: string) =>
  `400 IncompleteSignature: Date must be in ISO-8601 'basic format'. Got '${got}'. See http://en.wikipedia.org/wiki/ISO_8601`
const needs = (...what: readonly string[]) =>
  `400 IncompleteSignature: ${what.map((one) => `Authorization header requires ${one}`).join(' ')} Authorization=AWS4-HMAC-SHA256`
const queryNeeds = (...names: readonly string[]) =>
  `400 IncompleteSignature: ${names.map((name) => `AWS query-string parameters must include '${name}'.`).join(' ')} Re-examine the query-string parameters.`
const eitherDate = "existence of either a 'X-Amz-Date' or a 'Date' header."
const wrongParts = (got: string) =>
  `400 IncompleteSignature: Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${got}'`

const key = () => wire.root.accessKeyId
const credential = (text: string) => (value: string) =>
  value.replace(/Credential=[^,]*/, `Credential=${text}`)

type Row = readonly [name: string, request: () => RawRequest, answer: string | (() => string)]

const rows: readonly Row[] = [
  ['signed in the headers', () => inHeader(), '200 OK'],
  ['signed in the query', () => inQuery(), '200 OK'],
  ['a broken escape in the path', () => ({ ...inHeader(), path: '/%zz' }), '400'],
  ['a cut-off escape in the path', () => ({ ...inHeader(), path: '/a%4' }), '400'],
  ['a path above the root', () => ({ ...inHeader(), path: '/../x' }), '400'],
  ['an escaped path above the root', () => ({ ...inHeader(), path: '/a/%2e%2E/%2e./x' }), '400'],
  ['a path fault in an unsigned request', () => ({ ...unsigned(), path: '/%' }), '400'],
  [
    'a path fault with an unknown action',
    () => ({ ...inHeader(), path: '/%', body: 'Action=No' }),
    '400',
  ],
  ['a path fault by another method', () => ({ ...inHeader(), path: '/%', method: 'PUT' }), '400'],
  [
    'a second Host',
    () => ({ ...inHeader(), headers: [...inHeader().headers, 'Host', 'b'] }),
    '400',
  ],
  ['a path that stays below the root', () => inHeader({ path: '/a/../' }), '200 OK'],
  [
    'a query that ends in half an escape',
    () => ({ ...inHeader(), query: 'a=%4' }),
    '400 MalformedQueryString: Incomplete trailing escape % sequence',
  ],
  [
    'a query with an escape that is no hex',
    () => ({ ...inHeader(), query: 'a=%zz' }),
    '400 MalformedQueryString: Illegal hex character in escape % pattern: %zz',
  ],
  [
    'a query fault in an unsigned GET without action',
    () => ({ ...unsigned(), method: 'GET', query: '%', body: '' }),
    '400 MalformedQueryString: Incomplete trailing escape % sequence',
  ],
  [
    'a query fault with a body of no form',
    () => ({ ...header(inHeader(), 'content-type', 'text/plain'), query: '%' }),
    '400 MalformedQueryString: Incomplete trailing escape % sequence',
  ],
  [
    'both forms at once',
    () => ({ ...inHeader(), query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256' }),
    '403 SignatureDoesNotMatch: ',
  ],
  ['no signature at all', () => unsigned(), missing],
  [
    'a GET without signature',
    () => ({ ...unsigned(), method: 'GET', query: body, body: '' }),
    missing,
  ],
  [
    'another scheme',
    () => authorization((v) => v.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1')),
    "400 IncompleteSignature: Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'.",
  ],
  [
    'a bearer token',
    () => authorization(() => 'Bearer abc'),
    "400 IncompleteSignature: Unsupported AWS 'algorithm': 'Bearer'.",
  ],
  [
    'an empty header',
    () => authorization(() => ''),
    "400 IncompleteSignature: Unsupported AWS 'algorithm': ''.",
  ],
  [
    'a key id with a space in it',
    () => authorization(() => 'AWS4-HMAC-SHA256 Credential=not valid/x, SignedHeaders=host'),
    "400 IncompleteSignature: 'valid/x' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=not valid/x, SignedHeaders=host'.",
  ],
  [
    'an item without equal-sign',
    () => authorization(() => 'AWS4-HMAC-SHA256 Credential=a, nonsense, Signature=b'),
    "400 IncompleteSignature: 'nonsense' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=a, nonsense, Signature=b'.",
  ],
  [
    'no credential',
    () => authorization((v) => v.replace(/Credential=[^,]*, /, '')),
    needs("'Credential' parameter."),
  ],
  [
    'no signature part',
    () => authorization((v) => v.replace(/, Signature=.*/, '')),
    needs("'Signature' parameter."),
  ],
  [
    'no signed headers',
    () => authorization((v) => v.replace(/ SignedHeaders=[^,]*,/, '')),
    needs("'SignedHeaders' parameter."),
  ],
  ['no date', () => header(inHeader(), 'x-amz-date', undefined), needs(eitherDate)],
  [
    'only the scheme and no date',
    () =>
      header(
        authorization(() => 'AWS4-HMAC-SHA256'),
        'x-amz-date',
        undefined,
      ),
    needs(
      "'Credential' parameter.",
      "'Signature' parameter.",
      "'SignedHeaders' parameter.",
      eitherDate,
    ),
  ],
  [
    'a repeated part, the last one right',
    () => authorization((v) => v.replace(' Credential=', ' Signature=00, Credential=')),
    '200 OK',
  ],
  [
    'a repeated part, the last one wrong',
    () => authorization((v) => `${v}, Signature=00`),
    doesNotMatch,
  ],
  ['spaces without commas', () => authorization((v) => v.replaceAll(',', '')), '200 OK'],
  ['commas without spaces', () => authorization((v) => v.replaceAll(', ', ',')), '200 OK'],
  [
    'parts in another order',
    () => authorization((v) => v.replace(/(AWS4\S*) (\S*), (\S*), (\S*)/, '$1 $4, $3, $2')),
    '200 OK',
  ],
  ['an unknown part', () => authorization((v) => `${v}, More=x`), '200 OK'],
  ['host not signed', () => authorization((v) => v.replace(';host', '')), hostNotSigned],
  ['host signed in capitals', () => authorization((v) => v.replace(';host', ';Host')), '200 OK'],
  [
    'no header signed',
    () => authorization((v) => v.replace(/SignedHeaders=[^,]*/, 'SignedHeaders=')),
    hostNotSigned,
  ],
  [
    'a signed header that is not sent',
    () => authorization((v) => v.replace(';host', ';host;x-absent')),
    doesNotMatch,
  ],
  [
    'a date that is none',
    () => header(inHeader(), 'x-amz-date', 'yesterday'),
    notBasic('yesterday'),
  ],
  [
    'an impossible date',
    () => header(inHeader(), 'x-amz-date', '20261304T050607Z'),
    notBasic('20261304T050607Z'),
  ],
  [
    'no x-amz-date but a date of no form',
    () => header(header(inHeader(), 'x-amz-date', undefined), 'date', 'soon'),
    notBasic('soon'),
  ],
  ['fifteen minutes old', () => inHeader({ skewSeconds: -900 }), '200 OK'],
  [
    'a second older than that',
    () => inHeader({ skewSeconds: -901 }),
    `403 SignatureDoesNotMatch: Signature expired: 20260304T045106Z is now earlier than 20260304T045107Z (${now} - 15 min.)`,
  ],
  ['fifteen minutes early', () => inHeader({ skewSeconds: 900 }), '200 OK'],
  [
    'a second earlier than that',
    () => inHeader({ skewSeconds: 901 }),
    `403 SignatureDoesNotMatch: Signature not yet current: 20260304T052108Z is still later than 20260304T052107Z (${now} + 15 min.)`,
  ],
  ['a credential of four parts', () => authorization(credential('a/b/c/d')), wrongParts('a/b/c/d')],
  [
    'a credential of six parts',
    () => authorization(credential('a/b/c/d/e/f')),
    wrongParts('a/b/c/d/e/f'),
  ],
  ['an empty credential', () => authorization(credential('')), wrongParts('')],
  [
    'slashes after the credential',
    () => authorization((v) => v.replace('aws4_request', 'aws4_request//')),
    '200 OK',
  ],
  [
    'no region',
    () => authorization((v) => v.replace('/us-east-1/', '//')),
    '403 SignatureDoesNotMatch: Credential should be scoped to a valid region. ',
  ],
  [
    'a service that is not here',
    () => inHeader({ service: 's3' }),
    "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'. ",
  ],
  [
    'another terminator',
    () => authorization((v) => v.replace('aws4_request', 'aws5_request')),
    "403 SignatureDoesNotMatch: Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
  ],
  [
    'the day of another date',
    () => authorization((v) => v.replace('/20260304/', '/20260303/')),
    `403 SignatureDoesNotMatch: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260303' != '20260304', from '${now}'.`,
  ],
  [
    'everything wrong in the scope',
    () => authorization(credential('AKIA/20260303//s3/aws5')),
    `403 SignatureDoesNotMatch: Credential should be scoped to a valid region. Credential should be scoped to correct service: 'sts'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260303' != '20260304', from '${now}'.`,
  ],
  ['any region', () => inHeader({ region: 'ap-southeast-7' }), '200 OK'],
  ['aws-global', () => inHeader({ region: 'aws-global' }), '200 OK'],
  [
    'an unknown key',
    () => inHeader({ as: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } }),
    unknownKey,
  ],
  [
    'a key that is no key',
    () => inHeader({ as: { accessKeyId: 'nobody', secretAccessKey: 'x' } }),
    unknownKey,
  ],
  [
    'a session key without its token',
    () => inHeader({ as: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } }),
    unknownKey,
  ],
  [
    'a token that is none',
    () => inHeader({ as: { ...wire.root, sessionToken: 'nonsense' } }),
    badToken,
  ],
  ['an empty token', () => header(inHeader(), 'x-amz-security-token', ''), badToken],
  ['another secret', () => inHeader({ as: { ...wire.root, secretAccessKey: 'x' } }), doesNotMatch],
  ['another body', () => ({ ...inHeader(), body: `${body}&x=1` }), doesNotMatch],
  ['another path', () => ({ ...inHeader(), path: '/x' }), doesNotMatch],
  ['another query', () => ({ ...inHeader(), query: 'x=1' }), doesNotMatch],
  ['a cut signature', () => authorization((v) => v.slice(0, -1)), doesNotMatch],
  [
    'a signature in capitals',
    () =>
      authorization((v) =>
        v.replace(/Signature=.*/, (s) => s.toUpperCase().replace('SIGNATURE', 'Signature')),
      ),
    doesNotMatch,
  ],
  [
    'an empty signature',
    () => authorization((v) => v.replace(/Signature=.*/, 'Signature=')),
    doesNotMatch,
  ],
  [
    'a body hash that is not the body’s',
    () => header(inHeader(), 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD'),
    doesNotMatch,
  ],
  [
    'a query with another algorithm',
    () => parameter(inQuery(), 'X-Amz-Algorithm', () => 'AWS3'),
    missing,
  ],
  [
    'a query without credential',
    () => parameter(inQuery(), 'X-Amz-Credential', undefined),
    queryNeeds('X-Amz-Credential'),
  ],
  [
    'a query without signature',
    () => parameter(inQuery(), 'X-Amz-Signature', undefined),
    queryNeeds('X-Amz-Signature'),
  ],
  [
    'a query without signed headers',
    () => parameter(inQuery(), 'X-Amz-SignedHeaders', undefined),
    queryNeeds('X-Amz-SignedHeaders'),
  ],
  [
    'a query without date',
    () => parameter(inQuery(), 'X-Amz-Date', undefined),
    queryNeeds('X-Amz-Date'),
  ],
  [
    'a query with nothing but the algorithm',
    () => ({
      ...unsigned(),
      method: 'GET',
      query: `${body}&X-Amz-Algorithm=AWS4-HMAC-SHA256`,
      body: '',
    }),
    queryNeeds('X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'),
  ],
  [
    'a query whose date is no date',
    () => parameter(inQuery(), 'X-Amz-Date', () => 'x'),
    notBasic('x'),
  ],
  [
    'a query with the date in extended form',
    () => parameter(inQuery(), 'X-Amz-Date', () => '2026-03-04T05%3A06%3A07Z'),
    notBasic('2026-03-04T05:06:07Z'),
  ],
  [
    'a query that is too old, whatever it says of its life',
    () => ({
      ...inQuery({ skewSeconds: -901 }),
      query: `${inQuery({ skewSeconds: -901 }).query}&X-Amz-Expires=86400`,
    }),
    `403 SignatureDoesNotMatch: Signature expired: 20260304T045106Z is now earlier than 20260304T045107Z (${now} - 15 min.)`,
  ],
  [
    'a query with a changed parameter',
    () => parameter(inQuery(), 'Version', () => '2011-06-15&x=1'),
    doesNotMatch,
  ],
  [
    'a query with another signature',
    () =>
      parameter(inQuery(), 'X-Amz-Signature', (v) =>
        v.replace(/^./, (c) => (c === '0' ? '1' : '0')),
      ),
    doesNotMatch,
  ],
  [
    'a query of a credential cut short',
    () => parameter(inQuery(), 'X-Amz-Credential', () => 'a%2Fb'),
    wrongParts('a/b'),
  ],
  // The form counts before the date, the date before the credential, the credential before the key.
  [
    'a bad date and a bad credential',
    () => header(authorization(credential('x')), 'x-amz-date', 'x'),
    notBasic('x'),
  ],
  [
    'host not signed and a bad date',
    () =>
      header(
        authorization((v) => v.replace(';host', '')),
        'x-amz-date',
        'x',
      ),
    hostNotSigned,
  ],
  [
    'a wrong scope and an unknown key',
    () => authorization(credential('nobody/20260304/us-east-1/sts/x')),
    "403 SignatureDoesNotMatch: Credential should be scoped with a valid terminator: 'aws4_request', not 'x'. ",
  ],
  [
    'an unknown key and a bad signature',
    () => authorization(credential('nobody/20260304/us-east-1/sts/aws4_request')),
    unknownKey,
  ],
  [
    'a wrong secret and input that fails',
    () =>
      header(
        { ...inHeader(), body: `${body.replace('GetCallerIdentity', 'AssumeRole')}` },
        'x',
        'y',
      ),
    doesNotMatch,
  ],
]

function unsigned(): RawRequest {
  return header(header(inHeader(), 'authorization', undefined), 'x-amz-date', undefined)
}

for (const [name, request, answer] of rows) {
  test(`${name}: ${typeof answer === 'string' ? answer.split(':')[0] : ''}`, async () => {
    assert.equal(await summary(request()), typeof answer === 'string' ? answer : answer())
  })
}

test('of a repeated Authorization header the first counts', async () => {
  const good = inHeader()
  assert.equal(
    await summary({ ...good, headers: [...good.headers, 'Authorization', 'x'] }),
    '200 OK',
  )
})

test('the date may be in the Date header', async () => {
  const date = new Date(wire.service.clock.now()).toUTCString()
  const plain = inHeader()
  const moved = header(header(plain, 'x-amz-date', undefined), 'date', date)
  // Signed over x-amz-date, which is gone: the form is right and only the signature is not.
  assert.equal(await summary(moved), doesNotMatch)
})

test('a token may go unsigned beside a signature', async () => {
  const session = await wire.session(wire.root, 'GetSessionToken', {})
  const token = session.sessionToken ?? ''
  const bare = inHeader({ as: { ...session, sessionToken: undefined } })
  assert.equal(await summary(header(bare, 'X-Amz-Security-Token', token)), '200 OK')
  assert.equal(await summary(bare), unknownKey)
  const presigned = inQuery({ as: { ...session, sessionToken: undefined } })
  const query = `${presigned.query}&X-Amz-Security-Token=${encodeURIComponent(token)}`
  assert.equal(await summary({ ...presigned, query }), '200 OK')
  assert.equal(await summary(inQuery({ as: session })), '200 OK')
})

test('the key is looked for once its credential is well formed', () => {
  assert.match(key(), /^AKIA[A-Z2-7]{16}$/)
})
