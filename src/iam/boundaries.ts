import { ApiError } from '../catalog/api-error.ts'
import { type Role, roles } from '../directory/records/role.ts'
import { type User, users } from '../directory/records/user.ts'
import { parseArn } from '../primitives/arn.ts'
import { type WriteScope, writeOperation } from '../request/operation.ts'
import { invalidInput, noSuchEntity, reservedPolicy } from './errors.ts'
import { findPolicy, policyArn } from './find-policy.ts'
import { refuseProtected } from './roles/protected-role.ts'
import { boundedRolePermission, findRole, rolePermission } from './roles/role-access.ts'
import { boundedUserPermission, findUser, userPermission } from './users/user-access.ts'

type Bounded = 'user' | 'role'

/**
 * Permissions boundaries of users and roles: a managed policy as the most that an entity may ever do.
 * Refuses one that is no managed policy of the account or of AWS, or that only AWS may attach.
 * @throws ApiError ValidationError, InvalidInput, NoSuchEntity, PolicyNotAttachable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function checkBoundary(scope: WriteScope, arn: string, kind: Bounded): void {
  const partition = parseArn(arn)?.partition
  if (partition !== undefined && partition !== 'aws') {
    throw new ApiError('ValidationError', 'Invalid ARN partition')
  }
  if (!policyArn(arn)) throw invalidInput(`ARN ${arn} is not valid.`)
  const policy = findPolicy(scope, arn)
  if (!policy) throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`)
  if (policy.isReserved) throw reservedPolicy(kind)
}

const putRolePermissionsBoundary = writeOperation('PutRolePermissionsBoundary', {
  access: ({ RoleName, PermissionsBoundary }, scope) =>
    rolePermission(scope, 'iam:PutRolePermissionsBoundary', RoleName, {
      context: { 'iam:permissionsboundary': PermissionsBoundary },
    }),
  perform({ RoleName, PermissionsBoundary }, scope) {
    const role = findRole(scope, RoleName)
    refuseProtected(role)
    checkBoundary(scope, PermissionsBoundary, 'role')
    scope.tx.put(roles, { ...role, boundary: PermissionsBoundary })
  },
})

const deleteRolePermissionsBoundary = writeOperation('DeleteRolePermissionsBoundary', {
  access: ({ RoleName }, scope) =>
    boundedRolePermission(scope, 'iam:DeleteRolePermissionsBoundary', RoleName),
  perform({ RoleName }, scope) {
    const { boundary, ...role } = findRole(scope, RoleName)
    refuseProtected(role)
    if (boundary === undefined) throw noBoundary('role', RoleName)
    scope.tx.put<Role>(roles, role)
  },
})

const putUserPermissionsBoundary = writeOperation('PutUserPermissionsBoundary', {
  access: ({ UserName, PermissionsBoundary }, scope) =>
    userPermission(scope, 'iam:PutUserPermissionsBoundary', UserName, {
      context: { 'iam:permissionsboundary': PermissionsBoundary },
    }),
  perform({ UserName, PermissionsBoundary }, scope) {
    const user = findUser(scope, UserName)
    checkBoundary(scope, PermissionsBoundary, 'user')
    scope.tx.put(users, { ...user, boundary: PermissionsBoundary })
  },
})

const deleteUserPermissionsBoundary = writeOperation('DeleteUserPermissionsBoundary', {
  access: ({ UserName }, scope) =>
    boundedUserPermission(scope, 'iam:DeleteUserPermissionsBoundary', UserName),
  perform({ UserName }, scope) {
    const { boundary, ...user } = findUser(scope, UserName)
    if (boundary === undefined) throw noBoundary('user', UserName)
    scope.tx.put<User>(users, user)
  },
})

const noBoundary = (kind: Bounded, name: string): ApiError =>
  noSuchEntity(`Permissions boundary for ${kind} ${name} cannot be found.`)

export const boundaryOperations = {
  PutRolePermissionsBoundary: putRolePermissionsBoundary,
  DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
  PutUserPermissionsBoundary: putUserPermissionsBoundary,
  DeleteUserPermissionsBoundary: deleteUserPermissionsBoundary,
}
