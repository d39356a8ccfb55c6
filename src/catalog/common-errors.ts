/**
 * Codes that every service may answer with and no model lists, with their HTTP status.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
export const commonErrorStatuses = {
  AccessDenied: 403,
  ExpiredToken: 403,
  IncompleteSignature: 400,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  InvalidParameterValue: 400,
  MalformedInput: 400,
  MalformedQueryString: 400,
  MissingAuthenticationToken: 403,
  /** Watchword's own: an operation of AWS that is not built yet. */
  NotImplemented: 501,
  OptInRequired: 403,
  RequestEntityTooLarge: 413,
  RequestExpired: 400,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  Throttling: 400,
  ValidationError: 400,
} as const
