import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Listening } from './listen.ts'

/** A client that sends exactly the bytes it is told to and keeps everything that comes back. */
export interface RawClient {
  readonly socket: Socket
  send(text: string | Uint8Array): void
  /** What has come when `wanted` matches it, or when the connection ends without. */
  received(wanted: RegExp): Promise<string>
  /** Everything that came, once the other side has closed. */
  closed(): Promise<string>
}

export async function rawClient({ port }: Pick<Listening, 'port'>): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let text = ''
  let over = false
  const waiting = new Set<() => void>()
  const tell = (): void => {
    for (const check of waiting) check()
  }
  const finish = (): void => {
    over = true
    tell()
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    tell()
  })
  socket.on('end', finish)
  socket.on('error', finish)
  socket.on('close', finish)
  const until = (met: () => boolean): Promise<string> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!met() && !over) return
        waiting.delete(check)
        resolve(text)
      }
      waiting.add(check)
      check()
    })
  await once(socket, 'connect')
  return {
    socket,
    send: (bytes) => {
      socket.write(bytes)
    },
    received: (wanted) => until(() => wanted.test(text)),
    async closed() {
      await until(() => over)
      socket.destroy()
      return text
    },
  }
}
