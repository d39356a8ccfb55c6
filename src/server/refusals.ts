import type { HttpResponse } from '../request/http.ts'

/**
 * Answers to what never becomes a request: too large, too slow, not HTTP. They are fixed texts in the form
 * of the services' errors, so that SDKs show the code rather than a parse failure.
 */
export const bodyTooLarge = refusal(413, 'RequestEntityTooLarge', 'The request body is too large.')
/** Clients try again after a 503. */
export const tooManyBodies = refusal(
  503,
  'ServiceUnavailable',
  'Too many large requests are being received. Try again.',
)
export const headersTooLarge = refusal(
  431,
  'RequestHeaderSectionTooLarge',
  'The request headers are too large.',
)
export const malformedRequest = refusal(
  400,
  'MalformedHttpRequest',
  'The request is not valid HTTP/1.1.',
)
export const requestTimeout = refusal(
  408,
  'RequestTimeout',
  'The request was not received in time.',
)
export const internalFailure = refusal(
  500,
  'InternalFailure',
  'The request processing has failed because of an unknown error, exception or failure.',
)

function refusal(status: number, code: string, message: string): HttpResponse {
  const type = status < 500 ? 'Sender' : 'Receiver'
  return {
    status,
    headers: { 'Content-Type': 'text/xml' },
    body: `<ErrorResponse><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>\n`,
  }
}
