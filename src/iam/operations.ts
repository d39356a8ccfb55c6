import type { IamOperationName } from '../catalog/operations.ts'
import { notBuilt, type OperationTable } from '../request/operation.ts'
import { accessKeyOperations } from './access-keys/access-key-operations.ts'
import { accountAliasOperations } from './account/alias-operations.ts'
import { getAccountSummary } from './account/get-account-summary.ts'
import { setSecurityTokenServicePreferences } from './account/set-security-token-service-preferences.ts'
import { attachmentOperations } from './attachments/attachment-operations.ts'
import { getAccountAuthorizationDetails } from './authorization-details/get-account-authorization-details.ts'
import { boundaryOperations } from './boundaries.ts'
import { groupOperations } from './groups/group-operations.ts'
import { inlinePolicyOperations } from './inline-policies/inline-policy-operations.ts'
import { instanceProfileOperations } from './instance-profiles/instance-profile-operations.ts'
import { managedPolicyOperations } from './managed-policy-operations/managed-policy-operations.ts'
import { roleOperations } from './roles/role-operations.ts'
import { serviceLinkedRoleOperations } from './service-linked-roles/service-linked-role-operations.ts'
import { simulationOperations } from './simulation/simulation-operations.ts'
import { unkeptAccountResourceOperations } from './unkept/account-resources.ts'
import { unkeptUserCredentialOperations } from './unkept/user-credentials.ts'
import { userOperations } from './users/user-operations.ts'

/**
 * The operations of AWS IAM, by name: families of what is built, then what is not. One that is in neither does not
 * compile.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export const iamOperations = {
  ...accessKeyOperations,
  ...accountAliasOperations,
  ...attachmentOperations,
  ...boundaryOperations,
  ...groupOperations,
  ...inlinePolicyOperations,
  ...instanceProfileOperations,
  ...managedPolicyOperations,
  ...roleOperations,
  ...serviceLinkedRoleOperations,
  ...simulationOperations,
  ...unkeptAccountResourceOperations,
  ...unkeptUserCredentialOperations,
  ...userOperations,
  GetAccountSummary: getAccountSummary,
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
  SetSecurityTokenServicePreferences: setSecurityTokenServicePreferences,

  AcceptDelegationRequest: notBuilt,
  AddClientIDToOpenIDConnectProvider: notBuilt,
  AssociateDelegationRequest: notBuilt,
  ChangePassword: notBuilt,
  CreateDelegationRequest: notBuilt,
  CreateLoginProfile: notBuilt,
  CreateOpenIDConnectProvider: notBuilt,
  CreateSAMLProvider: notBuilt,
  CreateServiceSpecificCredential: notBuilt,
  CreateVirtualMFADevice: notBuilt,
  DisableOrganizationsRootCredentialsManagement: notBuilt,
  DisableOrganizationsRootSessions: notBuilt,
  DisableOutboundWebIdentityFederation: notBuilt,
  EnableMFADevice: notBuilt,
  EnableOrganizationsRootCredentialsManagement: notBuilt,
  EnableOrganizationsRootSessions: notBuilt,
  EnableOutboundWebIdentityFederation: notBuilt,
  GenerateCredentialReport: notBuilt,
  GenerateOrganizationsAccessReport: notBuilt,
  GenerateServiceLastAccessedDetails: notBuilt,
  GetCredentialReport: notBuilt,
  GetDelegationRequest: notBuilt,
  GetHumanReadableSummary: notBuilt,
  GetMFADevice: notBuilt,
  GetOrganizationsAccessReport: notBuilt,
  GetOutboundWebIdentityFederationInfo: notBuilt,
  GetServiceLastAccessedDetails: notBuilt,
  GetServiceLastAccessedDetailsWithEntities: notBuilt,
  ListDelegationRequests: notBuilt,
  ListOpenIDConnectProviderTags: notBuilt,
  ListOrganizationsFeatures: notBuilt,
  ListPoliciesGrantingServiceAccess: notBuilt,
  ListSAMLProviderTags: notBuilt,
  ListServerCertificateTags: notBuilt,
  RejectDelegationRequest: notBuilt,
  RemoveClientIDFromOpenIDConnectProvider: notBuilt,
  ResetServiceSpecificCredential: notBuilt,
  ResyncMFADevice: notBuilt,
  SendDelegationToken: notBuilt,
  TagMFADevice: notBuilt,
  TagOpenIDConnectProvider: notBuilt,
  TagSAMLProvider: notBuilt,
  TagServerCertificate: notBuilt,
  UntagMFADevice: notBuilt,
  UntagOpenIDConnectProvider: notBuilt,
  UntagSAMLProvider: notBuilt,
  UntagServerCertificate: notBuilt,
  UpdateAccountPasswordPolicy: notBuilt,
  UpdateDelegationRequest: notBuilt,
  UpdateOpenIDConnectProviderThumbprint: notBuilt,
  UpdateSAMLProvider: notBuilt,
  UpdateSSHPublicKey: notBuilt,
  UpdateServerCertificate: notBuilt,
  UpdateServiceSpecificCredential: notBuilt,
  UpdateSigningCertificate: notBuilt,
  UploadSSHPublicKey: notBuilt,
  UploadServerCertificate: notBuilt,
  UploadSigningCertificate: notBuilt,
} satisfies OperationTable<IamOperationName>
