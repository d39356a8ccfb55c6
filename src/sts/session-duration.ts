import { ApiError } from '../catalog/api-error.ts'

/** A session assumed with temporary credentials lives an hour at most, whatever the role allows. */
const chainedMaximumSeconds = 3600
const defaultRoleSeconds = 3600

/**
 * Seconds that a role session lives. Only after authorization, since the first limit is the role's own; AWS names it
 * before the one of role chaining, under which credentials of GetSessionToken come too.
 * @see https://repost.aws/knowledge-center/iam-role-chaining-limit
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function roleSessionSeconds(
  requested: number | undefined,
  roleMaximum: number,
  isChained: boolean,
): number {
  const seconds = requested ?? defaultRoleSeconds
  if (seconds > roleMaximum) {
    throw new ApiError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  if (isChained && seconds > chainedMaximumSeconds) {
    throw new ApiError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
  }
  return seconds
}

/** GetSessionToken and GetFederationToken: twelve hours unless told; root's are cut to one, silently. */
export function userSessionSeconds(requested: number | undefined, isRoot: boolean): number {
  const seconds = requested ?? 43_200
  return isRoot ? Math.min(seconds, 3600) : seconds
}
