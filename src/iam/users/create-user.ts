import { type User, users } from '../../directory/records/user.ts'
import { iamArn } from '../../primitives/arn.ts'
import { writeOperation } from '../../request/operation.ts'
import { checkBoundary } from '../boundaries.ts'
import { limitExceeded, userExists } from '../errors.ts'
import { quotas } from '../quotas.ts'
import { checkTags, userTagRules } from '../tags.ts'
import { userView } from './user-view.ts'

/**
 * Makes a user that may do nothing yet. Tags in the request need `iam:TagUser` besides.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
export const createUser = writeOperation('CreateUser', {
  access({ UserName, Path = '/', PermissionsBoundary, Tags = [] }, { account }) {
    const on = { resource: iamArn(account, 'user', Path, UserName), requestTags: Tags }
    const context = { 'iam:permissionsboundary': PermissionsBoundary }
    const create = { action: 'iam:CreateUser', ...on, context }
    return Tags.length === 0 ? create : [create, { action: 'iam:TagUser', ...on }]
  },
  perform({ UserName, Path = '/', PermissionsBoundary, Tags = [] }, scope) {
    const { tx, account, now, services } = scope
    checkTags(Tags, userTagRules)
    if (tx.count(users) >= quotas.UsersPerAccount) {
      throw limitExceeded('UsersPerAccount', quotas.UsersPerAccount)
    }
    if (PermissionsBoundary !== undefined) checkBoundary(scope, PermissionsBoundary, 'user')
    const user: User = {
      id: services.ids.unique('AIDA', account),
      name: UserName,
      path: Path,
      createdAt: now,
      tags: Tags.map(({ Key, Value }) => ({ Key, Value })),
      boundary: PermissionsBoundary,
      groupIds: [],
      inlinePolicies: [],
      attachedPolicies: [],
    }
    if (!tx.insert(users, user)) throw userExists(UserName)
    return { User: userView(user, scope) }
  },
})
