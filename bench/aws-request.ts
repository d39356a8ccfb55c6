import { type Credentials, signRequest } from '../src/sigv4/index.ts'

const versions = { sts: '2011-06-15', iam: '2010-05-08' } as const

/** A signed query request as bytes on the wire, with the headers that an SDK sends. */
export function awsRequest(
  port: number,
  service: 'sts' | 'iam',
  parameters: Readonly<Record<string, string>>,
  credentials: Credentials,
): Buffer {
  const body = new URLSearchParams({ ...parameters, Version: versions[service] }).toString()
  const signed = signRequest(
    {
      method: 'POST',
      path: '/',
      query: '',
      headers: [
        ...['Host', `127.0.0.1:${port}`],
        ...['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
      ],
      body: Buffer.from(body),
    },
    credentials,
    { service, region: 'us-east-1', now: Date.now() },
  )
  let head = 'POST / HTTP/1.1\r\n'
  const { headers } = signed
  for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`
  head += 'User-Agent: bench/1\r\nAccept: */*\r\nAccept-Encoding: identity\r\n'
  return Buffer.from(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

/** Sends one request and gives the answer's body. */
export async function ask(port: number, request: Buffer): Promise<string> {
  const { connect } = await import('node:net')
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
      const head = text.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN)
      if (head < 0 || Buffer.byteLength(text) < head + 4 + length) return
      socket.end()
      if (text.startsWith('HTTP/1.1 200')) resolve(text.slice(head + 4))
      else reject(new Error(text))
    })
    socket.on('error', reject)
  })
}
