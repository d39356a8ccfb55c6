import type { ApiError } from '../../catalog/api-error.ts'
import { accessKeys } from '../../directory/records/access-key.ts'
import { type User, users } from '../../directory/records/user.ts'
import { type WriteScope, writeOperation } from '../../request/operation.ts'
import { hasAccessKeys, hasAttachedPolicies, hasInlinePolicies, hasMembership } from '../errors.ts'
import { isAny } from '../records-of.ts'
import { findUser, userPermission } from './user-access.ts'

/** What must be gone before a user can go, in the order in which AWS looks. */
const blockers: readonly {
  readonly holds: (user: User, scope: WriteScope) => boolean
  readonly conflict: () => ApiError
}[] = [
  { holds: ({ attachedPolicies }) => attachedPolicies.length > 0, conflict: hasAttachedPolicies },
  { holds: ({ inlinePolicies }) => inlinePolicies.length > 0, conflict: hasInlinePolicies },
  {
    holds: ({ id }, { tx }) => isAny(tx.find(accessKeys, 'owner', [id])),
    conflict: hasAccessKeys,
  },
  { holds: ({ groupIds }) => groupIds.length > 0, conflict: hasMembership },
]

/**
 * A boundary and tags do not keep a user; all else that belongs to it does.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html
 */
export const deleteUser = writeOperation('DeleteUser', {
  access: ({ UserName }, scope) => userPermission(scope, 'iam:DeleteUser', UserName),
  perform({ UserName }, scope) {
    const user = findUser(scope, UserName)
    for (const { holds, conflict } of blockers) if (holds(user, scope)) throw conflict()
    scope.tx.delete(users, user)
  },
})
