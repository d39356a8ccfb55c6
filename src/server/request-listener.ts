import type { Socket } from 'node:net'
import type { Handler, HttpResponse } from '../request/http.ts'
import { announcedLength, type Incoming, type Outgoing } from './incoming.ts'
import type { ServerLimits } from './limits.ts'
import { bodyTooLarge, internalFailure, tooManyBodies } from './refusals.ts'
import { respond, respondUnfinished } from './respond.ts'
import { turnBatch } from './turn-batch.ts'

export interface RequestListenerOptions {
  readonly handler: Handler
  readonly maxBodyBytes: number
  readonly limits: ServerLimits
  /** The `Date` of an answer given now. */
  readonly date: () => string
  /** Hears of each request before anything else. */
  readonly asked: (socket: Socket, outgoing: Outgoing) => void
  /** Whether connections are to close with their answer. */
  readonly stopping: () => boolean
  readonly log: { error(facts: object, message: string): void }
}

/** What a server of Node's is given. */
export interface RequestListener {
  readonly onRequest: (incoming: Incoming, outgoing: Outgoing) => void
  /** For `Expect: 100-continue`. */
  readonly onContinue: (incoming: Incoming, outgoing: Outgoing) => void
  /** Connections whose request was refused before its body was in: they have had their answer. */
  readonly refused: WeakSet<Socket>
}

interface Finished {
  readonly outgoing: Outgoing
  readonly response: HttpResponse
}

/** Turns each request into one call of the handler and one answer; the functions are made once, not a request. */
export function requestListener(options: RequestListenerOptions): RequestListener {
  const { handler, maxBodyBytes, limits, date, asked, stopping, log } = options
  const { idleMilliseconds } = limits
  const refused = new WeakSet<Socket>()
  /** How many requests wait for those in front of them; most connections never have any. */
  const waiting = new WeakMap<Socket, number>()
  let heldBytes = 0
  const answerSoon = turnBatch(answer)
  // What the batch before has answered without a wait is sent at once, before the sockets are looked at again.
  const finishSoon = turnBatch(finish, process.nextTick)
  const collector = { whole: answerSoon, inParts: readInParts }

  function onRequest(incoming: Incoming, outgoing: Outgoing): void {
    asked(incoming.socket, outgoing)
    if (outgoing.socket === null) waitForTurn(incoming, outgoing)
    else take(incoming, outgoing, false)
  }

  /**
   * A request that was sent before the one in front of it was answered waits: one connection has one request in work, so
   * a flood of them on it does not keep the others waiting. Beyond a bound the connection is ended.
   */
  function waitForTurn(incoming: Incoming, outgoing: Outgoing): void {
    const { socket } = incoming
    const count = (waiting.get(socket) ?? 0) + 1
    if (count > limits.pipelined) {
      socket.destroy()
      return
    }
    waiting.set(socket, count)
    outgoing.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 0) - 1)
      take(incoming, outgoing, true)
    })
  }

  function take(incoming: Incoming, outgoing: Outgoing, hasWaited: boolean): void {
    const length = announcedLength(incoming.rawHeaders)
    incoming.outgoing = outgoing
    if (length !== undefined && length > maxBodyBytes) refuseBody(incoming, outgoing, bodyTooLarge)
    else if (length !== undefined && !hasWaited) incoming.collect(length, collector)
    else {
      // Of a request that has waited the stream holds what came meanwhile.
      incoming.announced = length
      readInParts(incoming)
    }
  }

  function readInParts(incoming: Incoming): void {
    incoming.on('data', onData)
    incoming.on('end', onEnd)
  }

  function onData(this: Incoming, chunk: Buffer): void {
    this.received += chunk.length
    if (this.received > maxBodyBytes) refuse(this, bodyTooLarge)
    // Nearly every body comes whole with its request and is not counted.
    else if (chunk.length !== this.announced && !hold(this, chunk.length))
      refuse(this, tooManyBodies)
    else this.keep(chunk)
  }

  /** @returns false when all bodies together would take more than they may */
  function hold(incoming: Incoming, bytes: number): boolean {
    if (incoming.held === 0) incoming.once('close', letGo)
    incoming.held += bytes
    heldBytes += bytes
    return heldBytes <= limits.heldBytes
  }

  function letGo(this: Incoming): void {
    heldBytes -= this.held
    this.held = 0
  }

  function refuse(incoming: Incoming, refusal: HttpResponse): void {
    incoming.off('data', onData)
    incoming.off('end', onEnd)
    letGo.call(incoming)
    if (incoming.outgoing) refuseBody(incoming, incoming.outgoing, refusal)
  }

  function onEnd(this: Incoming): void {
    answerSoon(this)
  }

  function onContinue(incoming: Incoming, outgoing: Outgoing): void {
    const length = announcedLength(incoming.rawHeaders)
    // A client that waits for leave to send gets none when its body would be refused anyway.
    if (length === undefined || length <= maxBodyBytes) outgoing.writeContinue()
    onRequest(incoming, outgoing)
  }

  function answer(incoming: Incoming): void {
    const { outgoing } = incoming
    if (!outgoing) return
    try {
      const request = incoming.toHttpRequest()
      // A client that is gone has no address any more, and a policy that asks for it would be answered wrongly.
      if (request.remoteAddress === '') {
        outgoing.destroy()
        return
      }
      const response = handler(request)
      if (response instanceof Promise) {
        response.then(
          (later) => finishSoon({ outgoing, response: later }),
          (error: unknown) => fail(outgoing, error),
        )
      } else finishSoon({ outgoing, response })
    } catch (error) {
      fail(outgoing, error)
    }
  }

  function send(outgoing: Outgoing, response: HttpResponse): void {
    if (stopping()) outgoing.shouldKeepAlive = false
    respond(outgoing, response, date(), idleMilliseconds)
  }

  function finish({ outgoing, response }: Finished): void {
    try {
      send(outgoing, response)
    } catch (error) {
      fail(outgoing, error)
    }
  }

  function fail(outgoing: Outgoing, cause: unknown): void {
    log.error({ err: cause }, 'a request handler threw: this is a bug')
    if (outgoing.headersSent) outgoing.destroy()
    else send(outgoing, internalFailure)
  }

  /** Answers before the body is in, then reads on for a while: closing at once could cost the client the answer. */
  function refuseBody(incoming: Incoming, outgoing: Outgoing, refusal: HttpResponse): void {
    const { socket } = incoming
    refused.add(socket)
    incoming.forget()
    respondUnfinished(outgoing, refusal, date())
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
