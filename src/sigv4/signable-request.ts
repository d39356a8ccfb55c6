/**
 * The parts of an HTTP request that a signature covers, all raw.
 * Text holds one byte a character, as Node's HTTP parser gives it; a character above U+00FF stands for its UTF-8 bytes.
 */
export interface SignableRequest {
  readonly method: string
  /** Before the `?`, percent-escapes kept. */
  readonly path: string
  /** After the `?`, percent-escapes kept; empty when there is none. */
  readonly query: string
  /** Names and values alternating, in arrival order (Node's `rawHeaders`). */
  readonly headers: readonly string[]
  readonly body: Uint8Array
}

/** What signs a request. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/** SigV4, which signs with a secret for one region, and SigV4A, with a key pair made of it for a set of regions. */
export type Algorithm = 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256'

export const sigv4: Algorithm = 'AWS4-HMAC-SHA256'
export const sigv4a: Algorithm = 'AWS4-ECDSA-P256-SHA256'
