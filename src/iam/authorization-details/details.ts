import type { OperationOutputs } from '../../catalog/operations.ts'
import { foldName, type InlinePolicy } from '../../directory/records/entity.ts'
import type { Group } from '../../directory/records/group.ts'
import { instanceProfiles } from '../../directory/records/instance-profile.ts'
import type { PolicyVersion } from '../../directory/records/managed-policy.ts'
import type { Role } from '../../directory/records/role.ts'
import type { User } from '../../directory/records/user.ts'
import type { Scope } from '../../request/scope.ts'
import { attachedPolicyView } from '../attachments/attachments.ts'
import type { FoundPolicy } from '../find-policy.ts'
import { groupsOf } from '../groups/group-access.ts'
import { groupView } from '../groups/group-view.ts'
import { listedProfileView } from '../instance-profiles/instance-profile-access.ts'
import { listedPolicyView } from '../managed-policy-operations/policy-view.ts'
import { encodeDocument } from '../policy-document.ts'
import { roleView } from '../roles/role-view.ts'
import { userView } from '../users/user-view.ts'

type Details = OperationOutputs['GetAccountAuthorizationDetails']
type DetailOf<List extends keyof Details> =
  NonNullable<Details[List]> extends readonly (infer D)[] ? D : never

/** A user without inline policies shows no list of them; every other empty list is shown. */
export function userDetail(user: User, scope: Scope): DetailOf<'UserDetailList'> {
  const { inlinePolicies, attachedPolicies } = user
  return {
    ...userView(user, scope),
    Tags: user.tags,
    UserPolicyList: inlinePolicies.length === 0 ? undefined : inlinePolicies.map(inlineView),
    GroupList: groupsOf(scope.records, user).map(({ name }) => name),
    AttachedManagedPolicies: attachedPolicies.map(attachedPolicyView),
  }
}

/** With inline policies in full; members are not shown. */
export function groupDetail(group: Group, scope: Scope): DetailOf<'GroupDetailList'> {
  return {
    ...groupView(group, scope),
    GroupPolicyList: group.inlinePolicies.map(inlineView),
    AttachedManagedPolicies: group.attachedPolicies.map(attachedPolicyView),
  }
}

/** With its profiles and inline policies in full, and neither description nor duration. */
export function roleDetail(role: Role, scope: Scope): DetailOf<'RoleDetailList'> {
  const { Description, MaxSessionDuration, ...view } = roleView(role, scope)
  const profiles = scope.records.find(instanceProfiles, 'role', [foldName(role.name)])
  return {
    ...view,
    Tags: role.tags,
    InstanceProfileList: Array.from(profiles, (profile) => listedProfileView(profile, scope)),
    RolePolicyList: role.inlinePolicies.map(inlineView),
    AttachedManagedPolicies: role.attachedPolicies.map(attachedPolicyView),
  }
}

/** Versions newest first, and no description. */
export function policyDetail(policy: FoundPolicy, scope: Scope): DetailOf<'Policies'> {
  return {
    ...listedPolicyView(policy, scope),
    PolicyVersionList: versionsOf(policy).map(({ id, document, createdAt }) => ({
      Document: encodeDocument(document),
      VersionId: id,
      IsDefaultVersion: id === policy.defaultVersionId,
      CreateDate: createdAt,
    })),
  }
}

/** Of a policy of AWS only the current version is known. */
function versionsOf(policy: FoundPolicy): readonly PolicyVersion[] {
  return (
    policy.record?.versions.toReversed() ?? [
      { id: policy.defaultVersionId, document: policy.document(), createdAt: policy.updatedAt },
    ]
  )
}

const inlineView = ({ name, document }: InlinePolicy) => ({
  PolicyName: name,
  PolicyDocument: encodeDocument(document),
})
