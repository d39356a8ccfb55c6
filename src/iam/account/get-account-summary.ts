import { accessKeys } from '../../directory/records/access-key.ts'
import { accountPreferences, preferencesKey } from '../../directory/records/account-preferences.ts'
import { groups } from '../../directory/records/group.ts'
import { instanceProfiles } from '../../directory/records/instance-profile.ts'
import { managedPolicies } from '../../directory/records/managed-policy.ts'
import { roles } from '../../directory/records/role.ts'
import { users } from '../../directory/records/user.ts'
import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { policiesInUse } from '../managed-policy-operations/policy-use.ts'
import { quotas } from '../quotas.ts'
import { isAny } from '../records-of.ts'

/**
 * How much an account holds of each thing, and how much it may. What Watchword does not keep (certificates,
 * passwords of root, identity providers) counts zero.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 */
export const getAccountSummary = readOperation('GetAccountSummary', {
  access: () => ({ action: 'iam:GetAccountSummary', resource: '*' }),
  perform: (_input, scope) => ({ SummaryMap: { ...entityCounts(scope), ...limits } }),
})

function entityCounts({ records, account }: Scope): Record<string, number> {
  const hasRootKey = isAny(records.find(accessKeys, 'owner', [account]))
  return {
    Users: records.count(users),
    Groups: records.count(groups),
    Roles: records.count(roles),
    InstanceProfiles: records.count(instanceProfiles),
    Policies: records.count(managedPolicies),
    // The default version of each policy that is in use; versions beside it do not count.
    PolicyVersionsInUse: policiesInUse(records).size,
    AccountAccessKeysPresent: hasRootKey ? 1 : 0,
    AccountMFAEnabled: 0,
    AccountPasswordPresent: 0,
    AccountSigningCertificatesPresent: 0,
    MFADevices: 0,
    MFADevicesInUse: 0,
    Providers: 0,
    ServerCertificates: 0,
    // Version 1 is what an account has until it asks for another.
    GlobalEndpointTokenVersion:
      records.get(accountPreferences, preferencesKey)?.globalEndpointTokenVersion ?? 1,
  }
}

const limits: Readonly<Record<string, number>> = {
  UsersQuota: quotas.UsersPerAccount,
  GroupsQuota: quotas.GroupsPerAccount,
  RolesQuota: quotas.RolesPerAccount,
  InstanceProfilesQuota: quotas.InstanceProfilesPerAccount,
  PoliciesQuota: quotas.PoliciesPerAccount,
  ServerCertificatesQuota: quotas.ServerCertificatesPerAccount,
  PolicyVersionsInUseQuota: quotas.PolicyVersionsInUse,
  VersionsPerPolicyQuota: quotas.VersionsPerPolicy,
  GroupsPerUserQuota: quotas.GroupsPerUser,
  AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
  SigningCertificatesPerUserQuota: quotas.SigningCertificatesPerUser,
  AttachedPoliciesPerUserQuota: quotas.PoliciesPerUser,
  AttachedPoliciesPerGroupQuota: quotas.PoliciesPerGroup,
  AttachedPoliciesPerRoleQuota: quotas.PoliciesPerRole,
  PolicySizeQuota: quotas.PolicySize,
  UserPolicySizeQuota: quotas.UserPolicySize,
  GroupPolicySizeQuota: quotas.GroupPolicySize,
  RolePolicySizeQuota: quotas.RolePolicySize,
  AssumeRolePolicySizeQuota: quotas.ACLSizePerRole,
}
