import type { OperationInputs } from '../../catalog/operations.ts'
import { compileGlob, matchesGlob } from '../../policy/pattern/glob.ts'
import { iamArn } from '../../primitives/arn.ts'
import { invalidInput } from '../errors.ts'
import type { PolicySource } from './policy-source.ts'

type Exclusion = NonNullable<
  OperationInputs['SimulatePrincipalPolicy']['PolicyExclusionList']
>[number]

/** Which of a principal's own policies a simulation leaves out. Documents sent along are never left out. */
export interface PolicyExclusions {
  readonly boundary: boolean
  inline(kind: PolicySource['kind'], owner: string, policyName: string): boolean
  /** @param account - the policy's: twelve digits, or `aws` */
  managed(account: string, policyName: string): boolean
}

/**
 * Reads PolicyExclusionList as AWS was seen to apply it: a managed policy is named by its ARN without a path, the
 * owner of an inline policy may be a pattern, and only its type leaves a boundary out.
 * @throws ApiError InvalidInput for an item that names nothing, or more than one thing
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html
 */
export function policyExclusions(list: readonly Exclusion[] = []): PolicyExclusions {
  const types = new Set<string>()
  const arns = new Set<string>()
  const inline: NonNullable<Exclusion['InlinePolicyIdentifier']>[] = []
  for (const { PolicyType, PolicyArn, InlinePolicyIdentifier } of list) {
    const named = [PolicyType, PolicyArn, InlinePolicyIdentifier].filter((one) => one !== undefined)
    if (named.length !== 1) {
      throw invalidInput(
        'Each item of PolicyExclusionList must name exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier.',
      )
    }
    if (PolicyType !== undefined) types.add(PolicyType)
    if (PolicyArn !== undefined) arns.add(PolicyArn)
    if (InlinePolicyIdentifier !== undefined) inline.push(InlinePolicyIdentifier)
  }
  return {
    boundary: types.has('permission-boundary'),
    inline: (kind, owner, policyName) =>
      types.has('inline') ||
      inline.some(
        ({ AttachmentType, AttachmentName, PolicyName }) =>
          AttachmentType === kind &&
          PolicyName.toLowerCase() === policyName.toLowerCase() &&
          matchesName(AttachmentName, owner),
      ),
    managed: (account, policyName) =>
      types.has(account === 'aws' ? 'aws-managed' : 'user-managed') ||
      arns.has(iamArn(account, 'policy', '/', policyName)),
  }
}

/** `*` and `?` in a name, as in policies; a regular expression could be made to run for ever. */
const matchesName = (pattern: string, name: string): boolean =>
  matchesGlob(compileGlob(pattern.toLowerCase()), name.toLowerCase())
