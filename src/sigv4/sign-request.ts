import { createHmac, sign as signEcdsa } from 'node:crypto'
import { formatAmzDate } from './amz-date.ts'
import { canonicalHeaders, headerValue, isHeader } from './canonical-headers.ts'
import { canonicalPath, type PathRules, pathRulesOf } from './canonical-path.ts'
import { canonicalQuery, parseQuery } from './canonical-query.ts'
import { bodyHash, canonicalRequest, stringToSign } from './canonical-request.ts'
import { ecdsaKeys } from './ecdsa-key.ts'
import { percentEncodeUtf8 } from './percent-encoding.ts'
import {
  type Algorithm,
  type Credentials,
  type SignableRequest,
  sigv4,
} from './signable-request.ts'
import { deriveSigningKey } from './signing-key.ts'

/** For whom and when a request is signed. `PathRules` follow from the service unless given. */
export interface SignOptions extends Partial<PathRules> {
  /** The signing name, such as `sts`. */
  readonly service: string
  /** A region, or for SigV4A a region set such as `us-east-1,eu-*`. */
  readonly region: string
  /** Epoch milliseconds. */
  readonly now: number
  /** SigV4 unless said otherwise. */
  readonly algorithm?: Algorithm | undefined
  /** Send the session token without covering it by the signature. */
  readonly omitSessionToken?: boolean | undefined
  /** Declare the body's hash in a signed `x-amz-content-sha256` header, as S3 demands. */
  readonly signedBodyHeader?: boolean | undefined
  /** Do not cover the body: `UNSIGNED-PAYLOAD` in place of its hash. */
  readonly unsignedPayload?: boolean | undefined
}

/** The same for a signature in the query string. */
export interface PresignOptions extends SignOptions {
  /** `X-Amz-Expires`; left out when undefined. */
  readonly expiresSeconds?: number | undefined
}

/** Proxies add or change these on the way, so no client signs them. */
const neverSigned = new Set([
  'authorization',
  'connection',
  'expect',
  'transfer-encoding',
  'user-agent',
  'x-amzn-trace-id',
])

/** Headers that the signer writes itself; an older signature's are dropped. */
const ownHeaders = [
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-region-set',
] as const

const ownParameters = new Set([
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Region-Set',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
])

