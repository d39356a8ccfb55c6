import { headerValue } from './canonical-headers.ts'
import { type QueryPairs, queryValue } from './canonical-query.ts'
import { type Algorithm, sigv4, sigv4a } from './signable-request.ts'
import { missingAuthenticationToken, SignatureError } from './signature-error.ts'

/** The raw fields of either form of authentication: all present, none interpreted. */
export interface AuthenticationFields {
  readonly form: 'header' | 'query'
  readonly algorithm: Algorithm
  readonly credential: string
  readonly signature: string
  readonly signedHeaders: string
  readonly date: string
  readonly regionSet: string
  readonly sessionToken: string | undefined
}

const incomplete = (message: string): SignatureError =>
  new SignatureError('IncompleteSignature', message)

const isAlgorithm = (text: string): text is Algorithm => text === sigv4 || text === sigv4a

/**
 * Reads the `Authorization` header and the headers that go with it.
 *
 * @throws SignatureError `IncompleteSignature`, naming everything that is missing
 */
export function fieldsOfHeader(
  authorization: string,
  headers: readonly string[],
): AuthenticationFields {
  const trimmed = authorization.trim()
  const header = trimmed.includes('\t') ? trimmed.replaceAll('\t', ' ') : trimmed
  // Items end at a comma, a space or both: AWS was seen to split a credential that holds a space.
  const items = header.replaceAll(',', ' ')
  const algorithm = items.slice(0, itemEnd(items, 0))
  if (!isAlgorithm(algorithm)) throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`)

  let credential: string | undefined
  let signature: string | undefined
  let signedHeaders: string | undefined
  for (let start = algorithm.length + 1, end = start; start < header.length; start = end + 1) {
    end = itemEnd(items, start)
    if (end === start) continue
    // A repeated key counts with its last value.
    if (header.startsWith('Credential=', start)) credential = header.slice(start + 11, end)
    else if (header.startsWith('Signature=', start)) signature = header.slice(start + 10, end)
    else if (header.startsWith('SignedHeaders=', start)) {
      signedHeaders = header.slice(start + 14, end)
    } else if (!header.slice(start, end).includes('=')) {
      throw incomplete(
        `'${header.slice(start, end)}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`,
      )
    }
  }

  const date = headerValue(headers, 'x-amz-date') ?? headerValue(headers, 'date')
  if (
    credential === undefined ||
    signature === undefined ||
    signedHeaders === undefined ||
    date === undefined
  ) {
    const missing: string[] = []
    if (credential === undefined) missing.push("'Credential' parameter.")
    if (signature === undefined) missing.push("'Signature' parameter.")
    if (signedHeaders === undefined) missing.push("'SignedHeaders' parameter.")
    if (date === undefined) missing.push("existence of either a 'X-Amz-Date' or a 'Date' header.")
    const texts = missing.map((what) => `Authorization header requires ${what}`)
    throw incomplete(`${texts.join(' ')} Authorization=${algorithm}`)
  }
  return {
    form: 'header',
    algorithm,
    credential,
    signature,
    signedHeaders,
    date: date.trim(),
    regionSet: algorithm === sigv4a ? (headerValue(headers, 'x-amz-region-set') ?? '').trim() : '',
    sessionToken: headerValue(headers, 'x-amz-security-token')?.trim(),
  }
}

function itemEnd(items: string, start: number): number {
  const space = items.indexOf(' ', start)
  return space === -1 ? items.length : space
}

const queryFields = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']

/**
 * Reads the `X-Amz-…` parameters of a presigned request.
 *
 * @throws SignatureError `MissingAuthenticationToken` for an unknown algorithm, `IncompleteSignature` for the rest
 */
export function fieldsOfQuery(algorithm: string, pairs: QueryPairs): AuthenticationFields {
  if (!isAlgorithm(algorithm)) throw missingAuthenticationToken()
  const [credential, signature, signedHeaders, date] = queryFields.map((f) => queryValue(pairs, f))
  if (
    credential === undefined ||
    signature === undefined ||
    signedHeaders === undefined ||
    date === undefined
  ) {
    throw missingQueryFields(pairs, queryFields)
  }
  return {
    form: 'query',
    algorithm,
    credential,
    signature,
    signedHeaders,
    date,
    regionSet: algorithm === sigv4a ? (queryValue(pairs, 'X-Amz-Region-Set') ?? '') : '',
    sessionToken: queryValue(pairs, 'X-Amz-Security-Token'),
  }
}

/** Names each of `wanted` that the query does not hold. */
export function missingQueryFields(pairs: QueryPairs, wanted: readonly string[]): SignatureError {
  const texts = wanted
    .filter((name) => queryValue(pairs, name) === undefined)
    .map((name) => `AWS query-string parameters must include '${name}'.`)
  return incomplete(`${texts.join(' ')} Re-examine the query-string parameters.`)
}
