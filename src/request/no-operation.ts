import type { HttpRequest, HttpResponse } from './http.ts'

/** AWS's front end refuses a broken path by itself: there is no service yet whose error it could be. */
export const badRequest: HttpResponse = { status: 400, headers: {}, body: '' }

const methods: ReadonlySet<string> = new Set([
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
])

/**
 * What AWS answers to a request that names no operation, such as a browser's: a redirect to its documentation at the
 * root, and nothing to be found elsewhere.
 */
export function noOperation({ method, path, query }: HttpRequest, requestId: string): HttpResponse {
  if (!methods.has(method)) return badRequest
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
