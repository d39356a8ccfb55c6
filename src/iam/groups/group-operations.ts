import { foldName } from '../../directory/records/entity.ts'
import { type Group, groups } from '../../directory/records/group.ts'
import { users } from '../../directory/records/user.ts'
import { iamArn } from '../../primitives/arn.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import {
  groupExists,
  hasAttachedPolicies,
  hasInlinePolicies,
  hasMembership,
  limitExceeded,
} from '../errors.ts'
import { paged, pageEnd } from '../paging.ts'
import { pathPermission } from '../path-permission.ts'
import { quotas } from '../quotas.ts'
import { isAny, underPath } from '../records-of.ts'
import { listedUserView } from '../users/user-view.ts'
import { findGroup, groupPermission } from './group-access.ts'
import { groupView } from './group-view.ts'
import { addUserToGroup, listGroupsForUser, removeUserFromGroup } from './membership.ts'

const createGroup = writeOperation('CreateGroup', {
  access: ({ GroupName, Path = '/' }, { account }) => ({
    action: 'iam:CreateGroup',
    resource: iamArn(account, 'group', Path, GroupName),
  }),
  perform({ GroupName, Path = '/' }, scope) {
    const { tx, account, now, services } = scope
    if (tx.count(groups) >= quotas.GroupsPerAccount) {
      throw limitExceeded('GroupsPerAccount', quotas.GroupsPerAccount)
    }
    const group: Group = {
      id: services.ids.unique('AGPA', account),
      name: GroupName,
      path: Path,
      createdAt: now,
      inlinePolicies: [],
      attachedPolicies: [],
    }
    if (!tx.insert(groups, group)) throw groupExists(GroupName)
    return { Group: groupView(group, scope) }
  },
})

/** Pages through the members, in the order of their names. */
const getGroup = readOperation('GetGroup', {
  access: ({ GroupName }, scope) => groupPermission(scope, 'iam:GetGroup', GroupName),
  perform(input, scope) {
    const group = findGroup(scope, input.GroupName)
    const { page, ...end } = paged(
      scope,
      'GetGroup',
      group.id,
      input,
      (after) => scope.records.find(users, 'group', [group.id], after),
      ({ name }) => foldName(name),
    )
    const Users = page.map((user) => listedUserView(user, scope))
    return { Group: groupView(group, scope), Users, ...pageEnd(end) }
  },
})

const listGroups = readOperation('ListGroups', {
  access: pathPermission('iam:ListGroups', 'group'),
  perform(input, scope) {
    const { PathPrefix = '/' } = input
    const { page, ...end } = paged(
      scope,
      'ListGroups',
      PathPrefix,
      input,
      (after) => underPath(scope.records.list(groups, after), PathPrefix),
      ({ name }) => foldName(name),
    )
    return { Groups: page.map((group) => groupView(group, scope)), ...pageEnd(end) }
  },
})

/** Keeps id, members and policies. Both the old and the new ARN must be allowed. */
const updateGroup = writeOperation('UpdateGroup', {
  access({ GroupName, NewGroupName, NewPath }, scope) {
    const old = groupPermission(scope, 'iam:UpdateGroup', GroupName)
    const group = scope.records.get(groups, foldName(GroupName))
    if (!group) return old
    const { path, name } = group
    const resource = iamArn(scope.account, 'group', NewPath ?? path, NewGroupName ?? name)
    return resource === old.resource ? old : [old, { ...old, resource, shownResource: undefined }]
  },
  perform({ GroupName, NewGroupName, NewPath }, scope) {
    const { tx } = scope
    const group = findGroup(scope, GroupName)
    const name = NewGroupName ?? group.name
    if (foldName(name) !== foldName(group.name)) {
      if (tx.get(groups, foldName(name))) throw groupExists(name)
      tx.delete(groups, group)
    }
    tx.put(groups, { ...group, name, path: NewPath ?? group.path })
  },
})

const deleteGroup = writeOperation('DeleteGroup', {
  access: ({ GroupName }, scope) => groupPermission(scope, 'iam:DeleteGroup', GroupName),
  perform({ GroupName }, scope) {
    const { tx } = scope
    const group = findGroup(scope, GroupName)
    if (isAny(tx.find(users, 'group', [group.id]))) throw hasMembership()
    if (group.attachedPolicies.length > 0) throw hasAttachedPolicies()
    if (group.inlinePolicies.length > 0) throw hasInlinePolicies()
    tx.delete(groups, group)
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html */
export const groupOperations = {
  CreateGroup: createGroup,
  GetGroup: getGroup,
  ListGroups: listGroups,
  UpdateGroup: updateGroup,
  DeleteGroup: deleteGroup,
  AddUserToGroup: addUserToGroup,
  RemoveUserFromGroup: removeUserFromGroup,
  ListGroupsForUser: listGroupsForUser,
}
