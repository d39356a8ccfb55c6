import { headerOf } from './header-of.ts'
import type { HttpRequest } from './http.ts'

/**
 * The service in a request's credential scope, read without judging the signature: it only tells which service's
 * operations are meant. Undefined for a request that is not signed, or not so that it can be read.
 */
export function signedService(request: HttpRequest): string | undefined {
  const authorization = headerOf(request, 'authorization')
  if (authorization !== undefined) {
    const at = authorization.indexOf('Credential=')
    if (at < 0) return undefined
    const start = at + 'Credential='.length
    const comma = authorization.indexOf(',', start)
    const credential = authorization.slice(start, comma < 0 ? undefined : comma)
    const space = credential.indexOf(' ')
    return serviceOfCredential(space < 0 ? credential : credential.slice(0, space))
  }
  const { query } = request
  const at = query.indexOf('X-Amz-Credential=')
  if (at < 0) return undefined
  const end = query.indexOf('&', at)
  const encoded = query.slice(at + 'X-Amz-Credential='.length, end < 0 ? undefined : end)
  return serviceOfCredential(encoded.replaceAll(/%2f/gi, '/'))
}

/** `keyid/date/region/service/aws4_request`, without the region for SigV4A. */
function serviceOfCredential(credential: string): string | undefined {
  const last = credential.lastIndexOf('/')
  const before = last < 0 ? -1 : credential.lastIndexOf('/', last - 1)
  return before < 0 ? undefined : credential.slice(before + 1, last)
}
