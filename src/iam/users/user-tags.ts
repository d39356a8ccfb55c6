import { users } from '../../directory/records/user.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import { checkTags, listTags, mergeTags, noTagsGiven, removeTags, userTagRules } from '../tags.ts'
import { findUser, userPermission } from './user-access.ts'

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_users.html */
export const tagUser = writeOperation('TagUser', {
  access: ({ UserName, Tags }, scope) =>
    userPermission(scope, 'iam:TagUser', UserName, { requestTags: Tags }),
  perform({ UserName, Tags }, scope) {
    if (Tags.length === 0) throw noTagsGiven()
    checkTags(Tags, userTagRules)
    const user = findUser(scope, UserName)
    scope.tx.put(users, { ...user, tags: mergeTags(user.tags, Tags, userTagRules) })
  },
})

export const untagUser = writeOperation('UntagUser', {
  access: ({ UserName, TagKeys }, scope) =>
    userPermission(scope, 'iam:UntagUser', UserName, { tagKeys: TagKeys }),
  perform({ UserName, TagKeys }, scope) {
    const user = findUser(scope, UserName)
    scope.tx.put(users, { ...user, tags: removeTags(user.tags, TagKeys, userTagRules) })
  },
})

export const listUserTags = readOperation('ListUserTags', {
  access: ({ UserName }, scope) => userPermission(scope, 'iam:ListUserTags', UserName),
  perform(input, scope) {
    const user = findUser(scope, input.UserName)
    return listTags(scope, 'ListUserTags', user.id, input, user.tags)
  },
})
