import type { StsOperationName } from '../catalog/operations.ts'
import { notBuilt, type OperationTable } from '../request/operation.ts'
import { assumeRole } from './assume-role.ts'
import { decodeAuthorizationMessage } from './decode-authorization-message.ts'
import { getAccessKeyInfo } from './get-access-key-info.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getFederationToken } from './get-federation-token.ts'
import { getSessionToken } from './get-session-token.ts'

/** Every operation of AWS STS, built or not. */
export const stsOperations = {
  AssumeRole: assumeRole,
  AssumeRoleWithSAML: notBuilt,
  AssumeRoleWithWebIdentity: notBuilt,
  AssumeRoot: notBuilt,
  DecodeAuthorizationMessage: decodeAuthorizationMessage,
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
  GetDelegatedAccessToken: notBuilt,
  GetFederationToken: getFederationToken,
  GetSessionToken: getSessionToken,
  GetWebIdentityToken: notBuilt,
} satisfies OperationTable<StsOperationName>
