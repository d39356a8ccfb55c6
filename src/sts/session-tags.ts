import { ApiError } from '../catalog/api-error.ts'
import type { Tag } from '../directory/records/tag.ts'
import type { Session } from '../directory/session/session.ts'

/** Session tags as they will be in the token: the inherited ones, then the new. */
export interface SessionTags {
  readonly tags: readonly Tag[]
  readonly transitiveTagKeys: readonly string[]
  /** Tags that came from the calling session. */
  readonly inherited: readonly Tag[]
}

/** What most sessions have. */
const noTags: SessionTags = { tags: [], transitiveTagKeys: [], inherited: [] }

const fold = (key: string): string => key.toLowerCase()

/**
 * Checks the tags of a request against each other and against what the calling session passes on.
 * Transitive tags of the caller go to the new session and stay transitive; the others end here.
 *
 * @throws ApiError InvalidParameterValue in AWS's order: reserved prefix, duplicates, transitive keys, conflicts
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function sessionTags(
  requested: readonly Tag[],
  requestedTransitive: readonly string[],
  callerSession: Session | undefined,
): SessionTags {
  const passedOn = callerSession?.type === 'role' ? callerSession.transitiveTagKeys : []
  if (requested.length + requestedTransitive.length + passedOn.length === 0) return noTags
  checkTagKeys(requested)
  const requestedKeys = new Set(requested.map(({ Key }) => fold(Key)))
  if (requestedTransitive.some((key) => !requestedKeys.has(fold(key)))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.')
  }
  const inheritedKeys = new Set(passedOn.map(fold))
  if (requested.some(({ Key }) => inheritedKeys.has(fold(Key)))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  const inherited = (callerSession?.tags ?? []).filter(({ Key }) => inheritedKeys.has(fold(Key)))
  const requestedTransitiveKeys = new Set(requestedTransitive.map(fold))
  const newTransitive = requested.filter(({ Key }) => requestedTransitiveKeys.has(fold(Key)))
  return {
    tags: [...inherited, ...requested],
    transitiveTagKeys: [...inherited, ...newTransitive].map(({ Key }) => Key),
    inherited,
  }
}

/** Rules for the keys alone, which GetFederationToken shares. */
export function checkTagKeys(tags: readonly Tag[]): void {
  if (tags.some(({ Key }) => fold(Key).startsWith('aws:'))) {
    throw invalid('Tag keys beginning with aws: are reserved for system use.')
  }
  if (new Set(tags.map(({ Key }) => fold(Key))).size < tags.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
}

const invalid = (message: string): ApiError => new ApiError('InvalidParameterValue', message)
