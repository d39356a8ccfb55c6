import type { OperationOutputs } from '../../catalog/operations.ts'
import type { PolicyVersion } from '../../directory/records/managed-policy.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import type { FoundPolicy } from '../find-policy.ts'
import { recordsOf } from '../records-of.ts'
import { attachmentCount, boundaryUsageCount } from './policy-use.ts'

type PolicyView = NonNullable<OperationOutputs['GetPolicy']['Policy']>
type VersionView = NonNullable<OperationOutputs['GetPolicyVersion']['PolicyVersion']>

/** What CreatePolicy answers: no description, and tags only when there are some. */
export function createdPolicyView(policy: FoundPolicy, scope: Scope | WriteScope): PolicyView {
  const view = listedPolicyView(policy, scope)
  return policy.tags.length === 0 ? view : { ...view, Tags: policy.tags }
}

/** What GetPolicy answers: tags even when there are none. */
export function policyView(policy: FoundPolicy, scope: Scope): PolicyView {
  const Tags = policy.tags
  return { ...listedPolicyView(policy, scope), Description: policy.description, Tags }
}

/** What ListPolicies answers of each: neither description nor tags. */
export function listedPolicyView(policy: FoundPolicy, scope: Scope | WriteScope): PolicyView {
  const records = recordsOf(scope)
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachmentCount(records, policy.arn),
    PermissionsBoundaryUsageCount: boundaryUsageCount(records, policy.arn),
    // AWS says so of every policy, also of those that it refuses to attach.
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  }
}

/** A version without its document, as all but GetPolicyVersion show it. */
export const versionView = (
  { id, createdAt }: Pick<PolicyVersion, 'id' | 'createdAt'>,
  defaultVersionId: string,
): VersionView => ({
  VersionId: id,
  IsDefaultVersion: id === defaultVersionId,
  CreateDate: createdAt,
})
