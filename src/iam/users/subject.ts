import { rootArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { callerIsNoUser } from '../errors.ts'
import { findUser, userPermission } from './user-access.ts'

/** Whose keys, certificates or devices a request is about: a user's, or those of the account's root. */
export type Subject = { readonly type: 'user'; readonly name: string } | { readonly type: 'root' }

/**
 * The user that a request names, else its caller.
 * @throws ApiError ValidationError when there is no name and the caller is a role or a federated user
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
 */
export function subjectOf(userName: string | undefined, { caller }: Scope): Subject {
  if (userName !== undefined) return { type: 'user', name: userName }
  if (caller.type === 'user') return { type: 'user', name: caller.user.name }
  if (caller.type === 'root') return { type: 'root' }
  throw callerIsNoUser()
}

/** `access` of an operation whose UserName may be left out. Root alone can be its own subject. */
export const subjectAccess =
  (action: string) =>
  ({ UserName }: { readonly UserName?: string | undefined }, scope: Scope): Permission => {
    const subject = subjectOf(UserName, scope)
    return subject.type === 'user'
      ? userPermission(scope, action, subject.name)
      : { action, resource: rootArn(scope.account) }
  }

/** Whom keys and other credentials belong to. */
export interface Owner {
  /** The user's unique id, or the account for root: what belongings are kept under. */
  readonly id: string
  /** Absent for root, which has no name to show. */
  readonly userName: string | undefined
}

/** @throws ApiError NoSuchEntity when there is no such user, ValidationError as `subjectOf` */
export function ownerOf(userName: string | undefined, scope: Scope | WriteScope): Owner {
  const subject = subjectOf(userName, scope)
  if (subject.type === 'root') return { id: scope.account, userName: undefined }
  const user = findUser(scope, subject.name)
  return { id: user.id, userName: user.name }
}
