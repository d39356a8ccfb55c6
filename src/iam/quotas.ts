/**
 * AWS's default quotas. Names are those that LimitExceeded prints where AWS has one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const quotas = {
  UsersPerAccount: 5000,
  GroupsPerAccount: 300,
  RolesPerAccount: 1000,
  PoliciesPerAccount: 1500,
  InstanceProfilesPerAccount: 1000,
  ServerCertificatesPerAccount: 20,

  GroupsPerUser: 10,
  AccessKeysPerUser: 2,
  SigningCertificatesPerUser: 2,
  PoliciesPerUser: 10,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  InstanceSessionsPerInstanceProfile: 1,
  /** All entities that take tags have the same. */
  TagsPerEntity: 50,

  VersionsPerPolicy: 5,
  PolicyVersionsInUse: 10_000,
  /** Characters without white space: of one managed policy, of a trust policy. */
  PolicySize: 6144,
  ACLSizePerRole: 2048,
  /** Characters without white space of all inline policies of one entity together. */
  UserPolicySize: 2048,
  GroupPolicySize: 5120,
  RolePolicySize: 10_240,
} as const
