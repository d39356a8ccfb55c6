/** What one set of the benchmark is made of: documents by layer and requests with known answers. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: { readonly AWS: string }
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Json>>>>
}

export interface Document {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

export type Effect = 'allow' | 'explicit-deny' | 'implicit-deny'

export interface BenchRequest {
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, string | readonly string[]>>
  readonly expected: Effect
}

export interface BenchSet {
  readonly name: string
  readonly identity: readonly Document[]
  readonly boundary?: Document
  readonly session?: Document
  readonly scps?: readonly Document[]
  readonly resourcePolicy?: Document
  /** The owner of the resources; by default the caller's account. */
  readonly resourceAccount?: string
  readonly requests: readonly BenchRequest[]
  /** The decisions a second that Watchword promises. */
  readonly atLeast?: number
  /** How many times iam-simulate; 50 unless said otherwise. */
  readonly timesIamSimulate?: number
  /** Why Cedar has no such policy, where it has none. */
  readonly notInCedar?: string
}

export const account = '111122223333'
export const userArn = `arn:aws:iam::${account}:user/ada`
export const roleArn = `arn:aws:iam::${account}:role/app`
export const sessionArn = `arn:aws:sts::${account}:assumed-role/app/ada`

export const allow = (
  Action: Statement['Action'],
  Resource: Statement['Resource'],
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) })

export const deny = (
  Action: Statement['Action'],
  Resource: Statement['Resource'],
  Condition?: Statement['Condition'],
): Statement => ({ ...allow(Action, Resource, Condition), Effect: 'Deny' })

export const document = (...statements: readonly Statement[]): Document => ({
  Version: '2012-10-17',
  Statement: statements,
})

export const ask = (
  expected: Effect,
  action: string,
  resource: string,
  context: BenchRequest['context'] = {},
): BenchRequest => ({ action, resource, context, expected })

export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))
