import type { OperationOutputs } from '../../catalog/operations.ts'
import { foldName } from '../../directory/records/entity.ts'
import { type InstanceProfile, instanceProfiles } from '../../directory/records/instance-profile.ts'
import { roles } from '../../directory/records/role.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchInstanceProfile } from '../errors.ts'
import { recordsOf } from '../records-of.ts'
import { nestedRoleView } from '../roles/role-view.ts'

type InstanceProfileView = OperationOutputs['GetInstanceProfile']['InstanceProfile']

/** What an operation on a profile needs: the action on the profile as it is stored. */
export function profilePermission(
  scope: Scope,
  action: string,
  name: string,
  more: Partial<Permission> = {},
): Permission {
  const profile = scope.records.get(instanceProfiles, foldName(name))
  const resource = profile
    ? profileArn(scope, profile)
    : iamArn(scope.account, 'instance-profile', '/', name)
  const shownResource = `instance profile ${name}`
  return { action, resource, shownResource, resourceTags: profile?.tags, ...more }
}

/** @throws ApiError NoSuchEntity */
export function findProfile(scope: Scope | WriteScope, name: string): InstanceProfile {
  const profile = recordsOf(scope).get(instanceProfiles, foldName(name))
  if (!profile) throw noSuchInstanceProfile(name)
  return profile
}

/** As lists show it: without tags. Creation adds them when there are some, Get always. */
export function listedProfileView(
  profile: InstanceProfile,
  scope: Scope | WriteScope,
): InstanceProfileView {
  const { roleName } = profile
  const role = roleName === undefined ? undefined : recordsOf(scope).get(roles, foldName(roleName))
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profileArn(scope, profile),
    CreateDate: profile.createdAt,
    Roles: role ? [nestedRoleView(role, scope)] : [],
  }
}

const profileArn = ({ account }: Scope, { path, name }: InstanceProfile): string =>
  iamArn(account, 'instance-profile', path, name)
