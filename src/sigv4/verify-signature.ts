import { timingSafeEqual, verify as verifyEcdsa } from 'node:crypto'
import { type Authentication, scopeText } from './authentication.ts'
import { canonicalHeaders, type FoldedLine, headerValue } from './canonical-headers.ts'
import { canonicalPath, type PathRules, pathRulesOf } from './canonical-path.ts'
import { canonicalQuery, parseQuery } from './canonical-query.ts'
import { bodyHash, canonicalRequest, stringToSign } from './canonical-request.ts'
import { hmacHex } from './hmac-key.ts'
import { type SignableRequest, sigv4 } from './signable-request.ts'
import type { SigningKeyCache } from './signing-key.ts'

/** What is taken as covered by a signature. `PathRules` follow from the service unless given. */
export interface VerifyOptions extends Partial<PathRules> {
  /**
   * Accept a body that the signature does not cover (`UNSIGNED-PAYLOAD`, `STREAMING-…`).
   * Off by default; a caller that turns it on takes over what the body's integrity means.
   */
  readonly allowUnsignedPayload?: boolean | undefined
}

/**
 * Says whether the secret made this signature over this request. Comparison takes the same time wherever they differ.
 *
 * @param authentication - from `parseAuthentication` of the same request
 * @param signingKeys - keeps derived keys between calls
 * @returns false also for a body that is not the declared one, or that no signature covers
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(
  request: SignableRequest,
  authentication: Authentication,
  secretAccessKey: string,
  signingKeys: SigningKeyCache,
  options: VerifyOptions = {},
): boolean {
  const payload = acceptedPayload(request, authentication, options.allowUnsignedPayload === true)
  if (payload === undefined) return false
  const rules = pathRulesOf(authentication.scope.service)
  const path = canonicalPath(request.path, {
    normalizePath: options.normalizePath ?? rules.normalizePath,
    doubleEncodePath: options.doubleEncodePath ?? rules.doubleEncodePath,
  })
  const { signedHeaders: names, form, sessionToken } = authentication
  const holds = (query: string, fold: FoldedLine): boolean => {
    const headers = canonicalHeaders(request.headers, names, fold)
    if (headers === undefined) return false
    const { method } = request
    const canonical = canonicalRequest({ method, path, query, headers, payload })
    return signatureHolds(authentication, secretAccessKey, signingKeys, canonical)
  }
  const pairs = parseQuery(request.query)
  const query = canonicalQuery(pairs)
  if (holds(query, ' ')) return true
  if (request.headers.some((text) => text.includes('\n')) && holds(query, ',')) return true
  // Some clients append the session token after signing; the token itself is sealed, so it needs no cover.
  if (form !== 'query' || sessionToken === undefined) return false
  return holds(canonicalQuery(pairs, 'none'), ' ') || holds(canonicalQuery(pairs, 'first'), ' ')
}

function signatureHolds(
  authentication: Authentication,
  secretAccessKey: string,
  signingKeys: SigningKeyCache,
  canonical: string,
): boolean {
  const { accessKeyId, algorithm, credential, scope, signature, timestamp } = authentication
  const text = stringToSign(algorithm, timestamp, scopeText(authentication), canonical)
  if (algorithm === sigv4) {
    if (signature.length !== 64) return false
    const key = signingKeys.signingKey(secretAccessKey, credential, scope)
    return equalHex(signature, hmacHex(key, text))
  }
  if (!/^(?:[0-9a-f]{2}){8,72}$/.test(signature)) return false
  const key = signingKeys.publicKey(secretAccessKey, accessKeyId)
  return verifyEcdsa('sha256', Buffer.from(text), key, Buffer.from(signature, 'hex'))
}

// Written and read within one call, so that comparing allocates nothing.
const given = Buffer.alloc(64)
const wanted = Buffer.alloc(64)

/** Compares 64 characters in constant time. */
function equalHex(signature: string, expected: string): boolean {
  // A character beyond ASCII takes more than one byte and can match nothing.
  if (given.write(signature, 'utf8') !== 64) return false
  wanted.write(expected, 'latin1')
  return timingSafeEqual(given, wanted)
}

/** The last line of the canonical request, or undefined when the body is not what that line would say. */
function acceptedPayload(
  { body, headers }: SignableRequest,
  { form, scope }: Authentication,
  allowUnsigned: boolean,
): string | undefined {
  const declared = headerValue(headers, 'x-amz-content-sha256')?.trim()
  if (declared === undefined) {
    // A presigned S3 request never covers its body.
    if (form === 'query' && allowUnsigned && scope.service === 's3') return 'UNSIGNED-PAYLOAD'
    return bodyHash(body)
  }
  if (declared === 'UNSIGNED-PAYLOAD' || declared.startsWith('STREAMING-')) {
    return allowUnsigned ? declared : undefined
  }
  return declared.toLowerCase() === bodyHash(body) ? declared : undefined
}
