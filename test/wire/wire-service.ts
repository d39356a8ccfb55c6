import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { type Credentials, signRequest } from '../../src/sigv4/index.ts'
import { startWatchword, type TestService } from '../../src/testing.ts'
import { at, readXml, type XmlValue } from './read-xml.ts'
import { formOf, type RawAnswer, send } from './send.ts'

/**
 * A real service on a real socket and a client that hides nothing: parameters go out under the names they have on
 * the wire, and each answer is checked for what every answer must have before a test sees it.
 */
export interface Wire extends AsyncDisposable {
  readonly service: TestService
  /** The management account's root. */
  readonly root: Credentials
  readonly iam: Call
  readonly sts: Call
  /** Another account; gives its root. */
  newAccount(id: string): Promise<Credentials>
  /** A user with a key, and with this document as its policy. */
  newUser(name: string, options?: NewUser): Promise<Credentials>
  /** A role; gives its id. */
  newRole(name: string, trust: object | string, options?: NewRole): Promise<string>
  /** Credentials of AssumeRole and its kin. */
  session(as: Credentials, action: string, parameters: Parameters): Promise<Credentials>
}

interface NewUser {
  readonly as?: Credentials
  readonly policy?: object | undefined
  readonly path?: string
}

interface NewRole {
  readonly as?: Credentials
  readonly policy?: object
  readonly path?: string
  readonly parameters?: Parameters
}

export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>

export type Call = (
  as: Credentials,
  action: string,
  parameters?: Parameters,
  options?: CallOptions,
) => Promise<Answer>

interface CallOptions {
  readonly region?: string
  readonly headers?: readonly string[]
  /** Seconds added to the time in the signature. */
  readonly skewSeconds?: number
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** `200 OK`, or status, code and text: `404 NoSuchEntity: The user with name x cannot be found.` */
  readonly summary: string
  /** The members of the result. */
  readonly result: XmlValue
  /** The text at a path of the result, such as `User.Arn`; fails when there is none. */
  text(path: string): string
}

export const account = '123456789012'
export const otherAccount = '210987654321'
/** Where the service's clock stands. */
export const startTime = '2026-03-04T05:06:07Z'

export const versions = { iam: '2010-05-08', sts: '2011-06-15' } as const
export const namespaces = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
} as const

export async function openWire(): Promise<Wire> {
  const service = await startWatchword({ account, now: startTime })
  const root: Credentials = service.rootKey
  const caller =
    (name: 'iam' | 'sts'): Call =>
    (as, action, parameters, options) =>
      call(service, name, as, action, parameters, options)
  const iam = caller('iam')
  const sts = caller('sts')

  async function must(answer: Promise<Answer>): Promise<Answer> {
    const done = await answer
    assert.equal(done.summary, '200 OK')
    return done
  }

  return {
    service,
    root,
    iam,
    sts,
    async newAccount(id) {
      const made = await adminCall(service, root, 'CreateAccount', { Id: id })
      return {
        accessKeyId: String(made.RootAccessKeyId),
        secretAccessKey: String(made.RootSecretAccessKey),
      }
    },
    async newUser(name, { as = root, policy, path } = {}) {
      await must(iam(as, 'CreateUser', { UserName: name, Path: path }))
      if (policy) {
        await must(
          iam(as, 'PutUserPolicy', {
            UserName: name,
            PolicyName: 'own',
            PolicyDocument: JSON.stringify(policy),
          }),
        )
      }
      return keyOf(await must(iam(as, 'CreateAccessKey', { UserName: name })))
    },
    async newRole(name, trust, { as = root, policy, path, parameters = {} } = {}) {
      const document = typeof trust === 'string' ? trust : JSON.stringify(trust)
      const made = await must(
        iam(as, 'CreateRole', {
          RoleName: name,
          AssumeRolePolicyDocument: document,
          Path: path,
          ...parameters,
        }),
      )
      if (policy) {
        await must(
          iam(as, 'PutRolePolicy', {
            RoleName: name,
            PolicyName: 'own',
            PolicyDocument: JSON.stringify(policy),
          }),
        )
      }
      return made.text('Role.RoleId')
    },
    async session(as, action, parameters) {
      return credentialsOf(await must(sts(as, action, parameters)))
    },
    [Symbol.asyncDispose]: () => service.stop(),
  }
}

const keyOf = (answer: Answer): Credentials => ({
  accessKeyId: answer.text('AccessKey.AccessKeyId'),
  secretAccessKey: answer.text('AccessKey.SecretAccessKey'),
})

export const credentialsOf = (answer: Answer): Credentials => ({
  accessKeyId: answer.text('Credentials.AccessKeyId'),
  secretAccessKey: answer.text('Credentials.SecretAccessKey'),
  sessionToken: answer.text('Credentials.SessionToken'),
})

