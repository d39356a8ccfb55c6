import { ApiError } from '../../catalog/api-error.ts'
import type { ManagedPolicy } from '../../directory/records/managed-policy.ts'
import type { Permission } from '../../request/access.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchPolicy } from '../errors.ts'
import { checkPolicyArn, type FoundPolicy, findPolicy } from '../find-policy.ts'

/**
 * What an operation on a managed policy needs: the action on the ARN, which names the policy exactly.
 * @throws ApiError ValidationError for text that is no such ARN, which needs no permission to be told
 */
export function policyPermission(
  scope: Scope,
  action: string,
  arn: string,
  more: Partial<Permission> = {},
): Permission {
  checkPolicyArn(arn)
  const resourceTags = findPolicy(scope, arn)?.tags
  return { action, resource: arn, shownResource: `policy ${arn}`, resourceTags, ...more }
}

/** @throws ApiError ValidationError, NoSuchEntity */
export function existingPolicy(
  scope: Scope | WriteScope,
  arn: string,
  missing: (arn: string) => ApiError = noSuchPolicy,
): FoundPolicy {
  checkPolicyArn(arn)
  const policy = findPolicy(scope, arn)
  if (!policy) throw missing(arn)
  return policy
}

/**
 * A policy of the caller's account, which alone may be changed.
 * @param refusal - what AWS says of any other, whether it exists or not
 * @throws ApiError ValidationError, AccessDenied, NoSuchEntity
 */
export function changeablePolicy(
  scope: WriteScope,
  arn: string,
  refusal: string,
  missing: (arn: string) => ApiError = noSuchPolicy,
): ManagedPolicy {
  const { account } = checkPolicyArn(arn)
  if (account !== scope.account) {
    throw new ApiError('AccessDenied', `Cannot ${refusal} outside your own account.`)
  }
  const { record } = existingPolicy(scope, arn, missing)
  if (!record) throw missing(arn)
  return record
}
