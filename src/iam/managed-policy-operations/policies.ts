import { ApiError } from '../../catalog/api-error.ts'
import { type ManagedPolicy, managedPolicies } from '../../directory/records/managed-policy.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import { readOperation, writeOperation } from '../../request/operation.ts'
import { limitExceeded, policyExists } from '../errors.ts'
import { ownPolicy } from '../find-policy.ts'
import { checkManagedPolicySize, checkPolicyDocument } from '../policy-document.ts'
import { quotas } from '../quotas.ts'
import { checkTags, policyTagRules } from '../tags.ts'
import { changeablePolicy, existingPolicy, policyPermission } from './policy-access.ts'
import { isAttached, isBoundary } from './policy-use.ts'
import { createdPolicyView, policyView } from './policy-view.ts'

/** With tags it also needs iam:TagPolicy. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy = writeOperation('CreatePolicy', {
  access({ PolicyName, Path = '/', Tags: requestTags = [] }, { account }) {
    const resource = iamArn(account, 'policy', Path, PolicyName)
    const shownResource = `policy ${PolicyName}`
    const create: Permission = { action: 'iam:CreatePolicy', resource, shownResource, requestTags }
    return requestTags.length === 0
      ? create
      : [create, { action: 'iam:TagPolicy', resource, requestTags }]
  },

  perform(input, scope) {
    const { tx, account, now, services } = scope
    const { PolicyName: name, Path: path = '/', PolicyDocument: document, Tags: tags = [] } = input
    checkTags(tags, policyTagRules)
    if (tx.count(managedPolicies) >= quotas.PoliciesPerAccount) {
      throw limitExceeded('PoliciesPerAccount', quotas.PoliciesPerAccount)
    }
    checkPolicyDocument(document, 'identity')
    checkManagedPolicySize(document)
    const policy: ManagedPolicy = {
      id: services.ids.unique('ANPA', account),
      ...{ name, path, description: input.Description, tags },
      ...{ createdAt: now, updatedAt: now },
      ...{ defaultVersionId: 'v1', lastVersionNumber: 1 },
      versions: [{ id: 'v1', document, createdAt: now }],
    }
    if (!tx.insert(managedPolicies, policy)) throw policyExists(name)
    return { Policy: createdPolicyView(ownPolicy(account, policy), scope) }
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = readOperation('GetPolicy', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:GetPolicy', PolicyArn),
  perform: ({ PolicyArn }, scope) => ({
    Policy: policyView(existingPolicy(scope, PolicyArn), scope),
  }),
})

/** Only a policy that nobody has, with no version but the default. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy = writeOperation('DeletePolicy', {
  access: ({ PolicyArn }, scope) => policyPermission(scope, 'iam:DeletePolicy', PolicyArn),
  perform({ PolicyArn }, scope) {
    const { tx } = scope
    const policy = changeablePolicy(scope, PolicyArn, 'delete policies')
    if (isAttached(tx, PolicyArn) || isBoundary(tx, PolicyArn)) {
      throw new ApiError('DeleteConflict', 'Cannot delete a policy attached to entities.')
    }
    if (policy.versions.length > 1) {
      throw new ApiError(
        'DeleteConflict',
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    }
    tx.delete(managedPolicies, policy)
  },
})
