import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { presignRequest, signRequest } from '../../src/sigv4/index.ts'
import { at, readXml } from './read-xml.ts'
import { type RawAnswer, send } from './send.ts'
import { openWire, type Wire } from './wire-service.ts'

let wire: Wire
before(async () => {
  wire = await openWire()
})
after(() => wire[Symbol.asyncDispose]())

const form = 'application/x-www-form-urlencoded; charset=utf-8'

interface Shape {
  readonly method?: string
  readonly path?: string
  readonly type?: string | undefined
  readonly query?: string
  readonly body?: string
  readonly headers?: readonly string[]
}

/** A request signed for a service, whatever its shape. */
function ask(service: string, shape: Shape): Promise<RawAnswer> {
  const { method = 'POST', path = '/', query = '', body = '', headers = [] } = shape
  const type = 'type' in shape ? shape.type : form
  const { endpoint, clock } = wire.service
  const request = {
    ...{ method, path, query },
    headers: [
      ...['Host', new URL(endpoint).host],
      ...(type === undefined ? [] : ['Content-Type', type]),
      ...headers,
    ],
    body: Buffer.from(body),
  }
  const signed = signRequest(request, wire.root, { service, region: 'us-east-1', now: clock.now() })
  return send(endpoint, { ...signed, body })
}

const summaryOf = ({ status, body }: RawAnswer): string => {
  if (body === '') return String(status)
  const error = at(readXml(body), 'ErrorResponse.Error')
  return error ? `${status} ${at(error, 'Code')}: ${at(error, 'Message') ?? ''}` : `${status} OK`
}

const refused = (action: string, version: string) =>
  `400 InvalidAction: Could not find operation ${action} for version ${version}`

const scopedTo = (service: string) =>
  `403 SignatureDoesNotMatch: Credential should be scoped to correct service: '${service}'.`

const bodies: readonly (readonly [service: string, body: string, answer: string])[] = [
  ['sts', 'Action=GetCallerIdentity&Version=2011-06-15', '200 OK'],
  ['sts', 'Version=2011-06-15&Action=GetCallerIdentity', '200 OK'],
  ['sts', '', '302'],
  ['sts', 'Version=2011-06-15', '302'],
  ['sts', 'action=GetCallerIdentity&Version=2011-06-15', '302'],
  ['sts', 'Action=&Version=2011-06-15', refused('', '2011-06-15')],
  ['sts', 'Action=Nope&Version=2011-06-15', refused('Nope', '2011-06-15')],
  [
    'sts',
    'Action=getCallerIdentity&Version=2011-06-15',
    refused('getCallerIdentity', '2011-06-15'),
  ],
  [
    'sts',
    'Action=GETCALLERIDENTITY&Version=2011-06-15',
    refused('GETCALLERIDENTITY', '2011-06-15'),
  ],
  ['sts', 'Action=GetCallerIdentity', refused('GetCallerIdentity', 'NO_VERSION_SPECIFIED')],
  ['sts', 'Action=GetCallerIdentity&Version=', refused('GetCallerIdentity', '')],
  [
    'sts',
    'Action=GetCallerIdentity&Version=2000-01-01',
    refused('GetCallerIdentity', '2000-01-01'),
  ],
  [
    'sts',
    'Action=GetCallerIdentity&Version=2010-05-08',
    refused('GetCallerIdentity', '2010-05-08'),
  ],
  ['sts', 'Action=GetUser&Version=2010-05-08', refused('GetUser', '2010-05-08')],
  ['sts', 'Action=GetUser&Version=2011-06-15', refused('GetUser', '2011-06-15')],
  ['iam', 'Action=GetUser&Version=2010-05-08', '200 OK'],
  ['iam', 'Action=GetUser', refused('GetUser', 'NO_VERSION_SPECIFIED')],
  ['iam', 'Action=GetUser&Version=2011-06-15', refused('GetUser', '2011-06-15')],
  [
    'iam',
    'Action=GetCallerIdentity&Version=2011-06-15',
    refused('GetCallerIdentity', '2011-06-15'),
  ],
  ['ec2', 'Action=GetCallerIdentity&Version=2011-06-15', scopedTo('sts')],
  [
    'iam',
    'Action=GetCallerIdentity&Version=2010-05-08',
    refused('GetCallerIdentity', '2010-05-08'),
  ],
  ['iam', 'Action=ListBuckets&Version=2010-05-08', refused('ListBuckets', '2010-05-08')],
  ['iam', 'Action=__proto__&Version=2010-05-08', refused('__proto__', '2010-05-08')],
  ['iam', 'Action=constructor&Version=2010-05-08', refused('constructor', '2010-05-08')],
  ['iam', 'Action=a%3Cb%26c&Version=2010-05-08', refused('a<b&c', '2010-05-08')],
  // Of a parameter sent twice the first counts.
  ['sts', 'Action=GetCallerIdentity&Action=Nope&Version=2011-06-15', '200 OK'],
  ['sts', 'Action=Nope&Action=GetCallerIdentity&Version=2011-06-15', refused('Nope', '2011-06-15')],
  ['sts', 'Action=GetCallerIdentity&Version=2011-06-15&Version=2000-01-01', '200 OK'],
  [
    'sts',
    'Action=GetCallerIdentity&Version=2000-01-01&Version=2011-06-15',
    refused('GetCallerIdentity', '2000-01-01'),
  ],
  ['sts', 'Action=GetCallerIdentity&Version=2011-06-15&Unknown=1&Other.member.1=x', '200 OK'],
  ['sts', '&&Action=GetCallerIdentity&&Version=2011-06-15&', '200 OK'],
  ['sts', 'Action=Get%43allerIdentity&Version=2011%2D06%2D15', '200 OK'],
  ['sts', '%41ction=GetCallerIdentity&Version=2011-06-15', '200 OK'],
]

