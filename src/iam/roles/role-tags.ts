import { roles } from '../../directory/records/role.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import { checkTags, listTags, mergeTags, noTagsGiven, removeTags, roleTagRules } from '../tags.ts'
import { findRole, rolePermission } from './role-access.ts'

/** Tags of roles, service-linked ones included. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html */
export const tagRole = writeOperation('TagRole', {
  access: ({ RoleName, Tags }, scope) =>
    rolePermission(scope, 'iam:TagRole', RoleName, { requestTags: Tags }),
  perform({ RoleName, Tags }, scope) {
    if (Tags.length === 0) throw noTagsGiven()
    checkTags(Tags, roleTagRules)
    const role = findRole(scope, RoleName)
    scope.tx.put(roles, { ...role, tags: mergeTags(role.tags, Tags, roleTagRules) })
  },
})

export const untagRole = writeOperation('UntagRole', {
  access: ({ RoleName, TagKeys }, scope) =>
    rolePermission(scope, 'iam:UntagRole', RoleName, { tagKeys: TagKeys }),
  perform({ RoleName, TagKeys }, scope) {
    const role = findRole(scope, RoleName)
    scope.tx.put(roles, { ...role, tags: removeTags(role.tags, TagKeys, roleTagRules) })
  },
})

export const listRoleTags = readOperation('ListRoleTags', {
  access: ({ RoleName }, scope) => rolePermission(scope, 'iam:ListRoleTags', RoleName),
  perform(input, scope) {
    const role = findRole(scope, input.RoleName)
    return listTags(scope, 'ListRoleTags', role.id, input, role.tags)
  },
})
