import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type Credentials, presignRequest, signRequest } from '../../src/sigv4/index.ts'
import { at, readXml } from './read-xml.ts'
import { type RawRequest, send } from './send.ts'
import { openWire } from './wire-service.ts'

/** Requests signed rightly and then changed in one place, and what a service answers them by. */
export const wire = await openWire()
after(() => wire[Symbol.asyncDispose]())

export const body = 'Action=GetCallerIdentity&Version=2011-06-15'
export const now = '20260304T050607Z'

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
export function inHeader(how: SignedWith = {}): RawRequest {
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
export function inQuery(how: SignedWith = {}): RawRequest {
  const request = { method: 'GET', ...base({ ...how, query: body }), body: Buffer.alloc(0) }
  return { ...presignRequest(request, how.as ?? wire.root, options(how)), body: '' }
}

const headerAt = (headers: readonly string[], name: string): number =>
  headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name)

/** The request with one header changed; without it when there is no new value. */
export function header(
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

export const authorization = (change: (value: string) => string, how?: SignedWith): RawRequest =>
  header(inHeader(how), 'authorization', change)

/** The query with one parameter changed or taken out. */
export function parameter(
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

export async function summary(request: RawRequest): Promise<string> {
  const answer = await send(wire.service.endpoint, request)
  assert.ok(answer.headers.date, 'every answer has a Date, by which clients correct their clocks')
  if (answer.body === '') return String(answer.status)
  const error = at(readXml(answer.body), 'ErrorResponse.Error')
  assert.ok(answer.headers['x-amzn-requestid'])
  return error ? `${answer.status} ${at(error, 'Code')}: ${at(error, 'Message') ?? ''}` : '200 OK'
}

export const doesNotMatch =
  '403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
export const missing = '403 MissingAuthenticationToken: Request is missing Authentication Token'
export const unknownKey =
  '403 InvalidClientTokenId: The security token included in the request is invalid.'
export const badToken =
  '403 InvalidClientTokenId: The security token included in the request is invalid'
export const hostNotSigned =
  "403 SignatureDoesNotMatch: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
export const notBasic = (got: string) =>
  `400 IncompleteSignature: Date must be in ISO-8601 'basic format'. Got '${got}'. See http://en.wikipedia.org/wiki/ISO_8601`
export const needs = (...what: readonly string[]) =>
  `400 IncompleteSignature: ${what.map((one) => `Authorization header requires ${one}`).join(' ')} Authorization=AWS4-HMAC-SHA256`
export const queryNeeds = (...names: readonly string[]) =>
  `400 IncompleteSignature: ${names.map((name) => `AWS query-string parameters must include '${name}'.`).join(' ')} Re-examine the query-string parameters.`
export const eitherDate = "existence of either a 'X-Amz-Date' or a 'Date' header."
export const wrongParts = (got: string) =>
  `400 IncompleteSignature: Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${got}'`

export const key = () => wire.root.accessKeyId
export const credential = (text: string) => (value: string) =>
  value.replace(/Credential=[^,]*/, `Credential=${text}`)

/** Without a signature or a date. */
export function unsigned(): RawRequest {
  return header(header(inHeader(), 'authorization', undefined), 'x-amz-date', undefined)
}

export type Row = readonly [
  name: string,
  request: () => RawRequest,
  answer: string | (() => string),
]

/** One test a row: its request gets its answer. */
export function testRows(rows: readonly Row[]): void {
  for (const [name, request, answer] of rows) {
    test(`${name}: ${typeof answer === 'string' ? answer.split(':')[0] : ''}`, async () => {
      assert.equal(await summary(request()), typeof answer === 'string' ? answer : answer())
    })
  }
}