export const allow = (action: string | readonly string[], resource = '*', more = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource, ...more }],
})

export const deny = (action: string | readonly string[], resource = '*', more = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: action, Resource: resource, ...more }],
})

/** A trust policy of one statement for these `AWS` principals. */
export const trusting = (aws: string | readonly string[], more: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: aws }, Action: 'sts:AssumeRole', ...more }],
})

/** `{ Team: 'red' }` under the names that a list of tags has on the wire. */
export const tags = (pairs: Readonly<Record<string, string>>, list = 'Tags'): Parameters =>
  Object.fromEntries(
    Object.entries(pairs).flatMap(([key, value], index) => [
      [`${list}.member.${index + 1}.Key`, key],
      [`${list}.member.${index + 1}.Value`, value],
    ]),
  )

/** `['a', 'b']` under the names that a list of texts has on the wire. */
export const list = (name: string, values: readonly string[]): Parameters =>
  Object.fromEntries(values.map((value, index) => [`${name}.member.${index + 1}`, value]))

async function call(
  service: TestService,
  name: 'iam' | 'sts',
  as: Credentials,
  action: string,
  parameters: Parameters = {},
  options: CallOptions = {},
): Promise<Answer> {
  const body = formOf({ Action: action, Version: versions[name], ...parameters })
  const { region = 'us-east-1', headers = [], skewSeconds = 0 } = options
  const signed = signRequest(
    {
      method: 'POST',
      path: '/',
      query: '',
      headers: [
        ...['Host', new URL(service.endpoint).host],
        ...['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
        ...headers,
      ],
      body: Buffer.from(body),
    },
    as,
    { service: name, region, now: service.clock.now() + skewSeconds * 1000 },
  )
  const answer = await send(service.endpoint, { ...signed, body })
  return checked(answer, name, action, service)
}

async function adminCall(
  service: TestService,
  as: Credentials,
  operation: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const body = JSON.stringify(input)
  const path = `/_watchword/api/${operation}`
  const signed = signRequest(
    {
      method: 'POST',
      path,
      query: '',
      headers: ['Host', new URL(service.endpoint).host, 'Content-Type', 'application/json'],
      body: Buffer.from(body),
    },
    as,
    { service: 'watchword', region: 'us-east-1', now: service.clock.now() },
  )
  const answer = await send(service.endpoint, { ...signed, body })
  assert.equal(answer.status, 200, answer.body)
  return JSON.parse(answer.body) as Readonly<Record<string, unknown>>
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** What holds for every XML answer, whatever was asked. */
export function checked(
  answer: RawAnswer,
  name: 'iam' | 'sts',
  action: string,
  service: Pick<TestService, 'clock'>,
): Answer {
  const { status, headers, body } = answer
  assert.equal(headers['content-type'], 'text/xml', body)
  assert.equal(Date.parse(headers.date ?? ''), Math.floor(service.clock.now() / 1000) * 1000)
  assert.equal(headers['content-length'], String(Buffer.byteLength(body)))
  const xml = readXml(body)
  const [envelope = ''] = Object.keys(xml)
  const id = at(
    xml,
    status === 200 ? `${envelope}.ResponseMetadata.RequestId` : `${envelope}.RequestId`,
  )
  assert.match(String(id), uuid, body)
  assert.equal(headers['x-amzn-requestid'], id)
  const error = at(xml, 'ErrorResponse.Error')
  const code = error === undefined ? undefined : String(at(error, 'Code'))
  const namespace =
    code === 'InvalidAction'
      ? 'http://webservices.amazon.com/AWSFault/2005-15-09'
      : namespaces[name]
  assert.ok(body.includes(` xmlns="${namespace}"`), body)
  if (error === undefined) {
    assert.equal(envelope, `${action}Response`)
    const result = at(xml, `${envelope}.${action}Result`) ?? ''
    return { ...answer, summary: '200 OK', result, text: (path) => textAt(result, path, body) }
  }
  const message = at(error, 'Message')
  assert.notEqual(message, '')
  assert.deepEqual(Object.keys(error), ['Type', 'Code', ...(message ? ['Message'] : [])])
  assert.equal(at(error, 'Type'), status < 500 ? 'Sender' : 'Receiver')
  const summary = `${status} ${code}: ${String(message ?? '')}`
  return { ...answer, summary, result: '', text: (path) => textAt('', path, body) }
}

function textAt(result: XmlValue, path: string, body: string): string {
  const found = at(result, path)
  if (typeof found !== 'string') throw new Error(`No ${path} in ${body}`)
  return found
}
