import { ApiError } from '../catalog/api-error.ts'
import { notAuthorized } from '../request/access-denied.ts'
import type { Caller } from '../request/caller.ts'

/** @throws ApiError ValidationError for the reserved prefix; length and characters are checked by the shape */
export function checkSourceIdentity(requested: string | undefined): void {
  if (requested?.toLowerCase().startsWith('aws:')) {
    throw new ApiError(
      'ValidationError',
      `Value '${requested}' at 'sourceIdentity' is invalid: it must not begin with aws:`,
    )
  }
}

/**
 * A session that has a source identity may name it again, but no other.
 * @throws ApiError AccessDenied, as for a caller who may not set one
 */
export function refuseChangedIdentity(
  requested: string | undefined,
  caller: Caller,
  roleArn: string,
): void {
  const inherited = inheritedSourceIdentity(caller)
  if (inherited !== undefined && requested !== undefined && requested !== inherited) {
    throw notAuthorized(caller.arn, 'sts:SetSourceIdentity', roleArn)
  }
}

/** Once set, a source identity goes through every hop of a chain. */
export const inheritedSourceIdentity = (caller: Caller): string | undefined =>
  caller.session?.sourceIdentity
