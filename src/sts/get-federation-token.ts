import { ApiError } from '../catalog/api-error.ts'
import { federatedUserArn } from '../primitives/arn.ts'
import type { Permission } from '../request/access.ts'
import { issueOperation } from '../request/operation.ts'
import { issueSession } from './issue-session.ts'
import { checkPackedPolicySize } from './packed-policy.ts'
import { userSessionSeconds } from './session-duration.ts'
import { checkSessionPolicies } from './session-policies.ts'
import { checkTagKeys } from './session-tags.ts'

/**
 * Temporary credentials for a named guest of the calling user: what the user may do, within the session policies.
 * Without session policies they may do nothing but call GetCallerIdentity.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export const getFederationToken = issueOperation('GetFederationToken', {
  access(input, { caller, account }) {
    if (caller.session) {
      throw new ApiError('AccessDenied', 'Cannot call GetFederationToken with session credentials')
    }
    checkTagKeys(input.Tags ?? [])
    const resource = federatedUserArn(account, input.Name)
    const requestTags = input.Tags && input.Tags.length > 0 ? input.Tags : undefined
    const needed: Permission[] = [{ action: 'sts:GetFederationToken', resource, requestTags }]
    if (requestTags) needed.push({ action: 'sts:TagSession', resource, requestTags })
    return needed
  },

  perform(input, scope) {
    const { caller, account } = scope
    const policyArns = (input.PolicyArns ?? []).flatMap(({ arn }) => arn ?? [])
    checkSessionPolicies(input.Policy, policyArns, caller.account, scope)
    const tags = input.Tags ?? []
    const size = checkPackedPolicySize({ policy: input.Policy, policyArns, tags })
    const arn = federatedUserArn(account, input.Name)
    const facts = {
      type: 'federated-user' as const,
      account,
      name: input.Name,
      userId: caller.userId,
      userName: caller.type === 'user' ? caller.user.name : undefined,
      tags,
      policy: input.Policy,
      policyArns,
    }
    const seconds = userSessionSeconds(input.DurationSeconds, caller.type === 'root')
    const { credentials, record, expiresAt } = issueSession(scope, facts, arn, seconds)
    const output = {
      Credentials: credentials,
      FederatedUser: { FederatedUserId: `${account}:${input.Name}`, Arn: arn },
      // Unlike AssumeRole, AWS gives a size here even when nothing was passed.
      PackedPolicySize: size ?? 0,
    }
    return { output, record, expiresAt }
  },
})
