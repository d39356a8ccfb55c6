import { notAuthorized } from './access-denied.ts'
import type { Caller } from './caller.ts'
import { invalidToken } from './find-credential.ts'

/**
 * What sessions of users and their guests can never call, whatever their policies say.
 *
 * @throws ApiError InvalidClientTokenId at IAM, AccessDenied at STS, as AWS answers
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
 */
export function checkSessionLimits(caller: Caller, service: string, operation: string): void {
  const { session } = caller
  if (!session || session.type === 'role') return
  if (service === 'iam') {
    if (session.type === 'user' && session.mfaAt !== undefined) return
    throw invalidToken()
  }
  if (service !== 'sts' || allowed.includes(operation)) return
  throw notAuthorized(caller.arn, `sts:${operation}`)
}

/** GetSessionToken and GetFederationToken refuse sessions themselves, in words of their own. */
const allowed = ['AssumeRole', 'GetCallerIdentity', 'GetSessionToken', 'GetFederationToken']
