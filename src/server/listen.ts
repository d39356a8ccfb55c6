import type { Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TlsPair } from '../config/read-tls-files.ts'
import type { Clock } from '../primitives/clock.ts'
import { nodeHttp } from '../primitives/node-http.ts'
import type { Handler, HttpResponse } from '../request/http.ts'
import { httpDates } from './http-date.ts'
import { Incoming } from './incoming.ts'
import { defaultLimits, type ServerLimits } from './limits.ts'
import { endQuietConnections } from './quiet-connections.ts'
import { headersTooLarge, malformedRequest, requestTimeout } from './refusals.ts'
import { type RequestListener, requestListener } from './request-listener.ts'
import { rawResponse } from './respond.ts'

/** Where to listen, and what answers. */
export interface ListenOptions {
  readonly handler: Handler
  readonly host: string
  /** 0 asks the system for a free one. */
  readonly port: number
  readonly tls?: TlsPair | undefined
  readonly maxBodyBytes: number
  readonly clock: Clock
  readonly log: ServerLog
  readonly limits?: Partial<ServerLimits>
}

/** What the server says of itself; any logger of pino's form will do. */
export interface ServerLog {
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** An open socket. */
export interface Listening extends AsyncDisposable {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Stops accepting, closes idle connections at once and lets running requests finish, within a bound. */
  stop(): Promise<void>
}

type Served = Server<typeof Incoming>

/**
 * Opens the socket and answers requests with `handler`: one body collected within its limit, one answer with
 * the service's own `Date`. Clients that are too large, too slow or not HTTP never reach the handler.
 *
 * @throws Error when the address cannot be listened on, saying why and what to change
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { clock, host, log } = options
  const limits = { ...defaultLimits, ...options.limits }
  const dateOf = httpDates()
  const date = (): string => dateOf(clock.now())
  let stopping = false
  const quiet = endQuietConnections(limits)
  const { asked } = quiet
  const listener = requestListener({ ...options, limits, date, asked, stopping: () => stopping })
  const server = open(options.tls, limits, listener)
  quiet.watch(server, options.tls ? 'secureConnection' : 'connection')
  const connections = connectionsOf(server)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const refused = refusalOf(error.code)
    if (!refused || !socket.writable || listener.refused.has(socket)) {
      socket.destroy()
      return
    }
    listener.refused.add(socket)
    socket.end(rawResponse(refused, nodeHttp.STATUS_CODES[refused.status] ?? '', date()))
    discard(socket, limits)
  })
  let dropped = 0
  server.on('drop', () => {
    dropped += 1
    // Powers of two: a flood of connections must not become a flood of log lines.
    if ((dropped & (dropped - 1)) === 0)
      log.warn({ dropped, connections: limits.connections }, 'too many connections: refusing more')
  })

  await bind(server, options)
  const { port } = server.address() as AddressInfo
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping = true
    stopped ??= close(server, connections, limits.stopMilliseconds)
    return stopped
  }
  const shownHost = host.includes(':') ? `[${host}]` : host
  return {
    url: `${options.tls ? 'https' : 'http'}://${shownHost}:${port}`,
    host,
    port,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function open(
  tls: TlsPair | undefined,
  limits: ServerLimits,
  { onRequest, onContinue }: RequestListener,
): Served {
  const http = {
    IncomingMessage: Incoming,
    connectionsCheckingInterval: limits.checkMilliseconds,
    headersTimeout: limits.headersMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    // Of connections on which nothing moves `endQuietConnections` takes care.
    keepAliveTimeout: 0,
    maxHeaderSize: limits.headerBytes,
    noDelay: true,
  }
  const server = tls
    ? createTlsServer(
        {
          ...http,
          cert: tls.cert,
          key: tls.key,
          minVersion: 'TLSv1.2',
          handshakeTimeout: limits.headersMilliseconds,
        },
        onRequest,
      )
    : nodeHttp.createServer(http, onRequest)
  server.maxConnections = limits.connections
  // A client may close its side when it has asked: the answer is still wanted. Node's types do not know of it.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('checkContinue', onContinue)
  return server
}

function bind(server: Served, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new Error(bindProblem(cause, host, port), { cause }))
    })
    server.listen({ host, port, backlog: 1024 }, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

function bindProblem({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const where = `Cannot listen on ${host} port ${port}`
  if (code === 'EADDRINUSE') return `${where}: another process does; give another --port, or 0.`
  if (code === 'EACCES') return `${where}: not permitted; give a --port above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${where}: this machine has no such address; give another --host.`
  return `${where}: ${message}.`
}

function refusalOf(code: string | undefined): HttpResponse | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTimeout
  // Everything else that is not the parser's is the connection's end, or TLS that never came up.
  return code?.startsWith('HPE_') ? malformedRequest : undefined
}

/** Reads on and throws away for a moment: a connection closed over unread bytes is reset, and the answer lost. */
function discard(socket: Socket, { drainBytes, drainMilliseconds }: ServerLimits): void {
  let drained = 0
  const timer = setTimeout(() => socket.destroy(), drainMilliseconds)
  socket.once('close', () => clearTimeout(timer))
  socket.once('end', () => socket.destroySoon())
  socket.removeAllListeners('data')
  socket.on('data', (chunk: Buffer) => {
    drained += chunk.length
    if (drained > drainBytes) socket.destroy()
  })
}

function connectionsOf(server: Served): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  const follow = (socket: Socket): void => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  server.on('connection', follow)
  return open
}

function close(
  server: Served,
  connections: ReadonlySet<Socket>,
  milliseconds: number,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), milliseconds)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
    // Node counts a connection that has not sent anything yet as busy.
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
  })
}
