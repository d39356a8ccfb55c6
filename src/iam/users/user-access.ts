import { foldName } from '../../directory/records/entity.ts'
import { type User, users } from '../../directory/records/user.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchUser } from '../errors.ts'
import { recordsOf } from '../records-of.ts'

/**
 * What an operation on a user needs: the action on the user as stored, whatever case the request uses.
 * AccessDenied shows the name that the request gives, as AWS does for whatever is asked for by name.
 * @param more - what the operation adds, such as condition keys
 */
export function userPermission(
  scope: Scope,
  action: string,
  name: string,
  more: Partial<Permission> = {},
): Permission {
  const user = scope.records.get(users, foldName(name))
  const resource = user ? userArn(scope, user) : iamArn(scope.account, 'user', '/', name)
  const shownResource = `user ${name}`
  return { action, resource, shownResource, resourceTags: user?.tags, ...more }
}

/** The same for operations that AWS lets a policy limit by the boundary that the user has. */
export function boundedUserPermission(
  scope: Scope,
  action: string,
  name: string,
  context: Permission['context'] = {},
): Permission {
  const boundary = scope.records.get(users, foldName(name))?.boundary
  return userPermission(scope, action, name, {
    context: { ...context, 'iam:permissionsboundary': boundary },
  })
}

/** @throws ApiError NoSuchEntity */
export function findUser(scope: Scope | WriteScope, name: string): User {
  const user = recordsOf(scope).get(users, foldName(name))
  if (!user) throw noSuchUser(name)
  return user
}

export const userArn = ({ account }: Scope, { path, name }: User): string =>
  iamArn(account, 'user', path, name)
