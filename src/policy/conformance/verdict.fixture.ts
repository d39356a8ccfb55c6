import { decide } from '../decide.ts'
import { explain } from '../explain.ts'
import { parsePolicy } from '../parse-policy.ts'
import type { PolicyKind } from '../policy.ts'
import type { AccessRequest, AttachedPolicy, PolicySources, Principal } from '../request.ts'

export const account = '111122223333'
export const other = '444455556666'
export const alice: Principal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/alice`,
  id: 'AIDAALICE000000000001',
}

export type Statement = Readonly<Record<string, unknown>>

export function attach(kind: PolicyKind, ...statements: readonly Statement[]): AttachedPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  return { name: kind, policy: parsePolicy(text, kind, 'evaluate') }
}

export const allowAll: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
export const denyAll: Statement = { Effect: 'Deny', Action: '*', Resource: '*' }
/** Says nothing of what is asked. */
export const elsewhere: Statement = { Effect: 'Allow', Action: 'none:None', Resource: '*' }

export const asked: AccessRequest = {
  principal: alice,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::bucket/key',
  context: new Map(),
}

/** Effect and layer, as decided and as explained, which must agree. */
export function verdict(request: AccessRequest, sources: PolicySources): string {
  const { effect, layer } = decide(request, sources)
  const explained = explain(request, sources)
  const told = `${explained.effect} ${explained.layer}`
  return told === `${effect} ${layer}` ? told : `decided ${effect} ${layer}, explained ${told}`
}

/** Does an Allow of this Resource reach `resource`? */
export function reaches(
  statement: Statement,
  resource: string,
  context: Readonly<Record<string, string | readonly string[]>> = {},
): boolean {
  const identity = [attach('identity', { Effect: 'Allow', Action: '*', ...statement })]
  const keys = Object.entries(context).map(([key, value]) => [key.toLowerCase(), value] as const)
  return verdict({ ...asked, resource, context: new Map(keys) }, { identity }).startsWith('allow')
}
