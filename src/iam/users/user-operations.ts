import { accounts } from '../../directory/records/account.ts'
import { foldName } from '../../directory/records/entity.ts'
import { users } from '../../directory/records/user.ts'
import { iamArn, rootArn } from '../../primitives/arn.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { userExists } from '../errors.ts'
import { paged, pageEnd } from '../paging.ts'
import { pathPermission } from '../path-permission.ts'
import { underPath } from '../records-of.ts'
import { createUser } from './create-user.ts'
import { deleteUser } from './delete-user.ts'
import { subjectAccess, subjectOf } from './subject.ts'
import { findUser, userPermission } from './user-access.ts'
import { listUserTags, tagUser, untagUser } from './user-tags.ts'
import { listedUserView, type UserView, userView } from './user-view.ts'

const getUser = readOperation('GetUser', {
  access: subjectAccess('iam:GetUser'),
  perform({ UserName }, scope) {
    const subject = subjectOf(UserName, scope)
    if (subject.type === 'root') return { User: rootView(scope) }
    return { User: userView(findUser(scope, subject.name), scope) }
  },
})

/** Root has neither name nor path, though the model requires them. */
function rootView({ account, services }: Scope): UserView {
  const created = services.directory.global.records.get(accounts, account)?.createdAt ?? 0
  const view = { UserId: account, Arn: rootArn(account), CreateDate: created }
  return view as UserView
}

const listUsers = readOperation('ListUsers', {
  access: pathPermission('iam:ListUsers', 'user'),
  perform(input, scope) {
    const { PathPrefix = '/' } = input
    const { page, ...end } = paged(
      scope,
      'ListUsers',
      PathPrefix,
      input,
      (after) => underPath(scope.records.list(users, after), PathPrefix),
      ({ name }) => foldName(name),
    )
    return { Users: page.map((user) => listedUserView(user, scope)), ...pageEnd(end) }
  },
})

/** Keeps id, keys, groups and policies. Both the old and the new ARN must be allowed. */
const updateUser = writeOperation('UpdateUser', {
  access({ UserName, NewUserName, NewPath }, scope) {
    const old = userPermission(scope, 'iam:UpdateUser', UserName)
    const user = scope.records.get(users, foldName(UserName))
    if (!user || (NewUserName === undefined && NewPath === undefined)) return old
    const { path, name } = user
    const resource = iamArn(scope.account, 'user', NewPath ?? path, NewUserName ?? name)
    return resource === old.resource ? old : [old, { ...old, resource, shownResource: undefined }]
  },
  perform({ UserName, NewUserName, NewPath }, scope) {
    const { tx } = scope
    const user = findUser(scope, UserName)
    const name = NewUserName ?? user.name
    if (foldName(name) !== foldName(user.name)) {
      if (tx.get(users, foldName(name))) throw userExists(name)
      tx.delete(users, user)
    }
    tx.put(users, { ...user, name, path: NewPath ?? user.path })
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_manage.html */
export const userOperations = {
  CreateUser: createUser,
  GetUser: getUser,
  ListUsers: listUsers,
  UpdateUser: updateUser,
  DeleteUser: deleteUser,
  TagUser: tagUser,
  UntagUser: untagUser,
  ListUserTags: listUserTags,
}
