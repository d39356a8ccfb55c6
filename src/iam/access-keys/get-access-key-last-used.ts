import { type AccessKey, accessKeys } from '../../directory/records/access-key.ts'
import { type User, users } from '../../directory/records/user.ts'
import { rootArn } from '../../primitives/arn.ts'
import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchAccessKey } from '../errors.ts'
import { userArn } from '../users/user-access.ts'

/**
 * Authorized by the key's owner. A key that this account does not have is nobody's: only who may ask about every
 * user learns that it is not there.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
export const getAccessKeyLastUsed = readOperation('GetAccessKeyLastUsed', {
  access({ AccessKeyId }, scope) {
    const action = 'iam:GetAccessKeyLastUsed'
    const key = scope.records.get(accessKeys, AccessKeyId)
    if (key?.ownerId === scope.account) return { action, resource: rootArn(scope.account) }
    const owner = key && userOf(key, scope)
    return owner
      ? { action, resource: userArn(scope, owner), resourceTags: owner.tags }
      : { action, resource: '*', shownResource: `access key ${AccessKeyId}` }
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
const userOf = ({ ownerId }: AccessKey, { records }: Scope): User | undefined =>
  Iterator.from(records.find(users, 'id', [ownerId])).next().value
