import type { ApiError } from '../catalog/api-error.ts'
import type { ServiceModel } from '../catalog/model.ts'
import { escapeXml } from './xml.ts'

/** What AWS puts around faults that are found before it knows which service was meant. */
const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09'

/** An error in the envelope of the query protocol; like AWS's it has no message rather than an empty one. */
export function writeQueryError(
  service: ServiceModel | undefined,
  error: ApiError,
  requestId: string,
): string {
  const message = error.message === '' ? '' : `<Message>${escapeXml(error.message)}</Message>`
  const namespace = error.code === 'InvalidAction' ? faultNamespace : service?.namespace
  return (
    `<ErrorResponse xmlns="${namespace ?? faultNamespace}"><Error>` +
    `<Type>${typeOf(error)}</Type><Code>${error.code}</Code>${message}` +
    `</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  )
}

/** The same for callers that accept only JSON. */
export const writeJsonError = (error: ApiError, requestId: string): string =>
  JSON.stringify({
    Error: { Code: error.code, Message: error.message || null, Type: typeOf(error) },
    RequestId: requestId,
  })

const typeOf = (error: ApiError): string => (error.httpStatus >= 500 ? 'Receiver' : 'Sender')
