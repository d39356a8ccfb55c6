import type { Tag } from '../directory/records/tag.ts'
import type { ResourcePolicy } from '../policy/engine.ts'

/** What an operation needs: nothing (any caller whose signature holds), or every one of these permissions. */
export type Access = typeof noPermissionNeeded | Permission | readonly Permission[]

export const noPermissionNeeded = 'no permission needed'

/** One thing that a caller must be allowed: what on what, and the facts that policies may ask for. */
export interface Permission {
  /** Such as `iam:CreateUser`. */
  readonly action: string
  /** An ARN, or `*` for an action that knows no resources. */
  readonly resource: string
  /** What AccessDenied names in place of the ARN, as AWS does for entities and lists: `user bob`. */
  readonly shownResource?: string | undefined
  /** The account that owns the resource, when it is not the caller's. */
  readonly account?: string | undefined
  readonly resourcePolicy?: ResourcePolicy | undefined
  /** `aws:ResourceTag/…` and `iam:ResourceTag/…`. */
  readonly resourceTags?: readonly Tag[] | undefined
  /** Tags in the request: `aws:RequestTag/…` and `aws:TagKeys`. */
  readonly requestTags?: readonly Tag[] | undefined
  /** Keys to be removed: `aws:TagKeys` of Untag operations. */
  readonly tagKeys?: readonly string[] | undefined
  /** Condition keys of the action itself; names in lower case. */
  readonly context?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined
  /** STS tells less than IAM when it refuses: `no-reason` leaves out why, `no-resource` what. */
  readonly denial?: 'no-reason' | 'no-resource' | undefined
}
