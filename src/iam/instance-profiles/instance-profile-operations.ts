import { foldName } from '../../directory/records/entity.ts'
import { type InstanceProfile, instanceProfiles } from '../../directory/records/instance-profile.ts'
import { type Role, roles } from '../../directory/records/role.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { instanceProfileExists, isInInstanceProfile, limitExceeded } from '../errors.ts'
import { paged, pageEnd } from '../paging.ts'
import { pathPermission } from '../path-permission.ts'
import { quotas } from '../quotas.ts'
import { underPath } from '../records-of.ts'
import { findRole, rolePermission } from '../roles/role-access.ts'
import { loadTrusted } from '../roles/shown-trust-policy.ts'
import { checkTags, instanceProfileTagRules } from '../tags.ts'
import { findProfile, listedProfileView, profilePermission } from './instance-profile-access.ts'
import { addRoleToInstanceProfile, removeRoleFromInstanceProfile } from './instance-profile-role.ts'
import {
  listInstanceProfileTags,
  tagInstanceProfile,
  untagInstanceProfile,
} from './instance-profile-tags.ts'

/**
 * Instance profiles: what hands a role to an instance. With tags, creation also needs iam:TagInstanceProfile.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
 */
const createInstanceProfile = writeOperation('CreateInstanceProfile', {
  access({ InstanceProfileName, Path = '/', Tags: requestTags = [] }, { account }) {
    const resource = iamArn(account, 'instance-profile', Path, InstanceProfileName)
    const create: Permission = { action: 'iam:CreateInstanceProfile', resource, requestTags }
    return requestTags.length === 0
      ? create
      : [create, { action: 'iam:TagInstanceProfile', resource, requestTags }]
  },

  perform({ InstanceProfileName: name, Path: path = '/', Tags: tags = [] }, scope) {
    const { tx, account, now, services } = scope
    checkTags(tags, instanceProfileTagRules)
    if (tx.count(instanceProfiles) >= quotas.InstanceProfilesPerAccount) {
      throw limitExceeded('InstanceProfilesPerAccount', quotas.InstanceProfilesPerAccount)
    }
    const id = services.ids.unique('AIPA', account)
    const profile: InstanceProfile = { id, name, path, tags, createdAt: now }
    if (!tx.insert(instanceProfiles, profile)) throw instanceProfileExists(name)
    const view = listedProfileView(profile, scope)
    return { InstanceProfile: tags.length === 0 ? view : { ...view, Tags: tags } }
  },
})

const getInstanceProfile = readOperation('GetInstanceProfile', {
  access: ({ InstanceProfileName }, scope) =>
    profilePermission(scope, 'iam:GetInstanceProfile', InstanceProfileName),
  async perform({ InstanceProfileName }, scope) {
    const profile = findProfile(scope, InstanceProfileName)
    await loadTrusted(rolesOf([profile], scope), scope)
    return { InstanceProfile: { ...listedProfileView(profile, scope), Tags: profile.tags } }
  },
})

const listInstanceProfiles = readOperation('ListInstanceProfiles', {
  access: pathPermission('iam:ListInstanceProfiles', 'instance-profile'),
  async perform(input, scope) {
    const { PathPrefix = '/' } = input
    const { page, ...end } = paged(
      scope,
      'ListInstanceProfiles',
      PathPrefix,
      input,
      (after) => underPath(scope.records.list(instanceProfiles, after), PathPrefix),
      ({ name }) => foldName(name),
    )
    await loadTrusted(rolesOf(page, scope), scope)
    const InstanceProfiles = page.map((profile) => listedProfileView(profile, scope))
    return { InstanceProfiles, ...pageEnd(end) }
  },
})

const listInstanceProfilesForRole = readOperation('ListInstanceProfilesForRole', {
  access: ({ RoleName }, scope) =>
    rolePermission(scope, 'iam:ListInstanceProfilesForRole', RoleName),
  async perform(input, scope) {
    const role = findRole(scope, input.RoleName)
    const { page, ...end } = paged(
      scope,
      'ListInstanceProfilesForRole',
      role.id,
      input,
      (after) => scope.records.find(instanceProfiles, 'role', [foldName(role.name)], after),
      ({ name }) => foldName(name),
    )
    await loadTrusted([role], scope)
    const InstanceProfiles = page.map((profile) => listedProfileView(profile, scope))
    return { InstanceProfiles, ...pageEnd(end) }
  },
})

const deleteInstanceProfile = writeOperation('DeleteInstanceProfile', {
  access: ({ InstanceProfileName }, scope) =>
    profilePermission(scope, 'iam:DeleteInstanceProfile', InstanceProfileName),
  perform({ InstanceProfileName }, scope) {
    const profile = findProfile(scope, InstanceProfileName)
    if (profile.roleName !== undefined) throw isInInstanceProfile()
    scope.tx.delete(instanceProfiles, profile)
  },
})

const rolesOf = (profiles: readonly InstanceProfile[], { records }: Scope): Role[] =>
  profiles.flatMap(({ roleName }) =>
    roleName === undefined ? [] : (records.get(roles, foldName(roleName)) ?? []),
  )

export const instanceProfileOperations = {
  CreateInstanceProfile: createInstanceProfile,
  GetInstanceProfile: getInstanceProfile,
  ListInstanceProfiles: listInstanceProfiles,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  DeleteInstanceProfile: deleteInstanceProfile,
  AddRoleToInstanceProfile: addRoleToInstanceProfile,
  RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
  TagInstanceProfile: tagInstanceProfile,
  UntagInstanceProfile: untagInstanceProfile,
  ListInstanceProfileTags: listInstanceProfileTags,
}
