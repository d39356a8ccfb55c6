import type { Authentication } from './authentication.ts'
import { type ParseOptions, parseAuthentication } from './parse-authentication.ts'
import type { SignableRequest } from './signable-request.ts'
import { signatureDoesNotMatch, unknownAccessKey } from './signature-error.ts'
import type { SigningKeyCache } from './signing-key.ts'
import { type VerifyOptions, verifySignature } from './verify-signature.ts'

/** What a server accepts, its time, and where it finds secrets. */
export interface VerifyRequestOptions extends ParseOptions, VerifyOptions {
  /** The secret of an access key, or undefined for one that is unknown, inactive, or sent with a wrong token. */
  readonly findSecret: (
    accessKeyId: string,
    sessionToken: string | undefined,
  ) => string | undefined | Promise<string | undefined>
  /** Of `createSigningKeyCache`, one for all requests. */
  readonly signingKeys: SigningKeyCache
}

/**
 * Authenticates one request from end to end.
 *
 * @returns who signed it
 * @throws SignatureError with AWS's code, status and message; whatever `findSecret` throws
 */
export async function verify(
  request: SignableRequest,
  options: VerifyRequestOptions,
): Promise<Authentication> {
  const authentication = parseAuthentication(request, options)
  const { accessKeyId, sessionToken } = authentication
  const secret = await options.findSecret(accessKeyId, sessionToken)
  if (secret === undefined) throw unknownAccessKey()
  if (!verifySignature(request, authentication, secret, options.signingKeys, options)) {
    throw signatureDoesNotMatch()
  }
  return authentication
}
