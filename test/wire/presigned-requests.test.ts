import {
  body,
  doesNotMatch,
  inQuery,
  missing,
  notBasic,
  now,
  parameter,
  queryNeeds,
  testRows,
  unsigned,
  wrongParts,
} from './signed-requests.fixture.ts'

/** What the parameters of a presigned request must be. */
testRows([
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
])
