import type { Credentials } from '../../src/sigv4/index.ts'
import {
  type Answer,
  account,
  allow,
  openWire,
  otherAccount,
  type Parameters,
  trusting,
  type Wire,
} from './wire-service.ts'

/** A service with callers and roles of every kind, for what AssumeRole answers. */
export interface AssumeRoleFixture {
  readonly wire: Wire
  /** May call all of STS. */
  readonly ada: Credentials
  /** Has no policy. */
  readonly bob: Credentials
  /** A user of another account. */
  readonly foreign: Credentials
  /** The unique id of role `Worker`. */
  readonly workerId: string
  /** AssumeRole on `Worker`, unless the parameters say otherwise. */
  assume(parameters: Parameters, as?: Credentials): Promise<Answer>
}

export const role = (name: string, of = account): string => `arn:aws:iam::${of}:role/${name}`
export const worker = role('deep/Worker')
const tagging = { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }
export const base = { RoleArn: worker, RoleSessionName: 'work' }

export async function openAssumeRole(): Promise<AssumeRoleFixture> {
  const wire = await openWire()
  const foreignRoot = await wire.newAccount(otherAccount)
  const ada = await wire.newUser('ada', { policy: allow('sts:*') })
  const bob = await wire.newUser('bob')
  const foreign = await wire.newUser('eve', { as: foreignRoot, policy: allow('sts:AssumeRole') })
  const workerId = await wire.newRole('Worker', trusting(account, tagging), {
    path: '/deep/',
    policy: allow('sts:*'),
    parameters: { MaxSessionDuration: 7200 },
  })
  await wire.newRole('Next', trusting(account, tagging), { policy: allow(['sts:*', 'iam:*']) })
  await wire.newRole('hour', trusting(account))
  await wire.newRole('outside', trusting(otherAccount))
  await wire.newRole('open', trusting('*'))
  await wire.newRole('secret', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'a:b/c' } },
      },
    ],
  })
  await wire.newRole('plain', trusting(account))
  const contextual = { Action: ['sts:AssumeRole', 'sts:SetContext'] }
  await wire.newRole('contextual', trusting(account, contextual))
  const assume = (parameters: Parameters, as = ada): Promise<Answer> =>
    wire.sts(as, 'AssumeRole', { ...base, ...parameters })
  return { wire, ada, bob, foreign, workerId, assume }
}

export const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`
export const denied = (who: string, action: string, on: string): string =>
  `403 AccessDenied: User: ${who} is not authorized to perform: ${action} on resource: ${on}`
export const one = (clause: string): string =>
  `400 ValidationError: 1 validation error detected: ${clause}`
export const two = (...clauses: readonly string[]): string =>
  `400 ValidationError: 2 validation errors detected: ${clauses.join('; ')}`
export const at = (value: string | null, field: string, constraint: string): string =>
  `Value ${value === null ? 'null' : `'${value}'`} at '${field}' failed to satisfy constraint: Member must ${constraint}`
export const arnPattern =
  'satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+'
export const namePattern = 'satisfy regular expression pattern: [\\w+=,.@-]*'
export const parameterValue = (text: string): string => `400 InvalidParameterValue: ${text}`
export const duplicate = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'
export const transitiveMissing =
  'The specified transitive tag key must be included in the requested tags.'
export const tooLongForRole =
  '400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'
export const context = {
  'ProvidedContexts.member.1.ProviderArn': 'arn:aws:iam::aws:contextProvider/IdentityCenter',
  'ProvidedContexts.member.1.ContextAssertion': 'assertion',
}
export const long = (length: number): string => 'x'.repeat(length)
export const fiftyOne = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))
