import type { Collection } from '../directory/collection.ts'
import type { Entity } from '../directory/records/entity.ts'
import { type Group, groups } from '../directory/records/group.ts'
import { type Role, roles } from '../directory/records/role.ts'
import { type User, users } from '../directory/records/user.ts'
import type { Permission } from '../request/access.ts'
import type { WriteScope } from '../request/operation.ts'
import type { Scope } from '../request/scope.ts'
import type { OwnerKind } from './errors.ts'
import { findGroup, groupPermission } from './groups/group-access.ts'
import { quotas } from './quotas.ts'
import { refuseProtected } from './roles/protected-role.ts'
import { boundedRolePermission, findRole, rolePermission } from './roles/role-access.ts'
import { boundedUserPermission, findUser, userPermission } from './users/user-access.ts'

/** What users, groups and roles differ in where they hold policies: the operations on all three are the same. */
export interface PolicyOwner<T extends Entity> {
  readonly kind: OwnerKind
  readonly collection: Collection<T>
  /** @throws ApiError NoSuchEntity */
  readonly find: (scope: Scope | WriteScope, name: string) => T
  /** @throws ApiError NoSuchEntity, UnmodifiableEntity for a role that only AWS may change */
  readonly findToChange: (scope: WriteScope, name: string) => T
  readonly readAccess: (scope: Scope, action: string, name: string) => Permission
  /** Tells policies the owner's boundary too, where it can have one. */
  readonly changeAccess: (
    scope: Scope,
    action: string,
    name: string,
    context?: Permission['context'],
  ) => Permission
  /** Characters of all inline policies together, white space not counted. */
  readonly inlineSize: number
  readonly attachments: { readonly quota: string; readonly limit: number }
}

export const userOwner: PolicyOwner<User> = {
  kind: 'user',
  collection: users,
  find: findUser,
  findToChange: findUser,
  readAccess: userPermission,
  changeAccess: boundedUserPermission,
  inlineSize: quotas.UserPolicySize,
  attachments: { quota: 'PoliciesPerUser', limit: quotas.PoliciesPerUser },
}

export const groupOwner: PolicyOwner<Group> = {
  kind: 'group',
  collection: groups,
  find: findGroup,
  findToChange: findGroup,
  readAccess: groupPermission,
  changeAccess: (scope, action, name, context) => groupPermission(scope, action, name, { context }),
  inlineSize: quotas.GroupPolicySize,
  attachments: { quota: 'PoliciesPerGroup', limit: quotas.PoliciesPerGroup },
}

export const roleOwner: PolicyOwner<Role> = {
  kind: 'role',
  collection: roles,
  find: findRole,
  findToChange(scope, name) {
    const role = findRole(scope, name)
    refuseProtected(role)
    return role
  },
  readAccess: rolePermission,
  changeAccess: boundedRolePermission,
  inlineSize: quotas.RolePolicySize,
  attachments: { quota: 'PoliciesPerRole', limit: quotas.PoliciesPerRole },
}