for (const [service, body, answer] of bodies) {
  test(`a ${service} POST of "${body}" is answered ${answer}`, async () => {
    assert.equal(summaryOf(await ask(service, { body })), answer)
  })
}

const asked = 'Action=GetCallerIdentity&Version=2011-06-15'
const shapes: readonly (readonly [name: string, shape: Shape, answer: string])[] = [
  [
    'a GET with its parameters in the query',
    { method: 'GET', type: undefined, query: asked },
    '200 OK',
  ],
  ['a GET with a form type too', { method: 'GET', query: asked }, '200 OK'],
  ['a GET without an action', { method: 'GET', type: undefined }, '302'],
  ['a POST without a type', { type: undefined, body: asked }, '302'],
  ['a POST of JSON', { type: 'application/json', body: asked }, '302'],
  ['a POST of text', { type: 'text/plain', body: asked }, '302'],
  ['a POST of a multipart form', { type: 'multipart/form-data; boundary=x', body: asked }, '302'],
  [
    'a form type without charset',
    { type: 'application/x-www-form-urlencoded', body: asked },
    '200 OK',
  ],
  ['a form type in capitals', { type: 'Application/X-WWW-Form-URLEncoded', body: asked }, '200 OK'],
  [
    'a POST of XML with its parameters in the query',
    { type: 'text/xml', query: asked, body: '<a/>' },
    '200 OK',
  ],
  [
    'a POST of a form that names no action, with a query that does',
    { query: asked, body: 'a=b' },
    '200 OK',
  ],
  ['PUT', { method: 'PUT', body: asked }, '302'],
  ['DELETE', { method: 'DELETE', query: asked }, '302'],
  ['HEAD', { method: 'HEAD', query: asked }, '302'],
  ['OPTIONS', { method: 'OPTIONS', query: asked }, '302'],
  ['PATCH', { method: 'PATCH', body: asked }, '302'],
  ['PROPFIND', { method: 'PROPFIND', body: asked }, '302'],
]

for (const [name, shape, answer] of shapes) {
  test(`${name} is answered ${answer}`, async () => {
    assert.equal(summaryOf(await ask('sts', shape)), answer)
  })
}

test('a POST is read with both its halves, so that no session policy is lost in one of them', async () => {
  const call = 'Action=GetFederationToken&Version=2011-06-15&Name=guest'
  const policy = 'Policy=no-policy'
  for (const [query, body] of [
    [call, policy],
    [policy, call],
  ] as const) {
    assert.match(summaryOf(await ask('sts', { query, body })), /^400 MalformedPolicyDocument/)
  }
})

test('the redirect names the documentation, and for a GET keeps the query', async () => {
  const post = await ask('sts', { body: 'Version=2011-06-15' })
  assert.deepEqual(
    [post.status, post.body, post.headers.location],
    [302, '', 'https://aws.amazon.com/iam'],
  )
  const get = await ask('sts', { method: 'GET', type: undefined, query: 'Version=2011-06-15&x=1' })
  assert.equal(get.headers.location, 'https://aws.amazon.com/iam?Version=2011-06-15&x=1')
  assert.ok(get.headers.date)
})

