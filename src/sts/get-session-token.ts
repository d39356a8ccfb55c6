import { ApiError } from '../catalog/api-error.ts'
import { noPermissionNeeded } from '../request/access.ts'
import { issueOperation } from '../request/operation.ts'
import { issueSession } from './issue-session.ts'
import { refuseMfa } from './mfa.ts'
import { userSessionSeconds } from './session-duration.ts'

/**
 * Temporary credentials of the calling user itself, or of root. Policies neither grant nor deny it.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken = issueOperation('GetSessionToken', {
  access(input, { caller }) {
    if (caller.session) {
      throw new ApiError('AccessDenied', 'Cannot call GetSessionToken with session credentials')
    }
    refuseMfa(input)
    return noPermissionNeeded
  },

  perform(input, scope) {
    const { caller } = scope
    const user = caller.type === 'user' ? caller.user : undefined
    const facts = {
      type: 'user' as const,
      account: scope.account,
      userId: caller.userId,
      userName: user?.name,
      tags: [],
    }
    const seconds = userSessionSeconds(input.DurationSeconds, caller.type === 'root')
    const { credentials, record, expiresAt } = issueSession(scope, facts, caller.arn, seconds)
    return { output: { Credentials: credentials }, record, expiresAt }
  },
})
