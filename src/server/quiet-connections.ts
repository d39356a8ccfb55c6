import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Incoming, Outgoing } from './incoming.ts'
import type { ServerLimits } from './limits.ts'

/** Keeps an eye on the connections of one server. */
export interface QuietConnections {
  /** @param opened - the event that tells of a connection which can carry requests */
  watch(server: Server<typeof Incoming>, opened: 'connection' | 'secureConnection'): void
  /** Is to hear of every request. */
  asked(socket: Socket, outgoing: Outgoing): void
}

interface Connection {
  /** Of the request that came last; undefined once it is out. */
  answer: Outgoing | undefined
  /** Whether a request came since the last look. */
  moved: boolean
}

/** What a connection is left beyond what it was promised, for requests that are on their way. */
const graceMilliseconds = 1_000

/**
 * Ends connections on which nothing moves for long. Node would arm a timer at each request's begin and end, and move it
 * at each read and write. Here a timer is armed only where a look now and then finds no new request since the last;
 * bytes move it then as ever. What is in the middle of a request has narrower limits, which Node keeps.
 */
export function endQuietConnections(limits: ServerLimits): QuietConnections {
  const { idleMilliseconds, stalledMilliseconds, checkMilliseconds } = limits
  const connections = new Map<Socket, Connection>()

  function look(connection: Connection, socket: Socket): void {
    if (connection.answer?.writableFinished) connection.answer = undefined
    const allowed = connection.answer ? stalledMilliseconds : idleMilliseconds + graceMilliseconds
    const wanted = connection.moved ? 0 : allowed
    connection.moved = false
    if ((socket.timeout ?? 0) !== wanted) socket.setTimeout(wanted)
  }

  return {
    watch(server, opened) {
      server.on(opened, (socket: Socket) => {
        connections.set(socket, { answer: undefined, moved: true })
        socket.once('close', () => connections.delete(socket))
      })
      // A server that could not listen is never closed either.
      server.once('listening', () => {
        const looking = setInterval(() => connections.forEach(look), checkMilliseconds)
        looking.unref()
        server.once('close', () => clearInterval(looking))
      })
    },
    asked(socket, outgoing) {
      const connection = connections.get(socket)
      if (!connection) return
      connection.answer = outgoing
      connection.moved = true
    },
  }
}
