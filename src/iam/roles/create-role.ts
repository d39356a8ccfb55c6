import { type Role, roles } from '../../directory/records/role.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import { writeOperation } from '../../request/operation.ts'
import { checkBoundary } from '../boundaries.ts'
import { limitExceeded, roleExists } from '../errors.ts'
import { quotas } from '../quotas.ts'
import { checkTags, roleTagRules } from '../tags.ts'
import { refuseReservedPath } from './protected-role.ts'
import { createdRoleView } from './role-view.ts'
import { loadTrustedAccounts, readTrustPolicy } from './trust-policy.ts'

export const defaultMaxSessionSeconds = 3600

/**
 * Makes a role. With tags it also needs iam:TagRole on the role to be.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const createRole = writeOperation('CreateRole', {
  async access(input, scope) {
    await loadTrustedAccounts(input.AssumeRolePolicyDocument, scope)
    const { RoleName, Path = '/', Tags: requestTags = [], PermissionsBoundary } = input
    const resource = iamArn(scope.account, 'role', Path, RoleName)
    const create: Permission = {
      action: 'iam:CreateRole',
      resource,
      requestTags,
      context: { 'iam:permissionsboundary': PermissionsBoundary },
    }
    if (requestTags.length === 0) return create
    return [create, { action: 'iam:TagRole', resource, requestTags }]
  },

  perform(input, scope) {
    const { tx, account, now, services } = scope
    const { RoleName: name, Path: path = '/', Tags: tags = [] } = input
    checkTags(tags, roleTagRules)
    refuseReservedPath(path)
    if (tx.count(roles) >= quotas.RolesPerAccount) {
      throw limitExceeded('RolesPerAccount', quotas.RolesPerAccount)
    }
    const trust = readTrustPolicy(input.AssumeRolePolicyDocument, scope)
    const boundary = input.PermissionsBoundary
    if (boundary !== undefined) checkBoundary(scope, boundary, 'role')
    const role: Role = {
      id: services.ids.unique('AROA', account),
      ...{ name, path, tags, boundary, createdAt: now },
      description: input.Description,
      maxSessionSeconds: input.MaxSessionDuration ?? defaultMaxSessionSeconds,
      ...{ inlinePolicies: [], attachedPolicies: [] },
      ...trust,
    }
    if (!tx.insert(roles, role)) throw roleExists(name)
    return { Role: createdRoleView(role, scope) }
  },
})
