import { foldName } from '../../directory/records/entity.ts'
import { type Role, roles } from '../../directory/records/role.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchRole } from '../errors.ts'
import { recordsOf } from '../records-of.ts'

/**
 * What an operation on a role needs: the action on the role as it is stored, its path and case included.
 * @param more - what the operation adds, such as condition keys
 */
export function rolePermission(
  scope: Scope,
  action: string,
  name: string,
  more: Partial<Permission> = {},
): Permission {
  const role = scope.records.get(roles, foldName(name))
  const resource = role ? roleArn(scope, role) : iamArn(scope.account, 'role', '/', name)
  const shownResource = `role ${name}`
  return { action, resource, shownResource, resourceTags: role?.tags, ...more }
}

/** The same for operations that AWS lets a policy limit by the boundary that the role has. */
export function boundedRolePermission(
  scope: Scope,
  action: string,
  name: string,
  context: Permission['context'] = {},
): Permission {
  const boundary = scope.records.get(roles, foldName(name))?.boundary
  return rolePermission(scope, action, name, {
    context: { ...context, 'iam:permissionsboundary': boundary },
  })
}

/** @throws ApiError NoSuchEntity */
export function findRole(scope: Scope | WriteScope, name: string): Role {
  const role = recordsOf(scope).get(roles, foldName(name))
  if (!role) throw noSuchRole(name)
  return role
}

export const roleArn = ({ account }: Scope, { path, name }: Role): string =>
  iamArn(account, 'role', path, name)
