import { type Entity, foldName } from '../../directory/records/entity.ts'
import type { Permission } from '../../request/access.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { limitExceeded, noSuchAttachablePolicy, noSuchPolicy, reservedPolicy } from '../errors.ts'
import { checkAttachedArn, findPolicy, policyArn } from '../find-policy.ts'
import { type PageEnd, type PageInput, pagedShort, pageEnd } from '../paging.ts'
import type { PolicyOwner } from '../policy-owners.ts'

/**
 * Managed policies attached to a user, group or role. Attaching again changes nothing; detaching what is not
 * attached is an error.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html
 */
export function attach<T extends Entity>(
  owner: PolicyOwner<T>,
  name: string,
  arn: string,
  scope: WriteScope,
): void {
  checkAttachedArn(arn)
  const entity = owner.findToChange(scope, name)
  const policy = findPolicy(scope, arn)
  if (!policy) throw noSuchAttachablePolicy(arn)
  if (policy.isReserved) throw reservedPolicy(owner.kind)
  if (entity.attachedPolicies.includes(policy.arn)) return
  const { quota, limit } = owner.attachments
  if (entity.attachedPolicies.length >= limit) throw limitExceeded(quota, limit)
  const attachedPolicies = [...entity.attachedPolicies, policy.arn]
  scope.tx.put(owner.collection, { ...entity, attachedPolicies })
}

/** @throws ApiError NoSuchEntity for a policy that is not attached; ValidationError for text that is no ARN */
export function detach<T extends Entity>(
  owner: PolicyOwner<T>,
  name: string,
  arn: string,
  scope: WriteScope,
): void {
  checkAttachedArn(arn)
  const entity = owner.findToChange(scope, name)
  if (!entity.attachedPolicies.includes(arn)) throw noSuchPolicy(arn)
  const attachedPolicies = entity.attachedPolicies.filter((each) => each !== arn)
  scope.tx.put(owner.collection, { ...entity, attachedPolicies })
}

export interface AttachedPolicyView {
  readonly PolicyName: string
  readonly PolicyArn: string
}

/** One page of what is attached under a path, by name. */
export function listAttached<T extends Entity>(
  owner: PolicyOwner<T>,
  operation: string,
  name: string,
  input: PageInput & { readonly PathPrefix?: string | undefined },
  scope: Scope,
): PageEnd & { readonly AttachedPolicies: readonly AttachedPolicyView[] } {
  const { PathPrefix = '/' } = input
  const { id, attachedPolicies } = owner.find(scope, name)
  const { page, ...end } = pagedShort(
    scope,
    operation,
    [id, PathPrefix],
    input,
    attachedPolicies.filter((arn) => policyArn(arn)?.path.startsWith(PathPrefix)),
    attachmentKey,
  )
  return { AttachedPolicies: page.map(attachedPolicyView), ...pageEnd(end) }
}

export const attachedPolicyView = (arn: string): AttachedPolicyView => ({
  PolicyName: nameOf(arn),
  PolicyArn: arn,
})

/** `iam:PolicyARN`, which lets a policy say what may be attached. */
export const policyArnContext = (arn: string): Permission['context'] => ({ 'iam:policyarn': arn })

/** By name; one of AWS and one of the account may share theirs. The ARN itself is too long to page by. */
const attachmentKey = (arn: string): string => `${foldName(nameOf(arn))} ${policyArn(arn)?.account}`

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
