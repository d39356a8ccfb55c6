import { ApiError } from '../../catalog/api-error.ts'
import { foldName } from '../../directory/records/entity.ts'
import { instanceProfiles } from '../../directory/records/instance-profile.ts'
import { type Role, roles } from '../../directory/records/role.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import { hasAttachedPolicies, hasInlinePolicies, isInInstanceProfile } from '../errors.ts'
import { paged, pageEnd } from '../paging.ts'
import { pathPermission } from '../path-permission.ts'
import { isAny, underPath } from '../records-of.ts'
import { createRole } from './create-role.ts'
import { isServiceLinked, refuseProtected } from './protected-role.ts'
import { boundedRolePermission, findRole } from './role-access.ts'
import { listRoleTags, tagRole, untagRole } from './role-tags.ts'
import { describedRoleView, listedRoleView, roleView } from './role-view.ts'
import { loadTrusted } from './shown-trust-policy.ts'
import { loadTrustedAccounts, readTrustPolicy } from './trust-policy.ts'

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
const getRole = readOperation('GetRole', {
  access: ({ RoleName }, scope) => boundedRolePermission(scope, 'iam:GetRole', RoleName),
  async perform({ RoleName }, scope) {
    const role = findRole(scope, RoleName)
    await loadTrusted([role], scope)
    return { Role: roleView(role, scope) }
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
const listRoles = readOperation('ListRoles', {
  access: pathPermission('iam:ListRoles', 'role'),
  async perform(input, scope) {
    const { PathPrefix = '/' } = input
    const { page, ...end } = paged(
      scope,
      'ListRoles',
      PathPrefix,
      input,
      (after) => underPath(scope.records.list(roles, after), PathPrefix),
      ({ name }) => foldName(name),
    )
    await loadTrusted(page, scope)
    return { Roles: page.map((role) => listedRoleView(role, scope)), ...pageEnd(end) }
  },
})

/** Keeps what the request leaves out. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
const updateRole = writeOperation('UpdateRole', {
  access: ({ RoleName }, scope) => boundedRolePermission(scope, 'iam:UpdateRole', RoleName),
  perform({ RoleName, Description, MaxSessionDuration }, scope) {
    const role = findRole(scope, RoleName)
    if (MaxSessionDuration !== undefined && isServiceLinked(role)) throw fixedDuration(role)
    scope.tx.put(roles, {
      ...role,
      description: Description ?? role.description,
      maxSessionSeconds: MaxSessionDuration ?? role.maxSessionSeconds,
    })
    return {}
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
const updateRoleDescription = writeOperation('UpdateRoleDescription', {
  async access({ RoleName }, scope) {
    const role = scope.records.get(roles, foldName(RoleName))
    if (role) await loadTrusted([role], scope)
    return boundedRolePermission(scope, 'iam:UpdateRoleDescription', RoleName)
  },
  perform({ RoleName, Description }, scope) {
    const role = { ...findRole(scope, RoleName), description: Description }
    scope.tx.put(roles, role)
    return { Role: describedRoleView(role, scope) }
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
const updateAssumeRolePolicy = writeOperation('UpdateAssumeRolePolicy', {
  async access({ RoleName, PolicyDocument }, scope) {
    await loadTrustedAccounts(PolicyDocument, scope)
    return boundedRolePermission(scope, 'iam:UpdateAssumeRolePolicy', RoleName)
  },
  perform({ RoleName, PolicyDocument }, scope) {
    const role = findRole(scope, RoleName)
    refuseProtected(role)
    scope.tx.put(roles, { ...role, ...readTrustPolicy(PolicyDocument, scope) })
  },
})

/** A boundary does not keep a role; its profile and its policies do. */
const deleteRole = writeOperation('DeleteRole', {
  access: ({ RoleName }, scope) => boundedRolePermission(scope, 'iam:DeleteRole', RoleName),
  perform({ RoleName }, scope) {
    const { tx } = scope
    const role = findRole(scope, RoleName)
    refuseProtected(role)
    const profiles = tx.find(instanceProfiles, 'role', [foldName(role.name)])
    if (isAny(profiles)) throw isInInstanceProfile()
    if (role.attachedPolicies.length > 0) throw hasAttachedPolicies()
    if (role.inlinePolicies.length > 0) throw hasInlinePolicies()
    tx.delete(roles, role)
  },
})

const fixedDuration = ({ name }: Role): ApiError =>
  new ApiError(
    'UnmodifiableEntity',
    `${name} is an AWS service linked role, max session duration cannot be changed.`,
  )

export const roleOperations = {
  CreateRole: createRole,
  GetRole: getRole,
  ListRoles: listRoles,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
  DeleteRole: deleteRole,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  TagRole: tagRole,
  UntagRole: untagRole,
  ListRoleTags: listRoleTags,
}
