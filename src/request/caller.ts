import type { AccountDirectory } from '../directory/account-directory.ts'
import type { Role } from '../directory/records/role.ts'
import type { User } from '../directory/records/user.ts'
import type {
  FederatedUserSession,
  RoleSession,
  Session,
  UserSession,
} from '../directory/session/session.ts'
import type { Principal } from '../policy/index.ts'

/** Who signed the request. Made by `authenticate` only, from a key or token that held. */
export type Caller = RootCaller | UserCaller | RoleCaller | FederatedCaller

interface CallerFacts {
  readonly account: AccountDirectory
  /** As GetCallerIdentity and AccessDenied print it. */
  readonly arn: string
  /** As GetCallerIdentity prints it, and `aws:userid`. */
  readonly userId: string
  readonly accessKeyId: string
  /** What the policy engine matches. */
  readonly principal: Principal
  /** Absent for a long-term key. */
  readonly session: Session | undefined
}

export interface RootCaller extends CallerFacts {
  readonly type: 'root'
  readonly session: UserSession | undefined
}

export interface UserCaller extends CallerFacts {
  readonly type: 'user'
  readonly user: User
  readonly session: UserSession | undefined
}

export interface RoleCaller extends CallerFacts {
  readonly type: 'role'
  readonly role: Role
  readonly session: RoleSession
}

export interface FederatedCaller extends CallerFacts {
  readonly type: 'federated-user'
  /** The user that called GetFederationToken; absent when it was root. */
  readonly user: User | undefined
  readonly session: FederatedUserSession
}
