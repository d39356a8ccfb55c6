import { noPermissionNeeded } from '../request/access.ts'
import { readOperation } from '../request/operation.ts'

/**
 * Who signed the request. Needs no permission, and a Deny does not stop it.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity = readOperation('GetCallerIdentity', {
  access: () => noPermissionNeeded,
  perform: (_input, { caller }) => ({
    UserId: caller.userId,
    Account: caller.account.account,
    Arn: caller.arn,
  }),
})
