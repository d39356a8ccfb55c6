import { isLoopback } from '../config/loopback.ts'
import { isoSeconds, type MovableClock } from '../primitives/clock.ts'
import type { HttpRequest, HttpResponse } from '../request/http.ts'
import { jsonError, jsonResponse, methodNotAllowed } from './json-response.ts'

/** What the development routes move. */
export interface DevRoutes {
  /** Empties the service back to how it started. */
  readonly reset: () => void | Promise<void>
  readonly clock: MovableClock
}

type DevHandler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse> | undefined

/**
 * `POST /_watchword/reset` and `POST /_watchword/clock`: unsigned, for tests on the same machine. A web page that
 * the developer has open must not reach them, so a browser's request (it has an Origin) and a name that someone
 * else's DNS may point at this machine are refused.
 *
 * @returns undefined for any other path
 */
export function devRoutes({ reset, clock }: DevRoutes): DevHandler {
  return (request) => {
    const { path, method } = request
    if (path !== '/_watchword/reset' && path !== '/_watchword/clock') return undefined
    const refused = foreign(request.headers)
    if (refused) return jsonError(403, 'Forbidden', refused)
    if (method !== 'POST') return methodNotAllowed('POST')
    return path === '/_watchword/reset' ? resetNow(reset) : moveClock(clock, request.body)
  }
}

async function resetNow(reset: DevRoutes['reset']): Promise<HttpResponse> {
  await reset()
  return { status: 204, headers: {}, body: '' }
}

/** Why a request may not have come from a program of this machine, or undefined. */
function foreign(headers: readonly string[]): string | undefined {
  const hosts: string[] = []
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at]?.toLowerCase()
    if (name === 'origin') return 'Requests of web pages (with an Origin header) are refused here.'
    if (name === 'host') hosts.push(headers[at + 1] ?? '')
  }
  const host = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d{1,5})?$/.exec(hosts[0] ?? '')
  return hosts.length === 1 && host && isLoopback(host[1] ?? host[2] ?? '')
    ? undefined
    : 'Address this route as 127.0.0.1, [::1] or localhost.'
}

const usage =
  'Send {"advanceSeconds": 3600} to move the clock on, or {"now": "2026-01-01T00:00:00Z"} to set it.'

function moveClock(clock: MovableClock, body: Uint8Array): HttpResponse {
  const wish = readWish(body)
  if (typeof wish === 'string') return jsonError(400, 'BadRequest', `${wish} ${usage}`)
  const target = wish.now ?? clock.now() + wish.advanceSeconds * 1000
  if (!(target >= earliest && target <= latest))
    return jsonError(400, 'BadRequest', `The clock stays in the years 1970 to 9999. ${usage}`)
  clock.set(target)
  return jsonResponse(200, { now: isoSeconds(clock.now()) })
}

const earliest = 0
const latest = Date.parse('9999-12-31T23:59:59Z')

type Wish =
  | { readonly now: number; readonly advanceSeconds?: undefined }
  | { readonly now?: undefined; readonly advanceSeconds: number }

/** What is asked for, or what is wrong with it. */
function readWish(body: Uint8Array): Wish | string {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return 'The body is not JSON.'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'The body is not a JSON object.'
  const names = Object.keys(value)
  if (names.length !== 1) return 'The object must have exactly one member.'
  if ('advanceSeconds' in value) {
    const { advanceSeconds } = value
    return typeof advanceSeconds === 'number' && Number.isFinite(advanceSeconds)
      ? { advanceSeconds }
      : 'advanceSeconds must be a number.'
  }
  if ('now' in value) {
    const now = isoTime.test(String(value.now)) ? Date.parse(String(value.now)) : Number.NaN
    return Number.isNaN(now) ? 'now must be a time in ISO 8601 with its zone.' : { now }
  }
  return `${JSON.stringify(names[0])} is not known here.`
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/
