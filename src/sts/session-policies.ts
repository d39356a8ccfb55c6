import { ApiError } from '../catalog/api-error.ts'
import type { AccountDirectory } from '../directory/account-directory.ts'
import { managedDocument } from '../directory/attached-policies.ts'
import { PolicyError } from '../policy/engine.ts'
import type { Scope } from '../request/scope.ts'

/**
 * Session policies must be there and make sense before a session is issued with them.
 * @throws ApiError MalformedPolicyDocument for the inline one, ValidationError for an ARN that names no policy
 */
export function checkSessionPolicies(
  policy: string | undefined,
  policyArns: readonly string[],
  account: AccountDirectory,
  { services }: Scope,
): void {
  if (policy !== undefined) {
    try {
      services.policies.compile(policy, 'session')
    } catch (error) {
      if (error instanceof PolicyError) {
        throw new ApiError('MalformedPolicyDocument', error.message, { cause: error })
      }
      throw error
    }
  }
  for (const arn of policyArns) {
    if (managedDocument(account, services.awsPolicies, arn) === undefined) {
      throw new ApiError('ValidationError', `Policy ${arn} does not exist or is not attachable.`)
    }
  }
}
