import type { ServerResponse } from 'node:http'
import { nodeHttp } from '../primitives/node-http.ts'
import type { HttpResponse } from '../request/http.ts'

const { STATUS_CODES, validateHeaderName, validateHeaderValue } = nodeHttp

/**
 * Writes an answer at once: head and body leave in one packet when they are small. `date` is the service's
 * own time, which clients correct their clocks by. Bodiless statuses get no Content-Length.
 *
 * @param idleMilliseconds - how long a connection is kept: what Keep-Alive promises
 */
export function respond(
  outgoing: ServerResponse,
  response: HttpResponse,
  date: string,
  idleMilliseconds: number,
): void {
  const { status, body } = response
  innerOf(outgoing)._keepAliveTimeout = idleMilliseconds
  const length = response.bodyBytes ?? Buffer.byteLength(body)
  if (!setHead(outgoing, response, length, date))
    outgoing.writeHead(status, rawHead(response, length, date))
  if (!hasBody(response)) outgoing.end()
  // Text of one byte a character is written as such: that costs the socket less than UTF-8.
  else if (typeof body === 'string' && length === body.length) outgoing.end(body, 'latin1')
  else outgoing.end(body)
}

/** Of Node's own, and not documented. */
interface Inner {
  /** What `writeHead` leaves behind. */
  _header: string | null
  /** What `writeHead` promises; Node takes it from the server, where it would arm timers. */
  _keepAliveTimeout: number
}

const innerOf = (outgoing: ServerResponse): Inner => outgoing as unknown as Inner

/**
 * Sets the head of an answer as `writeHead` would, without its looking at each header for what it means to the
 * connection: that costs as much as a tenth of a request. Only where it means nothing, as with nearly all.
 *
 * @returns false when it is left to `writeHead`; so, too, by a Node that keeps its head elsewhere
 */
function setHead(
  outgoing: ServerResponse,
  response: HttpResponse,
  bodyBytes: number,
  date: string,
): boolean {
  const { status, headers } = response
  const inner = innerOf(outgoing)
  const isUsual = outgoing.shouldKeepAlive && hasBody(response) && status < 600
  if (!isUsual || inner._header !== null) return false
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`
  for (const name in headers) {
    const value = headers[name] ?? ''
    if (!isPlain(name)) return false
    validateHeaderValue(name, value)
    head += `${name}: ${value}\r\n`
  }
  outgoing.statusCode = status
  inner._header = `${head}Date: ${date}\r\nContent-Length: ${bodyBytes}\r\n${keepAlive(inner)}\r\n`
  return outgoing.headersSent
}

/** Names that handlers give are few; what they are is found out once. */
const plainNames = new Set<string>()
const ofTheConnection =
  /^(?:connection|content-length|date|keep-alive|trailer|transfer-encoding|upgrade)$/i

function isPlain(name: string): boolean {
  if (plainNames.has(name)) return true
  validateHeaderName(name)
  if (ofTheConnection.test(name)) return false
  plainNames.add(name)
  return true
}

function keepAlive({ _keepAliveTimeout }: Inner): string {
  const seconds = Math.floor(_keepAliveTimeout / 1000)
  return `Connection: keep-alive\r\n${_keepAliveTimeout ? `Keep-Alive: timeout=${seconds}\r\n` : ''}`
}

/** As `respond`, but leaves the message open, for a connection that must be drained before it closes. */
export function respondUnfinished(
  outgoing: ServerResponse,
  response: HttpResponse,
  date: string,
): void {
  outgoing.shouldKeepAlive = false
  outgoing.writeHead(response.status, rawHead(response, Buffer.byteLength(response.body), date))
  outgoing.write(response.body)
}

/** An answer for a socket whose request never parsed. */
export function rawResponse(response: HttpResponse, reason: string, date: string): string {
  let head = `HTTP/1.1 ${response.status} ${reason}\r\nConnection: close\r\n`
  const headers = rawHead(response, Buffer.byteLength(response.body), date)
  for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`
  return `${head}\r\n${response.body}`
}

function rawHead(response: HttpResponse, bodyBytes: number, date: string): string[] {
  const head: string[] = []
  for (const name in response.headers) head.push(name, response.headers[name] ?? '')
  head.push('Date', date)
  if (hasBody(response)) head.push('Content-Length', String(bodyBytes))
  return head
}

const hasBody = ({ status }: HttpResponse): boolean =>
  status !== 204 && status !== 304 && status >= 200
