import type { HttpRequest } from './http.ts'

/** The first header of that name, which must be given in lower case. */
export function headerOf(
  { headers }: Pick<HttpRequest, 'headers'>,
  name: string,
): string | undefined {
  for (let at = 0; at < headers.length; at += 2) {
    const header = headers[at] as string
    if (header.length === name.length && header.toLowerCase() === name) return headers[at + 1]
  }
  return undefined
}
