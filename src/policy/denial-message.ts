import { arnOf } from './account.ts'
import type { Decision, Layer } from './decision.ts'
import type { AccessRequest } from './request.ts'

const policyNames: Readonly<Record<Layer, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  'vpc-endpoint': 'VPC endpoint policy',
  trust: 'role trust policy',
}

/** STS says the same of a missing role, an untrusting role and a caller without permission. */
const withoutReason = new Set([
  'sts:assumerole',
  'sts:assumeroot',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
])
const withoutCaller = new Set(['sts:assumerolewithwebidentity', 'sts:assumerolewithsaml'])
const withoutResource = new Set(['sts:getaccesskeyinfo', 'sts:decodeauthorizationmessage'])

/**
 * AWS's text of AccessDenied for a request that was not allowed.
 *
 * @param decision - of `decide` on the same request; one that allows has no such text
 * @returns `User: … is not authorized to perform: … on resource: … because …`; of a managed policy that denied its ARN,
 * with no word from inside a policy
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(request: AccessRequest, decision: Decision): string {
  const { action, resource } = request
  const name = action.toLowerCase()
  if (withoutCaller.has(name)) return `Not authorized to perform ${action}`
  const on = withoutResource.has(name) ? '' : ` on resource: ${resource}`
  const base = `User: ${callerOf(request)} is not authorized to perform: ${action}${on}`
  return withoutReason.has(name) ? base : `${base}${reasonOf(action, decision)}`
}

function callerOf({ principal }: AccessRequest): string {
  if (principal.type === 'service') return principal.service
  return arnOf(principal) ?? (principal.type === 'anonymous' ? 'anonymous' : principal.type)
}

function reasonOf(action: string, { effect, layer, policy }: Decision): string {
  const kind = policyNames[layer]
  if (effect !== 'explicit-deny') return ` because no ${kind} allows the ${action} action`
  // Since 2026 AWS says which one it was, if it is one that has an ARN: inline policies have none.
  const which = policy?.name.startsWith('arn:') ? `: ${policy.name}` : ''
  return ` with an explicit deny in ${layer === 'identity' ? 'an' : 'a'} ${kind}${which}`
}
