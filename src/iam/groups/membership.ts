import { ApiError } from '../../catalog/api-error.ts'
import { foldName } from '../../directory/records/entity.ts'
import { users } from '../../directory/records/user.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import { pagedShort, pageEnd } from '../paging.ts'
import { quotas } from '../quotas.ts'
import { findUser, userPermission } from '../users/user-access.ts'
import { findGroup, groupPermission, groupsOf } from './group-access.ts'
import { groupView } from './group-view.ts'

/** Authorized by the group alone. A user that is already in it stays in it. */
export const addUserToGroup = writeOperation('AddUserToGroup', {
  access: ({ GroupName }, scope) => groupPermission(scope, 'iam:AddUserToGroup', GroupName),
  perform({ GroupName, UserName }, scope) {
    const user = findUser(scope, UserName)
    const group = findGroup(scope, GroupName)
    if (user.groupIds.includes(group.id)) return
    if (user.groupIds.length >= quotas.GroupsPerUser) {
      throw new ApiError(
        'LimitExceeded',
        `The maximum number of groups per user is exceeded for user: ${UserName}.`,
      )
    }
    scope.tx.put(users, { ...user, groupIds: [...user.groupIds, group.id] })
  },
})

/** A user that is not in the group is not in it afterwards either: no error, as on AWS. */
export const removeUserFromGroup = writeOperation('RemoveUserFromGroup', {
  access: ({ GroupName }, scope) => groupPermission(scope, 'iam:RemoveUserFromGroup', GroupName),
  perform({ GroupName, UserName }, scope) {
    const user = findUser(scope, UserName)
    const group = findGroup(scope, GroupName)
    if (!user.groupIds.includes(group.id)) return
    const groupIds = user.groupIds.filter((id) => id !== group.id)
    scope.tx.put(users, { ...user, groupIds })
  },
})

export const listGroupsForUser = readOperation('ListGroupsForUser', {
  access: ({ UserName }, scope) => userPermission(scope, 'iam:ListGroupsForUser', UserName),
  perform(input, scope) {
    const user = findUser(scope, input.UserName)
    const { page, ...end } = pagedShort(
      scope,
      'ListGroupsForUser',
      user.id,
      input,
      groupsOf(scope.records, user),
      ({ name }) => foldName(name),
    )
    return { Groups: page.map((group) => groupView(group, scope)), ...pageEnd(end) }
  },
})
