import type { OperationOutputs } from '../../catalog/operations.ts'
import type { User } from '../../directory/records/user.ts'
import type { Scope } from '../../request/scope.ts'
import { boundaryView } from '../roles/role-view.ts'
import { userArn } from './user-access.ts'

export type UserView = OperationOutputs['GetUser']['User']

/** What CreateUser and GetUser answer: everything; a user without tags shows no empty list. */
export function userView(user: User, scope: Scope): UserView {
  const { boundary, tags } = user
  return {
    ...listedUserView(user, scope),
    PermissionsBoundary: boundary === undefined ? undefined : boundaryView(boundary),
    Tags: tags.length === 0 ? undefined : tags,
  }
}

/** What ListUsers and GetGroup answer of each: neither tags nor boundary. */
export function listedUserView(user: User, scope: Scope): UserView {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(scope, user),
    CreateDate: user.createdAt,
  }
}
