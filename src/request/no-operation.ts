import { ApiError } from '../catalog/api-error.ts'
import { serviceModels } from '../catalog/model.ts'
import type { HttpRequest, HttpResponse } from './http.ts'
import { signedService } from './signed-service.ts'

/** AWS's front end refuses a broken path by itself: there is no service yet whose error it could be. */
export const badRequest: HttpResponse = { status: 400, headers: {}, body: '' }

/**
 * What AWS answers to a request that names no operation, such as a browser's: a redirect to its documentation at the
 * root, and nothing to be found elsewhere.
 *
 * @throws ApiError InvalidAction for a request that is signed for another service
 */
export function noOperation(request: HttpRequest, requestId: string): HttpResponse {
  const { method, path, query } = request
  refuseOtherService(signedService(request))
  const headers = { 'x-amzn-RequestId': requestId }
  if (path !== '/') {
    const body = method === 'HEAD' ? '' : '<UnknownOperationException/>\n'
    return { status: 404, headers, body }
  }
  const suffix = method === 'GET' && query !== '' ? `?${query}` : ''
  return {
    status: 302,
    headers: { ...headers, Location: `https://aws.amazon.com/iam${suffix}` },
    body: '',
  }
}

/** `AWS_ENDPOINT_URL` sends the clients of every service here; most of them choke on a redirect and tell nothing. */
function refuseOtherService(service: string | undefined): void {
  if (service === undefined || Object.hasOwn(serviceModels, service)) return
  throw new ApiError(
    'InvalidAction',
    `Watchword answers for sts and iam, and this request is signed for ${service}. To send only theirs here, set AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL_IAM in place of AWS_ENDPOINT_URL.`,
  )
}
