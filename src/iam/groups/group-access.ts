import type { Records } from '../../directory/account-records.ts'
import { foldName } from '../../directory/records/entity.ts'
import { type Group, groups } from '../../directory/records/group.ts'
import type { User } from '../../directory/records/user.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchGroup } from '../errors.ts'
import { recordsOf } from '../records-of.ts'

/** What an operation on a group needs: the action on the group as stored. Groups have no tags. */
export function groupPermission(
  scope: Scope,
  action: string,
  name: string,
  more: Partial<Permission> = {},
): Permission {
  const group = scope.records.get(groups, foldName(name))
  const resource = group ? groupArn(scope, group) : iamArn(scope.account, 'group', '/', name)
  const shownResource = `group ${name}`
  return { action, resource, shownResource, ...more }
}

/** @throws ApiError NoSuchEntity */
export function findGroup(scope: Scope | WriteScope, name: string): Group {
  const group = recordsOf(scope).get(groups, foldName(name))
  if (!group) throw noSuchGroup(name)
  return group
}

/** The groups a user is in, in the order of joining. */
export const groupsOf = (records: Records, user: User): Group[] =>
  user.groupIds.flatMap((id) => [...records.find(groups, 'id', [id])])

export const groupArn = ({ account }: Scope, { path, name }: Group): string =>
  iamArn(account, 'group', path, name)
