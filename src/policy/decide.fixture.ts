import { decide } from './decide.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'
import type {
  AccessRequest,
  AnonymousPrincipal,
  AssumedRolePrincipal,
  AttachedPolicy,
  FederatedUserPrincipal,
  PolicySources,
  Principal,
  RootPrincipal,
  ServicePrincipal,
  UserPrincipal,
} from './request.ts'

/** Callers of each kind, policies on them, and what becomes of a request under these. */
export const account = '111122223333'
export const other = '444455556666'
export const alice: UserPrincipal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/alice`,
  id: 'AIDAALICEALICEALICE01',
}
export const roleArn = `arn:aws:iam::${account}:role/app/Deploy`
export const sessionArn = `arn:aws:sts::${account}:assumed-role/Deploy/run`
export const session: AssumedRolePrincipal = {
  type: 'assumed-role',
  account,
  arn: sessionArn,
  roleArn,
  id: 'AROADEPLOYDEPLOYDEPL1',
}
export const federated: FederatedUserPrincipal = {
  type: 'federated-user',
  account,
  arn: `arn:aws:sts::${account}:federated-user/bob`,
  issuer: alice,
}
export const root: RootPrincipal = { type: 'root', account, arn: `arn:aws:iam::${account}:root` }
export const anonymous: AnonymousPrincipal = { type: 'anonymous' }
export const service: ServicePrincipal = { type: 'service', service: 'ec2.amazonaws.com' }

export const queue = `arn:aws:sqs:eu-west-1:${account}:jobs`
export const foreignQueue = `arn:aws:sqs:eu-west-1:${other}:jobs`

export function attached(kind: PolicyKind, ...statements: object[]): AttachedPolicy {
  const document = { Version: '2012-10-17', Statement: statements }
  return { name: kind, policy: parsePolicy(JSON.stringify(document), kind) }
}
export const allow = (kind: PolicyKind, more: object = {}): AttachedPolicy =>
  attached(kind, { Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...more })
export const deny = (kind: PolicyKind, more: object = {}): AttachedPolicy =>
  attached(kind, { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*', ...more })
export const nothing = (kind: PolicyKind): AttachedPolicy => allow(kind, { Action: 's3:*' })
export const queueAllows = (aws: unknown): AttachedPolicy =>
  allow('resource', { Principal: { AWS: aws } })

export function outcome(
  principal: Principal,
  sources: Partial<PolicySources>,
  more: Partial<AccessRequest> = {},
): string {
  const request = { principal, action: 'sqs:SendMessage', resource: queue, context: new Map() }
  const { effect, layer } = decide({ ...request, ...more }, { identity: [], ...sources })
  return `${effect} ${layer}`
}
