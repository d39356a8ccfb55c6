import { instanceProfiles } from '../../directory/records/instance-profile.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import {
  checkTags,
  instanceProfileTagRules,
  listTags,
  mergeTags,
  noTagsGiven,
  removeTags,
} from '../tags.ts'
import { findProfile, profilePermission } from './instance-profile-access.ts'

/** Tags of instance profiles, whose keys keep their case apart. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_instance-profiles.html */
export const tagInstanceProfile = writeOperation('TagInstanceProfile', {
  access: ({ InstanceProfileName, Tags }, scope) =>
    profilePermission(scope, 'iam:TagInstanceProfile', InstanceProfileName, { requestTags: Tags }),
  perform({ InstanceProfileName, Tags }, scope) {
    if (Tags.length === 0) throw noTagsGiven()
    checkTags(Tags, instanceProfileTagRules)
    const profile = findProfile(scope, InstanceProfileName)
    const tags = mergeTags(profile.tags, Tags, instanceProfileTagRules)
    scope.tx.put(instanceProfiles, { ...profile, tags })
  },
})

export const untagInstanceProfile = writeOperation('UntagInstanceProfile', {
  access: ({ InstanceProfileName, TagKeys }, scope) =>
    profilePermission(scope, 'iam:UntagInstanceProfile', InstanceProfileName, { tagKeys: TagKeys }),
  perform({ InstanceProfileName, TagKeys }, scope) {
    const profile = findProfile(scope, InstanceProfileName)
    const tags = removeTags(profile.tags, TagKeys, instanceProfileTagRules)
    scope.tx.put(instanceProfiles, { ...profile, tags })
  },
})

export const listInstanceProfileTags = readOperation('ListInstanceProfileTags', {
  access: ({ InstanceProfileName }, scope) =>
    profilePermission(scope, 'iam:ListInstanceProfileTags', InstanceProfileName),
  perform(input, scope) {
    const { id, tags } = findProfile(scope, input.InstanceProfileName)
    return listTags(scope, 'ListInstanceProfileTags', id, input, tags)
  },
})
