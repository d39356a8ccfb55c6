import type { OperationOutputs } from '../../catalog/operations.ts'
import type { Role } from '../../directory/records/role.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { encodeDocument } from '../policy-document.ts'
import { roleArn } from './role-access.ts'
import { shownTrustPolicy } from './shown-trust-policy.ts'

/** A role on the wire. Each operation shows a different part of it; these are AWS's. */
export type RoleView = OperationOutputs['GetRole']['Role']

/** What CreateRole answers: what was made, but neither description nor duration, and the document as sent. */
export function createdRoleView(role: Role, scope: Scope): RoleView {
  return { ...identity(role, scope, role.trustPolicy), ...limits(role) }
}

/** What GetRole answers: everything. */
export function roleView(role: Role, scope: Scope): RoleView {
  const { services, caller } = scope
  const used = services.lastUses.find(caller.account, role.id)
  return {
    ...listedRoleView(role, scope),
    ...limits(role),
    RoleLastUsed: used ? { LastUsedDate: used.at, Region: used.region } : {},
  }
}

/** What ListRoles answers of each: no tags, no boundary, no last use. */
export function listedRoleView(role: Role, scope: Scope): RoleView {
  return { ...describedRoleView(role, scope), MaxSessionDuration: role.maxSessionSeconds }
}

/** What UpdateRoleDescription answers. */
export function describedRoleView(role: Role, scope: Scope | WriteScope): RoleView {
  return { ...nestedRoleView(role, scope), Description: role.description }
}

/** What an instance profile shows of its role. */
export function nestedRoleView(role: Role, scope: Scope | WriteScope): RoleView {
  return identity(role, scope, shownTrustPolicy(role, scope))
}

function identity(role: Role, scope: Scope, trustPolicy: string): RoleView {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(scope, role),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodeDocument(trustPolicy),
  }
}

function limits({ boundary, tags }: Role): Pick<RoleView, 'PermissionsBoundary' | 'Tags'> {
  return {
    PermissionsBoundary: boundary === undefined ? undefined : boundaryView(boundary),
    Tags: tags.length === 0 ? undefined : tags,
  }
}

/** AWS prints the type as `Policy`, whatever its model says. */
export const boundaryView = (arn: string): NonNullable<RoleView['PermissionsBoundary']> => ({
  PermissionsBoundaryType: 'Policy' as string as 'PermissionsBoundaryPolicy',
  PermissionsBoundaryArn: arn,
})
