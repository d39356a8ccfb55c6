import { managedPolicies } from '../../directory/records/managed-policy.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import { invalidInput, noSuchPolicy } from '../errors.ts'
import { checkPolicyArn } from '../find-policy.ts'
import {
  checkTags,
  listTags,
  mergeTags,
  noTagsGiven,
  policyTagRules,
  removeTags,
  shortestKeyFirst,
} from '../tags.ts'
import { changeablePolicy, existingPolicy, policyPermission } from './policy-access.ts'

/** Tags of the account's own policies; those of AWS have none and take none. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_customer-managed-policies.html */
export const tagPolicy = writeOperation('TagPolicy', {
  access: ({ PolicyArn, Tags }, scope) =>
    policyPermission(scope, 'iam:TagPolicy', PolicyArn, { requestTags: Tags }),
  perform({ PolicyArn, Tags }, scope) {
    if (Tags.length === 0) throw noTagsGiven()
    checkTags(Tags, policyTagRules)
    refuseAwsPolicy(PolicyArn)
    const policy = changeablePolicy(scope, PolicyArn, 'update policies')
    const tags = mergeTags(policy.tags, Tags, policyTagRules)
    scope.tx.put(managedPolicies, { ...policy, tags })
  },
})

export const untagPolicy = writeOperation('UntagPolicy', {
  access: ({ PolicyArn, TagKeys }, scope) =>
    policyPermission(scope, 'iam:UntagPolicy', PolicyArn, { tagKeys: TagKeys }),
  perform({ PolicyArn, TagKeys }, scope) {
    refuseAwsPolicy(PolicyArn)
    const policy = changeablePolicy(scope, PolicyArn, 'update policies')
    const tags = removeTags(policy.tags, TagKeys, policyTagRules)
    scope.tx.put(managedPolicies, { ...policy, tags })
  },
})

export const listPolicyTags = readOperation('ListPolicyTags', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:ListPolicyTags', PolicyArn),
  perform(input, scope) {
    const { arn, tags } = existingPolicy(scope, input.PolicyArn, noSuchPolicy)
    return listTags(scope, 'ListPolicyTags', arn, input, tags, shortestKeyFirst)
  },
})

function refuseAwsPolicy(arn: string): void {
  if (checkPolicyArn(arn).account === 'aws') {
    throw invalidInput('Tags not supported for policies in this domain')
  }
}
