import { clockAt } from '../primitives/clock.ts'
import type { Handler, HttpRequest } from '../request/http.ts'
import { type Listening, type ListenOptions, listen } from './listen.ts'

export interface TestServer extends AsyncDisposable {
  readonly server: Listening
  /** Every request that reached the handler, in order. */
  readonly requests: HttpRequest[]
  readonly logged: string[]
}

/** Answers 200 with the method and the body's length, and remembers what it was asked. */
export const echo: Handler = ({ method, body }) => ({
  status: 200,
  headers: { 'Content-Type': 'text/plain' },
  body: `${method} ${body.length}`,
})

/** A server on a free port of loopback, at a fixed time, closed at the end of the test's scope. */
export async function openServer(options: Partial<ListenOptions> = {}): Promise<TestServer> {
  const { handler = echo, ...rest } = options
  const requests: HttpRequest[] = []
  const logged: string[] = []
  const note = (_facts: object, message: string): void => {
    logged.push(message)
  }
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 1000,
    clock: clockAt('2026-01-01T00:00:00Z'),
    log: { warn: note, error: note },
    ...rest,
    handler: (request) => {
      requests.push(request)
      return handler(request)
    },
  })
  return { server, requests, logged, [Symbol.asyncDispose]: () => server.stop() }
}
