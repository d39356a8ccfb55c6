import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorization,
  credential,
  doesNotMatch,
  eitherDate,
  header,
  hostNotSigned,
  inHeader,
  needs,
  notBasic,
  now,
  summary,
  testRows,
  wire,
  wrongParts,
} from './signed-requests.fixture.ts'

/** What an Authorization header must have, its date and its scope. */
testRows([
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
    "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not ''.",
  ],
  [
    'a service that is not here',
    () => inHeader({ service: 's3' }),
    "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'.",
  ],
  [
    'another terminator',
    () => authorization((v) => v.replace('aws4_request', 'aws5_request')),
    "403 SignatureDoesNotMatch: Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
  ],
  [
    'the day of another date',
    () => authorization((v) => v.replace('/20260304/', '/20260303/')),
    `403 SignatureDoesNotMatch: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260303' != '20260304', from '${now}'.`,
  ],
  [
    'everything wrong in the scope',
    () => authorization(credential('AKIA/20260303//s3/aws5')),
    `403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not ''. Credential should be scoped to correct service: 'sts'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260303' != '20260304', from '${now}'.`,
  ],
  ['any region', () => inHeader({ region: 'ap-southeast-7' }), '200 OK'],
  ['aws-global', () => inHeader({ region: 'aws-global' }), '200 OK'],
])

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
