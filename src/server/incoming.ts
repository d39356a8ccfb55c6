import type { ServerResponse } from 'node:http'
import { isIPv4, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { nodeHttp } from '../primitives/node-http.ts'
import type { HttpRequest } from '../request/http.ts'

export type Outgoing = ServerResponse<Incoming>

const empty = new Uint8Array(0)

/** Undefined where a request has none. */
interface AskedByNode {
  host: string | undefined
  expect: string | undefined
  te: string | undefined
}

/** Who is told of a body. */
export interface BodyCollector {
  /** It is whole, or there is none. */
  readonly whole: (incoming: Incoming) => void
  /** It comes in parts: whoever wants it reads the stream from now on. */
  readonly inParts: (incoming: Incoming) => void
}

/**
 * Node's request with room for its body, so that collecting one needs no closure a request.
 * Most bodies are one chunk and are handed on as they came.
 */
export class Incoming extends nodeHttp.IncomingMessage {
  declare received: number
  /** Undefined when it is not known beforehand. */
  declare announced: number | undefined
  /** How much of its body counts against what all bodies together may take. */
  declare held: number
  /** Where a request that waits for its body is answered. */
  declare outgoing: Outgoing | undefined
  declare private only: Buffer | undefined
  declare private chunks: Buffer[] | undefined
  declare private asked: AskedByNode | undefined
  declare private collector: BodyCollector | undefined

  /** Assigned and not initialised as fields: on so large an object the engine defines fields on its slow path. */
  constructor(socket: Socket) {
    super(socket)
    this.received = 0
    this.announced = 0
    this.held = 0
    this.outgoing = undefined
    this.only = undefined
    this.chunks = undefined
    this.asked = undefined
    this.collector = undefined
  }

  /**
   * Takes a body that comes whole, as nearly all do, past the stream, whose turns of the event queue would cost a request
   * more than its parsing. Only before anything of the body came.
   */
  collect(announced: number, collector: BodyCollector): void {
    this.announced = announced
    this.collector = collector
    markConsuming(this, true)
  }

  /** Node hands over each part of a body here, and null behind the last. */
  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    const { collector } = this
    if (!collector) return super.push(chunk, encoding)
    if (chunk === null) collector.whole(this)
    else if (chunk.length === this.announced) {
      this.received = chunk.length
      this.keep(chunk)
    } else {
      this.collector = undefined
      markConsuming(this, false)
      collector.inParts(this)
      return super.push(chunk, encoding)
    }
    return true
  }

  /** True once a body that passed no stream is in: Node then lets go of the request with its answer. */
  isCollected(): boolean {
    return this.collector !== undefined && this.complete
  }

  /** The headers that Node's own server looks at, each as first sent. */
  askedByNode(): AskedByNode {
    if (this.asked) return this.asked
    const asked: AskedByNode = { host: undefined, expect: undefined, te: undefined }
    for (let at = this.rawHeaders.length - 2; at >= 0; at -= 2) {
      const name = this.rawHeaders[at] ?? ''
      if (isNamed(name, 'host')) asked.host = this.rawHeaders[at + 1]
      else if (isNamed(name, 'expect')) asked.expect = this.rawHeaders[at + 1]
      else if (isNamed(name, 'te')) asked.te = this.rawHeaders[at + 1]
    }
    this.asked = asked
    return asked
  }

  keep(chunk: Buffer): void {
    if (this.chunks) this.chunks.push(chunk)
    else if (this.only) this.chunks = [this.only, chunk]
    else this.only = chunk
  }

  /** Forgets what was kept of a body that is refused. */
  forget(): void {
    this.only = undefined
    this.chunks = undefined
  }

  toHttpRequest(): HttpRequest {
    const target = pathAndQuery(this.url ?? '/')
    const mark = target.indexOf('?')
    return {
      method: this.method ?? '',
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      headers: this.rawHeaders,
      body: this.chunks ? Buffer.concat(this.chunks, this.received) : (this.only ?? empty),
      remoteAddress: plainAddress(this.socket.remoteAddress),
      secure: (this.socket as Partial<TLSSocket>).encrypted === true,
    }
  }
}

// Node would make a table of all headers to look for three of them, and nothing else reads it.
Object.defineProperty(Incoming.prototype, 'headers', {
  get(this: Incoming): AskedByNode {
    return this.askedByNode()
  },
})

/** What reading the stream sets: without it Node reads on by itself, to throw away, when the answer is out. */
function markConsuming(incoming: Incoming, consuming: boolean): void {
  const inner = incoming as unknown as { _consuming: boolean }
  inner._consuming = consuming
}

const endOfStream = Object.getOwnPropertyDescriptor(Readable.prototype, 'readableEnded')

Object.defineProperty(Incoming.prototype, 'readableEnded', {
  get(this: Incoming): boolean {
    return this.isCollected() || endOfStream?.get?.call(this) === true
  },
})

function isNamed(sent: string, lowerCase: string): boolean {
  return sent.length === lowerCase.length && sent.toLowerCase() === lowerCase
}

/** The announced length of the body; 0 when the headers announce none, undefined when it is not known beforehand. */
export function announcedLength(rawHeaders: readonly string[]): number | undefined {
  let length: number | undefined = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (isNamed(name, 'content-length')) length = Number(rawHeaders[at + 1])
    else if (isNamed(name, 'transfer-encoding')) return undefined
  }
  return length
}

/** Proxies may send `GET http://host/path`; the service knows only the path. */
function pathAndQuery(url: string): string {
  if (url.charCodeAt(0) === 47) return url
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(url)?.[1]
  if (path === undefined) return url // `OPTIONS *`
  return path.startsWith('/') ? path : `/${path}`
}

/** An IPv4 client on a socket for both families shows as `::ffff:a.b.c.d`; policies compare the IPv4 address. */
function plainAddress(address: string | undefined): string {
  if (address === undefined) return ''
  if (!address.startsWith('::ffff:')) return address
  const mapped = address.slice(7)
  return isIPv4(mapped) ? mapped : address
}
