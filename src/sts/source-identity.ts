import { ApiError } from '../catalog/api-error.ts'
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
 * @throws ApiError ValidationError, in AWS's words
 */
export function refuseChangedIdentity(requested: string | undefined, caller: Caller): void {
  const inherited = inheritedSourceIdentity(caller)
  if (inherited !== undefined && requested !== undefined && requested !== inherited) {
    throw new ApiError(
      'ValidationError',
      'The source identity is already set for this assume role session',
    )
  }
}

/** Once set, a source identity goes through every hop of a chain. */
export const inheritedSourceIdentity = (caller: Caller): string | undefined =>
  caller.session?.sourceIdentity
