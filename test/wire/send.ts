import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { Parameters } from './wire-service.ts'

export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: readonly string[]
  readonly body: string | Uint8Array
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends exactly this; nothing is added but the body's length. */
export function send(endpoint: string, request: RawRequest): Promise<RawAnswer> {
  const { method, path, query, headers, body } = request
  const { hostname, port } = new URL(endpoint)
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        ...{ hostname, port, method, path: query === '' ? path : `${path}?${query}` },
        headers: [...headers, 'Content-Length', String(Buffer.byteLength(body))],
        agent: false,
      },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk: string) => {
          text += chunk
        })
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
        )
        incoming.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** A form body as given, escaped as a browser would; undefined values are left out. */
export const formOf = (parameters: Parameters): string =>
  new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  ).toString()
