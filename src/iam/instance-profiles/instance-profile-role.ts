import { foldName } from '../../directory/records/entity.ts'
import { type InstanceProfile, instanceProfiles } from '../../directory/records/instance-profile.ts'
import { writeOperation } from '../../request/operation.ts'
import { limitExceeded, noSuchEntity } from '../errors.ts'
import { quotas } from '../quotas.ts'
import { refuseProtected } from '../roles/protected-role.ts'
import { findRole, rolePermission } from '../roles/role-access.ts'
import { findProfile, profilePermission } from './instance-profile-access.ts'

/**
 * Puts a role into a profile, which gives it to EC2: the caller must also be allowed to pass the role.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html
 */
export const addRoleToInstanceProfile = writeOperation('AddRoleToInstanceProfile', {
  access: ({ InstanceProfileName, RoleName }, scope) => [
    profilePermission(scope, 'iam:AddRoleToInstanceProfile', InstanceProfileName),
    rolePermission(scope, 'iam:PassRole', RoleName, {
      context: { 'iam:passedtoservice': 'ec2.amazonaws.com' },
      shownResource: undefined,
    }),
  ],
  perform({ InstanceProfileName, RoleName }, scope) {
    const profile = findProfile(scope, InstanceProfileName)
    const role = findRole(scope, RoleName)
    refuseProtected(role)
    if (profile.roleName !== undefined) {
      const name = 'InstanceSessionsPerInstanceProfile'
      throw limitExceeded(name, quotas.InstanceSessionsPerInstanceProfile)
    }
    scope.tx.put(instanceProfiles, { ...profile, roleName: role.name })
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export const removeRoleFromInstanceProfile = writeOperation('RemoveRoleFromInstanceProfile', {
  access: ({ InstanceProfileName }, scope) =>
    profilePermission(scope, 'iam:RemoveRoleFromInstanceProfile', InstanceProfileName),
  perform({ InstanceProfileName, RoleName }, scope) {
    const { roleName, ...profile } = findProfile(scope, InstanceProfileName)
    const role = findRole(scope, RoleName)
    refuseProtected(role)
    if (roleName === undefined || foldName(roleName) !== foldName(role.name)) {
      const message = `Role ${RoleName} in Instance Profile ${InstanceProfileName} cannot be found.`
      throw noSuchEntity(message)
    }
    scope.tx.put<InstanceProfile>(instanceProfiles, profile)
  },
})
