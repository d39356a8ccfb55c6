import { hash } from 'node:crypto'
import type { Algorithm } from './signable-request.ts'

/** SHA-256 of nothing, in hex. */
const emptyBodyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export const bodyHash = (body: Uint8Array): string =>
  body.length === 0 ? emptyBodyHash : hash('sha256', body, 'hex')

/** The parts of a canonical request, each already in canonical form. */
export interface CanonicalParts {
  readonly method: string
  readonly path: string
  readonly query: string
  /** Of `canonicalHeaders`: the lines and the names. */
  readonly headers: string
  /** Hex hash of the body, or the declaration that stands in its place. */
  readonly payload: string
}

/**
 * The text whose hash is signed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const canonicalRequest = (parts: CanonicalParts): string =>
  `${parts.method}\n${parts.path}\n${parts.query}\n${parts.headers}\n${parts.payload}`

/**
 * The text that the key signs.
 *
 * @param scope - `date/region/service/aws4_request`, without the region for SigV4A
 */
export const stringToSign = (
  algorithm: Algorithm,
  timestamp: string,
  scope: string,
  canonical: string,
): string => `${algorithm}\n${timestamp}\n${scope}\n${hash('sha256', bytesOf(canonical), 'hex')}`

/** One character is one byte by now, and header values may hold bytes above 0x7f; ASCII is hashed without a copy. */
const bytesOf = (canonical: string): string | Buffer =>
  Buffer.byteLength(canonical) === canonical.length ? canonical : Buffer.from(canonical, 'latin1')
