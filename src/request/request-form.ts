import { ApiError } from '../catalog/api-error.ts'
import { type Form, parseForm } from '../wire/form.ts'
import { headerOf } from './header-of.ts'
import type { HttpRequest } from './http.ts'

/**
 * The parameters of a request: the query of a GET; the query of a POST and the form behind it, since a session policy
 * that was left out of account in either would leave a session with more than its caller asked for. Undefined for other
 * methods, which ask for no operation.
 *
 * @throws ApiError MalformedInput for more parameters than any operation takes
 */
export function requestForm(request: HttpRequest): Form | undefined {
  const { method, query, body } = request
  if (method === 'GET') return readForm(query)
  if (method !== 'POST') return undefined
  if (body.length === 0 || !isForm(headerOf(request, 'content-type'))) return readForm(query)
  return readForm(query === '' ? utf8(body) : `${query}&${utf8(body)}`)
}

const isForm = (type: string | undefined): boolean =>
  type?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true

const utf8 = (body: Uint8Array): string =>
  (body instanceof Buffer ? body : Buffer.from(body.buffer, body.byteOffset, body.length)).toString(
    'utf8',
  )

function readForm(text: string): Form {
  const form = parseForm(text)
  if (!form) throw new ApiError('MalformedInput', 'Too many parameters')
  return form
}
