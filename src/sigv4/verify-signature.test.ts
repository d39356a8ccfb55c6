import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Algorithm,
  createSigningKeyCache,
  presignRequest,
  type SignableRequest,
  type SignOptions,
  signRequest,
  type VerifyOptions,
  verify,
} from './index.ts'

const now = Date.UTC(2026, 0, 2, 12)
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' }
const scope: SignOptions = { service: 'sts', region: 'us-east-1', now }
const signingKeys = createSigningKeyCache()
const plain: SignableRequest = {
  method: 'POST',
  path: '/',
  query: '',
  headers: ['Host', 'sts.amazonaws.com', 'Content-Type', 'application/x-www-form-urlencoded'],
  body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15'),
}

const check = (request: SignableRequest, options: VerifyOptions = {}) =>
  verify(request, {
    now,
    services: ['sts', 's3'],
    findSecret: (id) => (id === 'AKIDEXAMPLE' ? 'example-secret' : undefined),
    signingKeys,
    ...options,
  })
const refused = {
  code: 'SignatureDoesNotMatch',
  status: 403,
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
}

const algorithms: readonly Algorithm[] = ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256']
const latin1 = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((c) => String.fromCharCode(c)),
})
const rawText = fc.string({
  unit: fc.constantFrom('a', 'Z', '~', '+', '&', '=', '%20', '%e9', '%2F', '/', 'é', 'ሴ'),
})
const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path: rawText.map((text) => `/${text}`),
  query: rawText,
  headers: fc
    .array(fc.tuple(fc.constantFrom('X-One', 'x-one', 'X-Two', 'X-Amz-Meta'), latin1), {
      maxLength: 4,
    })
    .map((extra) => ['Host', 'example.com', ...extra.flat()]),
  body: fc.uint8Array({ maxLength: 40 }),
})
const token = fc.option(fc.constantFrom('to/ken+==', 'plain'), { nil: undefined })

test('what the signer signs in either form and algorithm, the verifier accepts', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRequest,
      token,
      fc.constantFrom(...algorithms),
      fc.constantFrom(signRequest, presignRequest),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom('sts', 's3'),
      async (
        request,
        sessionToken,
        algorithm,
        sign,
        omitSessionToken,
        signedBodyHeader,
        service,
      ) => {
        const signed = sign(
          request,
          { ...credentials, sessionToken },
          { ...scope, algorithm, omitSessionToken, signedBodyHeader, service },
        )
        const read = await check(signed)
        assert.equal(read.sessionToken, sessionToken)
        assert.equal(read.algorithm, algorithm)
      },
    ),
    { numRuns: 300 },
  )
})

test('a signed request is refused after any change to its body, query or a header value', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRequest,
      fc.constantFrom(signRequest, presignRequest),
      fc.constantFrom('body', 'query', 'header', 'method', 'path'),
      async (request, sign, part) => {
        const signed = sign(request, credentials, scope)
        const changed = {
          body: { ...signed, body: Buffer.concat([signed.body, Buffer.from('x')]) },
          query: { ...signed, query: `${signed.query}&extra` },
          header: { ...signed, headers: signed.headers.with(1, 'other.example.com') },
          method: { ...signed, method: 'PUT' },
          path: { ...signed, path: `${signed.path}x` },
        }[part]
        await assert.rejects(check(changed), refused)
      },
    ),
    { numRuns: 100 },
  )
})

test('an unknown access key is refused as AWS refuses it', async () => {
  const signed = signRequest(plain, { ...credentials, accessKeyId: 'AKIDOTHER' }, scope)
  await assert.rejects(check(signed), {
    code: 'InvalidClientTokenId',
    status: 403,
    message: 'The security token included in the request is invalid.',
  })
})

test('a wrong secret is refused in both algorithms', async () => {
  for (const algorithm of algorithms) {
    const other = { ...credentials, secretAccessKey: 'another-secret' }
    await assert.rejects(check(signRequest(plain, other, { ...scope, algorithm })), refused)
  }
})

test('a changed secret is noticed although its key was remembered', async () => {
  const signed = signRequest(plain, credentials, scope)
  const cache = createSigningKeyCache(2)
  const options = { now, services: ['sts'], signingKeys: cache }
  await verify(signed, { ...options, findSecret: () => 'example-secret' })
  await assert.rejects(verify(signed, { ...options, findSecret: () => 'rotated' }), refused)
  await verify(signed, { ...options, findSecret: () => 'example-secret' })
})

test('a header that is listed but was not sent is refused', async () => {
  const signed = signRequest(
    { ...plain, headers: [...plain.headers, 'X-Extra', '1'] },
    credentials,
    scope,
  )
  const at = signed.headers.indexOf('X-Extra')
  await assert.rejects(check({ ...signed, headers: signed.headers.toSpliced(at, 2) }), refused)
})

test('a header that is listed again and again is refused, and takes no more than once', async () => {
  const long = { ...plain, headers: [...plain.headers, 'A', 'v'.repeat(30_000)] }
  const sent = signRequest(long, credentials, scope)
  await check(sent)
  const headers = sent.headers.map((text) => text.replace('=a;', `=${'a;'.repeat(16_000)}`))
  const before = performance.now()
  await assert.rejects(check({ ...sent, headers }), refused)
  assert.ok(performance.now() - before < 300)
})

test('a header that was not signed may come and go', async () => {
  const signed = signRequest(plain, credentials, scope)
  await check({ ...signed, headers: [...signed.headers, 'X-Forwarded-For', '192.0.2.1'] })
})

test('the host may come as :authority', async () => {
  const signed = signRequest(plain, credentials, scope)
  await check({ ...signed, headers: signed.headers.with(0, ':authority') })
})

test('a body is never taken on trust unless that is asked for', async () => {
  const signed = signRequest(plain, credentials, { ...scope, unsignedPayload: true })
  await assert.rejects(check(signed), refused)
  await check(signed, { allowUnsignedPayload: true })
  for (const declared of ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'anything']) {
    const odd = { ...plain, headers: [...plain.headers, 'x-amz-content-sha256', declared] }
    await assert.rejects(check(signRequest(odd, credentials, scope)), refused)
  }
})

test('a declared hash that is not the hash of the body is refused even when it was signed', async () => {
  const signed = signRequest(plain, credentials, { ...scope, signedBodyHeader: true })
  await check(signed)
  const swapped = { ...signed, body: Buffer.from('Action=AssumeRole') }
  await assert.rejects(check(swapped), refused)
  await assert.rejects(check(swapped, { allowUnsignedPayload: true }), refused)
})

test('a plus in the query is signed as the space that a form decoder reads', async () => {
  const signed = presignRequest({ ...plain, query: 'a=b%20c' }, credentials, scope)
  await check({ ...signed, query: signed.query.replace('b%20c', 'b+c') })
  await assert.rejects(check({ ...signed, query: signed.query.replace('b%20c', 'b%2Bc') }), refused)
})

test('an upper-case or padded signature is refused', async () => {
  const signed = signRequest(plain, credentials, scope)
  const header = signed.headers.at(-1) ?? ''
  const upper = header.replace(/[0-9a-f]+$/, (hex) => hex.toUpperCase())
  await assert.rejects(check({ ...signed, headers: signed.headers.with(-1, upper) }), refused)
  await assert.rejects(
    check({ ...signed, headers: signed.headers.with(-1, `${header}0`) }),
    refused,
  )
})
