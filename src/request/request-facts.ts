import type { RequestFacts } from './condition-context.ts'
import type { HttpRequest } from './http.ts'

/** @param now - milliseconds since the epoch */
export const requestFacts = (request: HttpRequest, region: string, now: number): RequestFacts => ({
  now,
  region,
  sourceIp: plainAddress(request.remoteAddress),
  secure: request.secure,
  userAgent: headerOf(request, 'user-agent'),
  referer: headerOf(request, 'referer'),
})

/** The first header of that name, which must be given in lower case. */
export function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  for (let at = 0; at < headers.length; at += 2) {
    const header = headers[at] as string
    if (header.length === name.length && header.toLowerCase() === name) return headers[at + 1]
  }
  return undefined
}

/** A socket that takes both families shows IPv4 callers in IPv6 form. */
const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
