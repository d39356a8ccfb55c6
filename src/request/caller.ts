import type { AccountDirectory } from '../directory/account-directory.ts'
import type { Role } from '../directory/records/role.ts'
import type { User } from '../directory/records/user.ts'
import type {
  FederatedUserSession,
  RoleSession,
  Session,
  UserSession,
} from '../directory/session/session.ts'
import type { Principal, RootPrincipal, UserPrincipal } from '../policy/engine.ts'
import { assumedRoleArn, federatedUserArn, iamArn, rootArn } from '../primitives/arn.ts'

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

/** By a root key, or GetSessionToken of root. */
export interface RootCaller extends CallerFacts {
  readonly type: 'root'
  readonly principal: RootPrincipal
  readonly session: UserSession | undefined
}

/** By a key of its own, or GetSessionToken. */
export interface UserCaller extends CallerFacts {
  readonly type: 'user'
  readonly principal: UserPrincipal
  readonly user: User
  readonly session: UserSession | undefined
}

/** By AssumeRole. */
export interface RoleCaller extends CallerFacts {
  readonly type: 'role'
  readonly role: Role
  readonly session: RoleSession
}

/** By GetFederationToken: a guest of the user that called it. */
export interface FederatedCaller extends CallerFacts {
  readonly type: 'federated-user'
  /** The user that called GetFederationToken; absent when it was root. */
  readonly user: User | undefined
  readonly session: FederatedUserSession
}

export const rootCaller = (
  account: AccountDirectory,
  accessKeyId: string,
  session?: UserSession,
): RootCaller => ({
  type: 'root',
  account,
  arn: rootArn(account.account),
  userId: account.account,
  accessKeyId,
  principal: { type: 'root', account: account.account, arn: rootArn(account.account) },
  session,
})

export function userCaller(
  account: AccountDirectory,
  accessKeyId: string,
  user: User,
  session?: UserSession,
): UserCaller {
  const arn = iamArn(account.account, 'user', user.path, user.name)
  const principal = { type: 'user', account: account.account, arn, id: user.id } as const
  return { type: 'user', account, arn, userId: user.id, accessKeyId, principal, user, session }
}

export function roleCaller(
  account: AccountDirectory,
  role: Role,
  session: RoleSession,
): RoleCaller {
  const arn = assumedRoleArn(account.account, role.name, session.sessionName)
  const userId = `${role.id}:${session.sessionName}`
  const principal = {
    type: 'assumed-role',
    account: account.account,
    arn,
    roleArn: iamArn(account.account, 'role', role.path, role.name),
    id: role.id,
    serviceLinked: role.path.startsWith('/aws-service-role/'),
  } as const
  const { accessKeyId } = session
  return { type: 'role', account, arn, userId, accessKeyId, principal, role, session }
}

export function federatedCaller(
  account: AccountDirectory,
  user: User | undefined,
  session: FederatedUserSession,
): FederatedCaller {
  const { accessKeyId } = session
  const arn = federatedUserArn(account.account, session.name)
  const issuer = user
    ? userCaller(account, accessKeyId, user).principal
    : rootCaller(account, accessKeyId).principal
  return {
    type: 'federated-user',
    account,
    arn,
    userId: `${account.account}:${session.name}`,
    accessKeyId,
    principal: { type: 'federated-user', account: account.account, arn, issuer },
    user,
    session,
  }
}
