import { ApiError } from '../catalog/api-error.ts'
import { type Form, parseForm } from '../wire/form.ts'
import { headerOf } from './header-of.ts'
import type { HttpRequest } from './http.ts'

/**
 * The parameters of a request: the query of a GET, the form that a POST brings, or the query of a POST whose body is no
 * form or names no action. Undefined for other methods, which ask for no operation.
 *
 * @throws ApiError MalformedInput for more parameters than any operation takes
 */
export function requestForm(request: HttpRequest): Form | undefined {
  const { method, query, body } = request
  if (method === 'GET') return readForm(query)
  if (method !== 'POST') return undefined
  if (body.length === 0 || !isForm(headerOf(request, 'content-type'))) return readForm(query)
  const form = readForm(utf8(body))
  return form.has('Action') || query === '' ? form : readForm(query)
}

const isForm = (type: string | undefined): boolean =>
  type?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true

const utf8 = (body: Uint8Array): string =>
  Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')

function readForm(text: string): Form {
  const form = parseForm(text)
  if (!form) throw new ApiError('MalformedInput', 'Too many parameters')
  return form
}
