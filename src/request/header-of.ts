import { headerValue } from '../sigv4/index.ts'
import type { HttpRequest } from './http.ts'

/** The first header of that name, which must be given in lower case. */
export function headerOf(
  { headers }: Pick<HttpRequest, 'headers'>,
  name: string,
): string | undefined {
  return headerValue(headers, name)
}
