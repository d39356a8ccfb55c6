import { ApiError } from '../../catalog/api-error.ts'
import { type Entity, foldName, type InlinePolicy } from '../../directory/records/entity.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { noSuchInlinePolicy } from '../errors.ts'
import { type PageEnd, type PageInput, pagedShort, pageEnd } from '../paging.ts'
import { checkPolicyDocument, encodeDocument, policySize } from '../policy-document.ts'
import type { PolicyOwner } from '../policy-owners.ts'

/**
 * Policies written into a user, group or role. Names match ignoring case: a Put under another case replaces the
 * document and keeps the first name, and Get answers with the name it was asked for.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#inline-policies
 */
export function putInline<T extends Entity>(
  owner: PolicyOwner<T>,
  name: string,
  policy: { readonly PolicyName: string; readonly PolicyDocument: string },
  scope: WriteScope,
): void {
  const entity = owner.findToChange(scope, name)
  checkPolicyDocument(policy.PolicyDocument, 'identity', 'store-inline')
  const known = findInline(entity, policy.PolicyName)
  const put: InlinePolicy = {
    name: known?.name ?? policy.PolicyName,
    document: policy.PolicyDocument,
  }
  const inlinePolicies = known
    ? entity.inlinePolicies.map((each) => (each === known ? put : each))
    : [...entity.inlinePolicies, put]
  const size = inlinePolicies.reduce((sum, { document }) => sum + policySize(document), 0)
  if (size > owner.inlineSize) throw tooLarge(owner, name)
  scope.tx.put(owner.collection, { ...entity, inlinePolicies })
}

/** An inline policy as Get answers it; the document is percent-encoded. */
export interface ShownInlinePolicy {
  /** Of the owner, as stored. */
  readonly name: string
  readonly PolicyName: string
  readonly PolicyDocument: string
}

/** @throws ApiError NoSuchEntity for an owner or a policy that is not there */
export function getInline<T extends Entity>(
  owner: PolicyOwner<T>,
  name: string,
  PolicyName: string,
  scope: Scope,
): ShownInlinePolicy {
  const entity = owner.find(scope, name)
  const policy = findInline(entity, PolicyName)
  if (!policy) throw noSuchInlinePolicy(owner.kind, PolicyName)
  return { name: entity.name, PolicyName, PolicyDocument: encodeDocument(policy.document) }
}

/** @throws ApiError NoSuchEntity for an owner or a policy that is not there */
export function deleteInline<T extends Entity>(
  owner: PolicyOwner<T>,
  name: string,
  policyName: string,
  scope: WriteScope,
): void {
  const entity = owner.findToChange(scope, name)
  const policy = findInline(entity, policyName)
  if (!policy) throw noSuchInlinePolicy(owner.kind, policyName)
  const inlinePolicies = entity.inlinePolicies.filter((each) => each !== policy)
  scope.tx.put(owner.collection, { ...entity, inlinePolicies })
}

/** One page of the names, sorted whatever their case. */
export function listInline<T extends Entity>(
  owner: PolicyOwner<T>,
  operation: string,
  name: string,
  input: PageInput,
  scope: Scope,
): PageEnd & { readonly PolicyNames: readonly string[] } {
  const { id, inlinePolicies } = owner.find(scope, name)
  const { page, ...end } = pagedShort(scope, operation, id, input, inlinePolicies, (policy) =>
    foldName(policy.name),
  )
  return { PolicyNames: page.map((policy) => policy.name), ...pageEnd(end) }
}

const findInline = ({ inlinePolicies }: Entity, name: string): InlinePolicy | undefined =>
  inlinePolicies.find((policy) => foldName(policy.name) === foldName(name))

const tooLarge = (
  { kind, inlineSize }: Pick<PolicyOwner<Entity>, 'kind' | 'inlineSize'>,
  name: string,
): ApiError =>
  new ApiError(
    'LimitExceeded',
    `Maximum policy size of ${inlineSize} bytes exceeded for ${kind} ${name}`,
  )
