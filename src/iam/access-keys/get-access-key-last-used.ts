import { ApiError } from '../../catalog/api-error.ts'
import { type AccessKey, accessKeys } from '../../directory/records/access-key.ts'
import { type User, users } from '../../directory/records/user.ts'
import { rootArn } from '../../primitives/arn.ts'
import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchAccessKey } from '../errors.ts'
import { userArn } from '../users/user-access.ts'

/**
 * Authorized by the key's owner. A key that this account does not have is nobody's, and AWS refuses it to everyone
 * alike, in words of its own.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
export const getAccessKeyLastUsed = readOperation('GetAccessKeyLastUsed', {
  access({ AccessKeyId }, scope) {
    const action = 'iam:GetAccessKeyLastUsed'
    const key = scope.records.get(accessKeys, AccessKeyId)
    if (key?.ownerId === scope.account) return { action, resource: rootArn(scope.account) }
    const owner = key && userOf(key, scope)
    if (!owner) {
      throw new ApiError(
        'AccessDenied',
        `User: ${scope.caller.arn} is not authorized to perform ${action} on resource: access key ${AccessKeyId}`,
      )
    }
    return { action, resource: userArn(scope, owner), resourceTags: owner.tags }
  },
  perform({ AccessKeyId }, scope) {
    const key = scope.records.get(accessKeys, AccessKeyId)
    if (!key) throw noSuchAccessKey(AccessKeyId)
    const use = scope.services.lastUses.find(scope.caller.account, AccessKeyId)
    return {
      UserName: userOf(key, scope)?.name,
      AccessKeyLastUsed: use
        ? { LastUsedDate: use.at, ServiceName: use.service, Region: use.region }
        : { ServiceName: 'N/A', Region: 'N/A' },
    }
  },
})

/** Undefined for a key of root. */
function userOf({ ownerId }: AccessKey, { records }: Scope): User | undefined {
  const [user] = records.find(users, 'id', [ownerId])
  return user
}
