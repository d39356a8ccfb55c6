import type { Handler, HttpRequest, HttpResponse } from '../request/http.ts'
import { type DevRoutes, devRoutes } from './dev-routes.ts'
import { jsonResponse, methodNotAllowed, notFound } from './json-response.ts'
import type { Metrics } from './metrics.ts'

/** What the service's own routes tell and reach. */
export interface WatchwordRoutes {
  readonly version: string
  /** Seconds since the service started. */
  readonly uptimeSeconds: () => number
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>
  /** Only in development mode: without it the routes do not exist. */
  readonly dev: DevRoutes | undefined
  /** Answers every other path, and everything below `/_watchword/api/`. */
  readonly handler: Handler
}

const prefix = '/_watchword/'
const apiPrefix = '/_watchword/api/'

/**
 * The service's own unsigned routes in front of everything that is signed. All that begins `/_watchword/` and is
 * not the API is answered here, if only with 404: no such path reaches the AWS services by mistake.
 */
export function watchwordRoutes(parts: WatchwordRoutes): Handler {
  const { handler } = parts
  const dev = parts.dev && devRoutes(parts.dev)
  return (request) => {
    if (!request.path.startsWith(prefix) || request.path.startsWith(apiPrefix))
      return handler(request)
    return dev?.(request) ?? open(parts, request)
  }
}

function open(parts: WatchwordRoutes, request: HttpRequest): HttpResponse | Promise<HttpResponse> {
  const { method, path } = request
  if (path !== '/_watchword/health' && path !== '/_watchword/metrics') return notFound
  if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD')
  return path === '/_watchword/health' ? health(parts) : metricsText(parts)
}

function health({ version, uptimeSeconds }: WatchwordRoutes): HttpResponse {
  return jsonResponse(200, {
    status: 'ok',
    version,
    uptimeSeconds: Math.floor(uptimeSeconds()),
  })
}

async function metricsText({ metrics }: WatchwordRoutes): Promise<HttpResponse> {
  return {
    status: 200,
    headers: { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' },
    body: await metrics.text(),
  }
}
