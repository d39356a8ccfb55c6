import { formatAmzDate } from './amz-date.ts'
import type { Authentication } from './authentication.ts'
import { fieldsOfHeader, fieldsOfQuery } from './authentication-fields.ts'
import { headerValue, isHeader } from './canonical-headers.ts'
import { checkPath } from './canonical-path.ts'
import { parseQuery, queryValue } from './canonical-query.ts'
import { type AcceptedScope, checkScope, splitCredential } from './credential-scope.ts'
import { checkWindow, readExpires, readRequestTime } from './request-time.ts'
import { type SignableRequest, sigv4a } from './signable-request.ts'
import { missingAuthenticationToken, SignatureError } from './signature-error.ts'

/** What a server accepts, and its time. */
export interface ParseOptions extends AcceptedScope {
  /** Epoch milliseconds. */
  readonly now: number
  /** How far the request's time may lie from `now` on either side; 900 for AWS's query services. */
  readonly windowSeconds?: number | undefined
  /** Let `X-Amz-Expires` say how long a presigned request lives. STS and IAM ignore it. */
  readonly honourExpires?: boolean | undefined
}

/** True when the request carries either form of authentication, whole or broken. */
export function isSigned(request: SignableRequest): boolean {
  if (headerValue(request.headers, 'authorization') !== undefined) return true
  return (
    request.query.includes('X-Amz-Algorithm') &&
    queryValue(parseQuery(request.query), 'X-Amz-Algorithm') !== undefined
  )
}

/**
 * What AWS refuses before it looks at anything else of a request: a second Host header, the escapes of its path, then
 * those of its query.
 *
 * @throws SignatureError `BadRequest` or `MalformedQueryString`
 */
export function checkTarget({ path, query, headers }: SignableRequest): void {
  if (isRepeated(headers, 'host')) throw new SignatureError('BadRequest', '')
  checkPath(path)
  parseQuery(query)
}

function isRepeated(headers: readonly string[], lowerCase: string): boolean {
  let seen = false
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (!isHeader(headers[i], lowerCase)) continue
    if (seen) return true
    seen = true
  }
  return false
}

/**
 * Reads who a request says it is from, with every check that needs no secret, in AWS's order:
 * path, query, which form, its fields, the host header, the date, the window, the credential, its scope.
 * The caller then finds the secret of `accessKeyId` and calls `verifySignature`.
 *
 * @throws SignatureError with AWS's code, status and message; `MissingAuthenticationToken` for an unsigned request
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function parseAuthentication(
  request: SignableRequest,
  options: ParseOptions,
): Authentication {
  checkPath(request.path)
  const pairs = parseQuery(request.query)
  const authorization = headerValue(request.headers, 'authorization')
  const presigned = pairs.length === 0 ? undefined : queryValue(pairs, 'X-Amz-Algorithm')
  if (authorization !== undefined && presigned !== undefined) {
    throw new SignatureError('SignatureDoesNotMatch', '')
  }
  if (authorization === undefined && presigned === undefined) throw missingAuthenticationToken()
  const fields =
    presigned === undefined
      ? fieldsOfHeader(authorization ?? '', request.headers)
      : fieldsOfQuery(presigned, pairs)

  const { form, algorithm, regionSet, signature, sessionToken } = fields
  const signedHeaders = readSignedHeaders(fields.signedHeaders)
  const mustSign = form === 'header' && algorithm === sigv4a ? 'x-amz-region-set' : undefined
  checkSignedHeaders(signedHeaders, mustSign)

  const requestTime = readRequestTime(fields)
  const windowSeconds = options.windowSeconds ?? 900
  const pastSeconds =
    form === 'query' && options.honourExpires === true ? readExpires(pairs) : windowSeconds
  checkWindow(requestTime, options.now, pastSeconds, windowSeconds)

  const timestamp = fields.date.length === 16 ? fields.date : formatAmzDate(requestTime)
  const parts = splitCredential(fields.credential, algorithm)
  checkScope(parts, algorithm, regionSet, timestamp, options)

  const { credential, accessKeyId, date, region, service } = parts
  return {
    form,
    algorithm,
    credential,
    accessKeyId,
    scope: { date, region, service },
    regionSet,
    signedHeaders,
    signature,
    requestTime,
    timestamp,
    sessionToken,
  }
}

// A handful of lists comes again and again: each client has its own.
const knownLists = new Map<string, readonly string[]>()
const mostKnown = 256
const longestKnown = 256

const namesOf = (text: string): string[] => text.toLowerCase().split(';').sort()

/** Lower case and sorted. */
function readSignedHeaders(text: string): readonly string[] {
  const known = knownLists.get(text)
  if (known !== undefined) return known
  if (text.length > longestKnown) return namesOf(text)
  // A copy: cut from a header, it would keep the whole header.
  const own = Buffer.from(text).toString()
  const names = Object.freeze(namesOf(own))
  if (knownLists.size >= mostKnown) knownLists.clear()
  knownLists.set(own, names)
  return names
}

function checkSignedHeaders(names: readonly string[], mustSign: string | undefined): void {
  if (!names.includes('host') && !names.includes(':authority')) {
    throw notSigned("'Host' or ':authority'")
  }
  // The region set decides where a SigV4A signature counts, so it may not be changed on the way.
  if (mustSign !== undefined && !names.includes(mustSign)) throw notSigned("'X-Amz-Region-Set'")
}

const notSigned = (what: string): SignatureError =>
  new SignatureError(
    'SignatureDoesNotMatch',
    `${what} must be a 'SignedHeader' in the AWS Authorization.`,
  )
