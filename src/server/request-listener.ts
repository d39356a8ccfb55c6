import type { Socket } from 'node:net'
import type { Handler, HttpResponse } from '../request/http.ts'
import { announcedLength, type Incoming, type Outgoing } from './incoming.ts'
import type { ServerLimits } from './limits.ts'
import { bodyTooLarge, internalFailure } from './refusals.ts'
import { respond, respondUnfinished } from './respond.ts'

export interface RequestListenerOptions {
  readonly handler: Handler
  readonly maxBodyBytes: number
  readonly limits: ServerLimits
  /** The `Date` of an answer given now. */
  readonly date: () => string
  /** Whether connections are to close with their answer. */
  readonly stopping: () => boolean
  readonly log: { error(facts: object, message: string): void }
}

export interface RequestListener {
  readonly onRequest: (incoming: Incoming, outgoing: Outgoing) => void
  /** For `Expect: 100-continue`. */
  readonly onContinue: (incoming: Incoming, outgoing: Outgoing) => void
  /** Connections whose request was refused before its body was in: they have had their answer. */
  readonly refused: WeakSet<Socket>
}

/** Turns each request into one call of the handler and one answer; the functions are made once, not a request. */
export function requestListener(options: RequestListenerOptions): RequestListener {
  const { handler, maxBodyBytes, limits, date, stopping, log } = options
  const refused = new WeakSet<Socket>()

  function onRequest(incoming: Incoming, outgoing: Outgoing): void {
    const length = announcedLength(incoming.rawHeaders)
    if (length === 0) {
      answer(incoming, outgoing)
    } else if (length !== undefined && length > maxBodyBytes) {
      refuseBody(incoming, outgoing)
    } else {
      incoming.outgoing = outgoing
      incoming.on('data', onData)
      incoming.on('end', onEnd)
    }
  }

  function onData(this: Incoming, chunk: Buffer): void {
    this.received += chunk.length
    if (this.received <= maxBodyBytes) this.keep(chunk)
    else if (this.outgoing) {
      this.off('data', onData)
      this.off('end', onEnd)
      refuseBody(this, this.outgoing)
    }
  }

  function onEnd(this: Incoming): void {
    if (this.outgoing) answer(this, this.outgoing)
  }

  function onContinue(incoming: Incoming, outgoing: Outgoing): void {
    const length = announcedLength(incoming.rawHeaders)
    // A client that waits for leave to send gets none when its body would be refused anyway.
    if (length === undefined || length <= maxBodyBytes) outgoing.writeContinue()
    onRequest(incoming, outgoing)
  }

  function answer(incoming: Incoming, outgoing: Outgoing): void {
    try {
      const response = handler(incoming.toHttpRequest())
      if (response instanceof Promise) {
        response.then(
          (later) => finish(outgoing, later),
          (error: unknown) => fail(outgoing, error),
        )
      } else finish(outgoing, response)
    } catch (error) {
      fail(outgoing, error)
    }
  }

  function finish(outgoing: Outgoing, response: HttpResponse): void {
    if (stopping()) outgoing.shouldKeepAlive = false
    try {
      respond(outgoing, response, date())
    } catch (error) {
      fail(outgoing, error)
    }
  }

  function fail(outgoing: Outgoing, cause: unknown): void {
    log.error({ err: cause }, 'a request handler threw: this is a bug')
    if (outgoing.headersSent) outgoing.destroy()
    else respond(outgoing, internalFailure, date())
  }

  /** Answers before the body is in, then reads on for a while: closing at once could cost the client the answer. */
  function refuseBody(incoming: Incoming, outgoing: Outgoing): void {
    const { socket } = incoming
    refused.add(socket)
    incoming.forget()
    respondUnfinished(outgoing, bodyTooLarge, date())
    let drained = 0
    const close = (): void => {
      clearTimeout(timer)
      // Chunks already on their way must not close it again each.
      incoming.removeAllListeners('data').resume()
      outgoing.end()
      socket.destroySoon()
    }
    const timer = setTimeout(close, limits.drainMilliseconds)
    incoming.once('close', () => clearTimeout(timer))
    incoming.once('end', close)
    incoming.on('data', (chunk: Buffer) => {
      drained += chunk.length
      if (drained > limits.drainBytes) close()
    })
  }

  return { onRequest, onContinue, refused }
}
