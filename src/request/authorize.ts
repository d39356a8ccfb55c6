import { ApiError } from '../catalog/api-error.ts'
import {
  type AccessRequest,
  type Decision,
  decide,
  denialMessage,
  type PolicySources,
} from '../policy/engine.ts'
import { type Access, noPermissionNeeded, type Permission } from './access.ts'
import { notAuthorized } from './access-denied.ts'
import type { Caller } from './caller.ts'
import { conditionContext, type RequestFacts } from './condition-context.ts'
import type { CallerPolicyFinder } from './policy-sources.ts'

/** A refused permission with all that led to it, so that it can be explained afterwards. */
export interface Denial {
  readonly request: AccessRequest
  readonly sources: PolicySources
  readonly decision: Decision
  readonly error: ApiError
}

/** The first permission that is refused, in the order in which the operation names them; undefined when none is. */
export function authorize(
  access: Access,
  caller: Caller,
  facts: RequestFacts,
  policiesOf: CallerPolicyFinder,
): Denial | undefined {
  if (access === noPermissionNeeded) return undefined
  if (!isList(access)) return refusal(access, caller, facts, policiesOf)
  // An operation that forgot to name a permission must not be open to all.
  if (access.length === 0) throw new Error('An operation asked for an empty list of permissions.')
  for (const permission of access) {
    const denial = refusal(permission, caller, facts, policiesOf)
    if (denial) return denial
  }
  return undefined
}

const isList = (access: Permission | readonly Permission[]): access is readonly Permission[] =>
  Array.isArray(access)

function refusal(
  permission: Permission,
  caller: Caller,
  facts: RequestFacts,
  policiesOf: CallerPolicyFinder,
): Denial | undefined {
  const { action, resource, resourcePolicy } = permission
  const request: AccessRequest = {
    principal: caller.principal,
    action,
    resource,
    resourceAccount: permission.account ?? caller.account.account,
    context: conditionContext(caller, permission, facts),
  }
  const ofCaller = policiesOf(caller)
  const sources = resourcePolicy ? { ...ofCaller, resource: resourcePolicy } : ofCaller
  const decision = decide(request, sources)
  if (decision.effect === 'allow') return undefined
  return { request, sources, decision, error: deniedError(permission, caller, request, decision) }
}

function deniedError(
  permission: Permission,
  caller: Caller,
  request: AccessRequest,
  decision: Decision,
): ApiError {
  const { action, resource, shownResource, denial } = permission
  // What policies another account has is not for the caller to learn.
  const isForeign =
    permission.account !== undefined && permission.account !== caller.account.account
  if (denial === 'no-reason' || isForeign) return notAuthorized(caller.arn, action, resource)
  const message = denialMessage(request, decision)
  const on = ` on resource: ${resource}`
  if (denial === 'no-resource') return new ApiError('AccessDenied', message.replace(on, ''))
  return new ApiError(
    'AccessDenied',
    shownResource === undefined
      ? message
      : message.replace(on, () => ` on resource: ${shownResource}`),
  )
}
