import type { Tag } from '../records/tag.ts'

/**
 * What a session token says, sealed inside it: who it is, for how long, and what was fixed when it was issued.
 * What it may do is not in it: the rights of its role or user are looked up at each use.
 */
export type Session = RoleSession | UserSession | FederatedUserSession

interface SessionFacts {
  /** Account of the role or user. */
  readonly account: string
  readonly accessKeyId: string
  /** Seconds since the epoch: `aws:TokenIssueTime`. */
  readonly issuedAt: number
  /** Seconds since the epoch; from this second on the session is expired. */
  readonly expiresAt: number
  /** When an MFA code was accepted, in seconds since the epoch. */
  readonly mfaAt?: number | undefined
  readonly sourceIdentity?: string | undefined
  readonly tags: readonly Tag[]
  /** Inline session policy, as sent. */
  readonly policy?: string | undefined
  /** Managed session policies by ARN: read at each use. */
  readonly policyArns?: readonly string[] | undefined
  /** Access key ids of the sessions this one was assumed from, oldest first; of a long chain not those in the middle. */
  readonly ancestors: readonly string[]
}

/** From AssumeRole and its kin. */
export interface RoleSession extends SessionFacts {
  readonly type: 'role'
  readonly roleName: string
  readonly roleId: string
  readonly sessionName: string
  /** Keys of `tags` that the next hop inherits. */
  readonly transitiveTagKeys: readonly string[]
}

/** From GetSessionToken: the user itself, or root. */
export interface UserSession extends SessionFacts {
  readonly type: 'user'
  /** The user's unique id; the account id for root. */
  readonly userId: string
  readonly userName: string | undefined
}

/** From GetFederationToken. */
export interface FederatedUserSession extends SessionFacts {
  readonly type: 'federated-user'
  readonly name: string
  /** The user that called, or the account id for root. */
  readonly userId: string
  readonly userName: string | undefined
}
