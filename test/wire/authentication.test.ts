import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorization,
  badToken,
  body,
  credential,
  doesNotMatch,
  header,
  hostNotSigned,
  inHeader,
  inQuery,
  key,
  missing,
  notBasic,
  summary,
  testRows,
  unknownKey,
  unsigned,
  wire,
} from './signed-requests.fixture.ts'

/** Checks of a signature in AWS’s order, each by a request that is right in all else: the target, the form, the key. */
testRows([
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
    "403 SignatureDoesNotMatch: Credential should be scoped with a valid terminator: 'aws4_request', not 'x'.",
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
])

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