for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
  test(`a ${method} of another path that names no action is not found`, async () => {
    const { endpoint } = wire.service
    const headers = ['Host', new URL(endpoint).host]
    const answer = await send(endpoint, { method, path: '/foo', query: '', headers, body: '' })
    const body = method === 'HEAD' ? '' : '<UnknownOperationException/>\n'
    assert.deepEqual([answer.status, answer.body], [404, body])
    assert.ok(answer.headers['x-amzn-requestid'])
  })
}

test('a request that is signed for another service is told where it has come', async () => {
  const { endpoint, clock } = wire.service
  const headers = ['Host', new URL(endpoint).host, 'X-Amz-Target', 'DynamoDB_20120810.ListTables']
  const request = { method: 'POST', path: '/', query: '', headers, body: Buffer.from('{}') }
  const options = { service: 'dynamodb', region: 'us-east-1', now: clock.now() }
  const signed = signRequest(request, wire.root, options)
  const answer = await send(endpoint, { ...signed, body: '{}' })
  assert.match(
    summaryOf(answer),
    /^400 InvalidAction: Watchword answers for sts and iam, .* dynamodb/,
  )
})

test('an unknown action is refused before its signature is looked at', async () => {
  const { endpoint } = wire.service
  const answer = await send(endpoint, {
    method: 'POST',
    path: '/',
    query: '',
    headers: ['Host', new URL(endpoint).host, 'Content-Type', form],
    body: 'Action=Nope&Version=2011-06-15',
  })
  assert.equal(summaryOf(answer), refused('Nope', '2011-06-15'))
  assert.match(answer.body, /xmlns="http:\/\/webservices\.amazon\.com\/AWSFault\/2005-15-09"/)
})

test('an operation that is not built yet says so in XML, to whoever is known', async () => {
  const answer = await ask('iam', {
    body: 'Action=CreateLoginProfile&Version=2010-05-08&UserName=x',
  })
  assert.equal(
    summaryOf(answer),
    '501 NotImplemented: Watchword does not have the iam operation CreateLoginProfile yet.',
  )
})

test('a presigned GET works on its own, with every header that it signed', async () => {
  const { endpoint, clock } = wire.service
  const headers = ['Host', new URL(endpoint).host, 'x-k8s-aws-id', 'cluster']
  const request = { method: 'GET', path: '/', query: asked, headers, body: Buffer.alloc(0) }
  const options = { service: 'sts', region: 'us-east-1', now: clock.now(), expiresSeconds: 60 }
  const signed = presignRequest(request, wire.root, options)
  assert.equal(summaryOf(await send(endpoint, { ...signed, body: '' })), '200 OK')
  const other = [...headers.slice(0, 3), 'other']
  assert.match(
    summaryOf(await send(endpoint, { ...signed, headers: other, body: '' })),
    /^403 SignatureDoesNotMatch/,
  )
})

const jsonTypes = ['application/json', 'application/json, text/plain', 'application/json;q=0.9']
for (const accept of jsonTypes) {
  test(`Accept: ${accept} is answered in JSON`, async () => {
    const answer = await ask('sts', { body: asked, headers: ['Accept', accept] })
    assert.equal(answer.headers['content-type'], 'application/json')
    const { GetCallerIdentityResponse: response } = JSON.parse(answer.body)
    assert.deepEqual(response, {
      GetCallerIdentityResult: {
        UserId: '123456789012',
        Account: '123456789012',
        Arn: 'arn:aws:iam::123456789012:root',
      },
      ResponseMetadata: { RequestId: answer.headers['x-amzn-requestid'] },
    })
  })
}

test('a refusal in JSON has the same parts', async () => {
  const body = 'Action=GetUser&Version=2010-05-08&UserName=nobody'
  const answer = await ask('iam', { body, headers: ['Accept', 'application/json'] })
  assert.equal(answer.status, 404)
  assert.deepEqual(JSON.parse(answer.body), {
    Error: {
      Code: 'NoSuchEntity',
      Message: 'The user with name nobody cannot be found.',
      Type: 'Sender',
    },
    RequestId: answer.headers['x-amzn-requestid'],
  })
})

test('times in JSON are seconds since the epoch', async () => {
  const body = 'Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900'
  const answer = await ask('sts', { body, headers: ['Accept', 'application/json'] })
  const { Credentials } = JSON.parse(answer.body).GetSessionTokenResponse.GetSessionTokenResult
  assert.equal(Credentials.Expiration, Date.parse('2026-03-04T05:21:07Z') / 1000)
})

for (const accept of ['text/xml', '*/*', 'text/html, application/json;q=0.5']) {
  test(`Accept: ${accept} is answered in XML`, async () => {
    const answer = await ask('sts', { body: asked, headers: ['Accept', accept] })
    assert.equal(answer.headers['content-type'], 'text/xml')
  })
}
