import type { HttpResponse } from '../request/http.ts'

export function jsonResponse(status: number, value: object): HttpResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  }
}

/** An error of the service's own routes; `message` says what would be right. */
export const jsonError = (status: number, code: string, message: string): HttpResponse =>
  jsonResponse(status, { error: { code, message } })

export const notFound = jsonError(404, 'NotFound', 'There is no such path.')

export function methodNotAllowed(allow: string): HttpResponse {
  const refusal = jsonError(405, 'MethodNotAllowed', `Use ${allow}.`)
  return { ...refusal, headers: { ...refusal.headers, Allow: allow } }
}
