import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

export interface LoadResult {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly median: number
  readonly p99: number
  readonly failures: number
}

/**
 * Sends the same bytes over keep-alive connections, one request in flight on each, for a time.
 * The client does next to nothing per answer, so that the server is what is measured.
 */
export async function load(
  port: number,
  request: Buffer,
  options: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  const latencies: number[] = []
  let failures = 0
  const end = performance.now() + options.seconds * 1000
  const started = performance.now()
  // The client never sleeps: waking it would cost a virtual machine more than the answer itself.
  let running = true
  const spin = (): void => {
    if (running) setImmediate(spin)
  }
  spin()
  await Promise.all(
    Array.from({ length: options.connections }, () =>
      hammer(port, request, end, (milliseconds, ok) => {
        latencies.push(milliseconds)
        if (!ok) failures++
      }),
    ),
  )
  running = false
  const seconds = (performance.now() - started) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0
  return {
    requestsPerSecond: latencies.length / seconds,
    median: at(0.5),
    p99: at(0.99),
    failures,
  }
}

function hammer(
  port: number,
  request: Buffer,
  end: number,
  answered: (milliseconds: number, ok: boolean) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    let sentAt = 0
    let missing = 0
    let ok = false
    const send = (): void => {
      sentAt = performance.now()
      socket.write(request)
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      if (missing === 0) {
        const head = chunk.indexOf('\r\n\r\n')
        const text = chunk.subarray(0, head).toString('latin1')
        ok = text.startsWith('HTTP/1.1 200')
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
        missing = length - (chunk.length - head - 4)
      } else {
        missing -= chunk.length
      }
      if (missing > 0) return
      missing = 0
      const now = performance.now()
      answered(now - sentAt, ok)
      if (now < end) send()
      else {
        socket.end()
        resolve()
      }
    })
  })
}
