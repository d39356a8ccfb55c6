/**
 * Codes of AWS's common errors that authentication answers with.
 * `BadRequest` is the HTTP layer's own refusal: status 400 and no body at all.
 * `AuthorizationQueryParametersError` is S3's, used only where `X-Amz-Expires` is honoured.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
export type SignatureErrorCode =
  | 'AuthorizationQueryParametersError'
  | 'BadRequest'
  | 'IncompleteSignature'
  | 'InvalidClientTokenId'
  | 'MalformedQueryString'
  | 'MissingAuthenticationToken'
  | 'SignatureDoesNotMatch'

const statuses: Readonly<Record<SignatureErrorCode, number>> = {
  AuthorizationQueryParametersError: 400,
  BadRequest: 400,
  IncompleteSignature: 400,
  InvalidClientTokenId: 403,
  MalformedQueryString: 400,
  MissingAuthenticationToken: 403,
  SignatureDoesNotMatch: 403,
}

/** A request that is not authentic, with AWS's code, HTTP status and wording. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError'
  readonly code: SignatureErrorCode
  readonly status: number
  constructor(code: SignatureErrorCode, message: string) {
    super(message)
    this.code = code
    this.status = statuses[code]
  }
}

/** For a caller of `verifySignature`: what its `false` is answered by. */
export const signatureDoesNotMatch = (): SignatureError =>
  new SignatureError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  )

export const missingAuthenticationToken = (): SignatureError =>
  new SignatureError('MissingAuthenticationToken', 'Request is missing Authentication Token')

/** For a key that is unknown, inactive, or came with a wrong token. */
export const unknownAccessKey = (): SignatureError =>
  new SignatureError(
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
  )
