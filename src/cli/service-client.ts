import { request as httpsRequest } from 'node:https'
import type { ClientSettings } from '../config/client-settings.ts'
import type { Clock } from '../primitives/clock.ts'
import { nodeHttp } from '../primitives/node-http.ts'
import { signRequest } from '../sigv4/index.ts'
import { CommandError } from './command-error.ts'

/** One answer of the service. */
export interface ServiceAnswer {
  readonly status: number
  readonly body: string
  /** The service's time, from its `Date` header: milliseconds since the epoch. */
  readonly serviceTime: number
}

/** Calls a running service as an operator's command does: signed with the keys of the environment. */
export interface ServiceClient {
  readonly endpoint: string
  /** An AWS operation by the query protocol; gives the XML text. */
  query(
    service: 'iam' | 'sts',
    parameters: Readonly<Record<string, string>>,
  ): Promise<ServiceAnswer>
  /** An operation of Watchword's own API. */
  admin(operation: string, input: object): Promise<unknown>
}

const versions = { iam: '2010-05-08', sts: '2011-06-15' } as const

/** @throws CommandError when there are no keys, no service, or a refusal: with what to do about it */
export function serviceClient(settings: ClientSettings, clock: Clock): ServiceClient {
  const { endpoint } = settings
  const call = async (
    service: string,
    path: string,
    contentType: string,
    body: string,
  ): Promise<ServiceAnswer> => {
    const first = await send(settings, clock.now(), service, path, contentType, body)
    // A service whose clock is not ours refuses our time: ask again with its own, as AWS's SDKs do.
    const skewed = first.status === 403 && /Signature (expired|not yet current)/.test(first.body)
    return skewed ? send(settings, first.serviceTime, service, path, contentType, body) : first
  }
  return {
    endpoint,
    async query(service, parameters) {
      const form = new URLSearchParams({ ...parameters, Version: versions[service] })
      const type = 'application/x-www-form-urlencoded; charset=utf-8'
      const answer = await call(service, '/', type, form.toString())
      if (answer.status === 200) return answer
      const code = tag(answer.body, 'Code')
      throw new CommandError(
        `${code ?? answer.status}: ${tag(answer.body, 'Message') ?? 'refused'}`,
      )
    },
    async admin(operation, input) {
      const path = `/_watchword/api/${operation}`
      const answer = await call('watchword', path, 'application/json', JSON.stringify(input))
      const body = parseJson(answer.body)
      if (answer.status === 200) return body
      const { Code, Message } = (body ?? {}) as { Code?: string; Message?: string }
      throw new CommandError(`${Code ?? answer.status}: ${Message ?? 'the service refused'}`)
    },
  }
}

/** The text of the first element of that name. */
export function tag(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  return text
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function send(
  { endpoint, region, credentials }: ClientSettings,
  now: number,
  service: string,
  path: string,
  contentType: string,
  body: string,
): Promise<ServiceAnswer> {
  if (!credentials) {
    throw new CommandError(
      'There are no keys to sign with. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ' +
        'or paste the lines that `watchword env` prints.',
    )
  }
  const url = new URL(endpoint)
  const signed = signRequest(
    {
      method: 'POST',
      path,
      query: '',
      headers: ['Host', url.host, 'Content-Type', contentType],
      body: Buffer.from(body),
    },
    credentials,
    { service, region, now },
  )
  const open = url.protocol === 'https:' ? httpsRequest : nodeHttp.request
  return new Promise((resolve, reject) => {
    const outgoing = open(
      url,
      { method: 'POST', path, headers: [...signed.headers], agent: false },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk: string) => {
          text += chunk
        })
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            body: text,
            serviceTime: Date.parse(incoming.headers.date ?? ''),
          }),
        )
        incoming.on('error', reject)
      },
    )
    outgoing.on('error', (error) => reject(new CommandError(unanswered(endpoint, error))))
    outgoing.end(body)
  })
}

function unanswered(endpoint: string, error: NodeJS.ErrnoException): string {
  const code = error.code ?? error.message
  if (/CERT|UNABLE_TO_/.test(code)) {
    return (
      `The certificate of ${endpoint} is not trusted (${code}). ` +
      'Name the file of its authority in NODE_EXTRA_CA_CERTS.'
    )
  }
  if (code === 'EPROTO') {
    return `What answers at ${endpoint} does not speak TLS (${code}). Name it with http:// instead.`
  }
  return (
    `No service answers at ${endpoint} (${code}). ` +
    'Start it with `watchword serve`, or name it with --endpoint or AWS_ENDPOINT_URL.'
  )
}