/**
 * Signs a request in its headers. The request must have its `Host` header; an older signature in it is replaced.
 *
 * @returns the request with `X-Amz-Date`, the session token and `Authorization` added
 * @throws TypeError without a `Host` header; SignatureError for a broken escape in the query
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signRequest(
  request: SignableRequest,
  credentials: Credentials,
  options: SignOptions,
): SignableRequest {
  const algorithm = options.algorithm ?? sigv4
  const { sessionToken } = credentials
  const headers = without(request.headers, ownHeaders)
  headers.push('X-Amz-Date', formatAmzDate(options.now))
  if (algorithm !== sigv4) headers.push('X-Amz-Region-Set', options.region)
  const token = sessionToken === undefined ? [] : ['X-Amz-Security-Token', sessionToken]
  if (options.omitSessionToken !== true) headers.push(...token)
  const payload = declarePayload(request, headers, options)

  const { signedHeaders, signature } = sign(
    { ...request, headers },
    credentials,
    options,
    canonicalQuery(parseQuery(request.query)),
    payload,
  )
  if (options.omitSessionToken === true) headers.push(...token)
  headers.push(
    'Authorization',
    `${algorithm} Credential=${credentials.accessKeyId}/${scopeOf(options)}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  )
  return { ...request, headers }
}

/**
 * Signs a request in its query string, so that it works as a bare URL.
 *
 * @returns the request with the `X-Amz-…` parameters appended to its query, the signature last
 * @throws TypeError without a `Host` header; SignatureError for a broken escape in the query
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function presignRequest(
  request: SignableRequest,
  credentials: Credentials,
  options: PresignOptions,
): SignableRequest {
  const algorithm = options.algorithm ?? sigv4
  const { sessionToken } = credentials
  const headers = without(request.headers, ownHeaders)
  const payload = declarePayload(request, headers, options)
  const signedHeaders = signedNames(headers).join(';')
  const added = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scopeOf(options)}`],
    ['X-Amz-Date', formatAmzDate(options.now)],
    ['X-Amz-SignedHeaders', signedHeaders],
  ]
  if (options.expiresSeconds !== undefined) {
    added.push(['X-Amz-Expires', String(options.expiresSeconds)])
  }
  if (algorithm !== sigv4) added.push(['X-Amz-Region-Set', options.region])
  const token = sessionToken === undefined ? [] : [['X-Amz-Security-Token', sessionToken]]
  if (options.omitSessionToken !== true) added.push(...token)

  const kept = request.query
    .split('&')
    .filter((part) => part !== '' && !ownParameters.has(nameOf(part)))
  const query = [...kept, ...added.map(written)].join('&')
  const unsigned = options.omitSessionToken === true ? token : []
  const { signature } = sign(
    { ...request, headers },
    credentials,
    options,
    canonicalQuery(parseQuery(query)),
    payload,
  )
  const tail = [...unsigned, ['X-Amz-Signature', signature]].map(written)
  return { ...request, headers, query: [query, ...tail].join('&') }
}

const nameOf = (part: string): string => parseQuery(part)[0] ?? ''

const written = ([name = '', value = '']: readonly string[]): string =>
  `${name}=${percentEncodeUtf8(value)}`

const scopeOf = ({ algorithm = sigv4, now, region, service }: SignOptions): string => {
  const date = formatAmzDate(now).slice(0, 8)
  return algorithm === sigv4
    ? `${date}/${region}/${service}/aws4_request`
    : `${date}/${service}/aws4_request`
}

function without(headers: readonly string[], names: readonly string[]): string[] {
  const kept: string[] = []
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (!names.some((name) => isHeader(headers[i], name))) {
      kept.push(headers[i] ?? '', headers[i + 1] ?? '')
    }
  }
  return kept
}

function declarePayload(request: SignableRequest, headers: string[], options: SignOptions): string {
  const declared = headerValue(headers, 'x-amz-content-sha256')
  if (declared !== undefined) return declared.trim()
  const payload = options.unsignedPayload === true ? 'UNSIGNED-PAYLOAD' : bodyHash(request.body)
  // Without the header a verifier would hash the body, so an uncovered body is always declared.
  if (options.signedBodyHeader === true || options.unsignedPayload === true) {
    headers.push('x-amz-content-sha256', payload)
  }
  return payload
}

function signedNames(headers: readonly string[]): readonly string[] {
  const names = new Set<string>()
  for (let i = 0; i + 1 < headers.length; i += 2) names.add((headers[i] ?? '').toLowerCase())
  if (!names.has('host')) throw new TypeError('a request needs its Host header to be signed')
  return [...names].filter((name) => !neverSigned.has(name)).sort()
}

function sign(
  request: SignableRequest,
  credentials: Credentials,
  options: SignOptions,
  query: string,
  payload: string,
): { readonly signedHeaders: string; readonly signature: string } {
  const rules = pathRulesOf(options.service)
  const names = signedNames(request.headers)
  const signedHeaders = names.join(';')
  const canonical = canonicalRequest({
    method: request.method,
    path: canonicalPath(request.path, {
      normalizePath: options.normalizePath ?? rules.normalizePath,
      doubleEncodePath: options.doubleEncodePath ?? rules.doubleEncodePath,
    }),
    query,
    headers: canonicalHeaders(request.headers, names) ?? '',
    payload,
  })
  const { algorithm = sigv4, now, region, service } = options
  const timestamp = formatAmzDate(now)
  const text = stringToSign(algorithm, timestamp, scopeOf(options), canonical)
  if (algorithm !== sigv4) {
    const { privateKey } = ecdsaKeys(credentials.accessKeyId, credentials.secretAccessKey)
    return {
      signedHeaders,
      signature: signEcdsa('sha256', Buffer.from(text), privateKey).toString('hex'),
    }
  }
  const date = timestamp.slice(0, 8)
  const key = deriveSigningKey(credentials.secretAccessKey, { date, region, service })
  return { signedHeaders, signature: createHmac('sha256', key).update(text).digest('hex') }
}
