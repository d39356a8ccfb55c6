import { contextKeysOf } from '../../policy/engine.ts'
import { readOperation } from '../../request/operation.ts'
import { asksTrustPolicy, roleTrustPolicies } from '../../request/role-trust.ts'
import { holdingDocuments } from './held-documents.ts'
import { policyExclusions } from './policy-exclusions.ts'
import { findPolicySource, sourceArn, sourcePermission } from './policy-source.ts'
import { contextKeysOfTexts, readBoundaryList, readPolicyList } from './read-documents.ts'
import { runSimulation } from './run-simulation.ts'
import { sourcePolicies } from './source-policies.ts'

const noTrust = new Map<string, never>()

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
const simulateCustomPolicy = readOperation('SimulateCustomPolicy', {
  access: () => ({ action: 'iam:SimulateCustomPolicy', resource: '*' }),
  perform: (input, scope) =>
    holdingDocuments(input, scope.services, async () => {
      const identity = readPolicyList(input.PolicyInputList, 'identity', 'PolicyInputList')
      const boundary = readBoundaryList(input.PermissionsBoundaryPolicyInputList)
      const policies = { identity, boundary }
      const operation = 'SimulateCustomPolicy'
      const side = { operation, defaultCaller: undefined, policies, trust: noTrust } as const
      return runSimulation(input, side, scope)
    }),
})

/**
 * A user, group or role with the policies it has now. Beyond AWS: for `sts:AssumeRole` and its kin on a role of this
 * service the role's trust policy counts too, as it does when the request is made.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
const simulatePrincipalPolicy = readOperation('SimulatePrincipalPolicy', {
  access: ({ PolicySourceArn }, scope) =>
    sourcePermission('iam:SimulatePrincipalPolicy', PolicySourceArn, scope),
  perform: (input, scope) =>
    holdingDocuments(input, scope.services, async () => {
      const source = findPolicySource(input.PolicySourceArn, scope)
      const own = sourcePolicies(source, policyExclusions(input.PolicyExclusionList), scope)
      const added = readPolicyList(input.PolicyInputList, 'identity', 'PolicyInputList')
      const boundary = readBoundaryList(input.PermissionsBoundaryPolicyInputList) ?? own.boundary
      const trust = input.ActionNames.some(asksTrustPolicy)
        ? await roleTrustPolicies(input.ResourceArns ?? [], scope.services)
        : noTrust
      const side = {
        operation: 'SimulatePrincipalPolicy',
        defaultCaller: sourceArn(source, scope.account),
        policies: { identity: [...own.identity, ...added], boundary },
        trust,
      } as const
      return runSimulation(input, side, scope)
    }),
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
const getContextKeysForCustomPolicy = readOperation('GetContextKeysForCustomPolicy', {
  access: () => ({ action: 'iam:GetContextKeysForCustomPolicy', resource: '*' }),
  perform: ({ PolicyInputList }) => ({ ContextKeyNames: contextKeysOfTexts(PolicyInputList) }),
})

/** The boundary's keys are among them. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html */
const getContextKeysForPrincipalPolicy = readOperation('GetContextKeysForPrincipalPolicy', {
  access: ({ PolicySourceArn }, scope) =>
    sourcePermission('iam:GetContextKeysForPrincipalPolicy', PolicySourceArn, scope),
  perform({ PolicySourceArn, PolicyInputList }, scope) {
    const source = findPolicySource(PolicySourceArn, scope)
    const { identity, boundary } = sourcePolicies(source, policyExclusions(), scope)
    const own = (boundary ? [...identity, boundary] : identity).flatMap(({ policy }) =>
      contextKeysOf(policy),
    )
    return { ContextKeyNames: [...own, ...contextKeysOfTexts(PolicyInputList)] }
  },
})

export const simulationOperations = {
  SimulateCustomPolicy: simulateCustomPolicy,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  GetContextKeysForCustomPolicy: getContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy: getContextKeysForPrincipalPolicy,
}
