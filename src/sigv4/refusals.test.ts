import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorization,
  credential,
  options,
  presigned,
  request,
  signed,
} from './authentication.fixture.ts'
import { parseAuthentication } from './parse-authentication.ts'
import type { SignableRequest } from './signable-request.ts'
import type { SignatureErrorCode } from './signature-error.ts'

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
    'a key id with a space in it',
    signed(authorization.replace('AKIDEXAMPLE', 'not valid')),
    'IncompleteSignature',
    400,
    `'valid/20260102/us-east-1/sts/aws4_request' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization.replace('AKIDEXAMPLE', 'not valid')}'.`,
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
