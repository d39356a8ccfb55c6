/** Sign and verify requests with AWS Signature Version 4 and 4A. Needs nothing but `node:crypto`. */
export { formatAmzDate } from './amz-date.ts'
export type { Authentication } from './authentication.ts'
export { headerValue } from './canonical-headers.ts'
export type { PathRules } from './canonical-path.ts'
export type { AcceptedScope } from './credential-scope.ts'
export {
  checkTarget,
  isSigned,
  type ParseOptions,
  parseAuthentication,
} from './parse-authentication.ts'
export {
  type PresignOptions,
  presignRequest,
  type SignOptions,
  signRequest,
} from './sign-request.ts'
export type { Algorithm, Credentials, SignableRequest } from './signable-request.ts'
export {
  SignatureError,
  type SignatureErrorCode,
  signatureDoesNotMatch,
  unknownAccessKey,
} from './signature-error.ts'
export { createSigningKeyCache, deriveSigningKey, type SigningKeyCache } from './signing-key.ts'
export { type VerifyRequestOptions, verify } from './verify.ts'
export { type VerifyOptions, verifySignature } from './verify-signature.ts'
