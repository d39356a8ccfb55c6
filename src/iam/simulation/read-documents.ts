import type { OperationInputs } from '../../catalog/operations.ts'
import {
  type AttachedPolicy,
  contextKeysOf,
  PolicyError,
  type PolicyKind,
  parsePolicy,
  type ResourcePolicy,
} from '../../policy/engine.ts'
import { parseArn } from '../../primitives/arn.ts'
import { invalidInput } from '../errors.ts'

/** Documents are read as leniently as a decision allows: whoever simulates tries things out. */
export function readPolicyList(
  texts: readonly string[] | undefined,
  kind: PolicyKind,
  listName: string,
): AttachedPolicy[] {
  return (texts ?? []).map((text, index) => ({
    policy: parsed(text, kind, `Policy input list item ${index + 1} has invalid content`),
    name: `${listName}.${index + 1}`,
  }))
}

/** @throws ApiError InvalidInput */
export function readBoundaryList(texts: readonly string[] | undefined): AttachedPolicy | undefined {
  if (texts && texts.length > 1) {
    throw invalidInput('The list of Permissions Boundary policies cannot exceed 1 items.')
  }
  return readPolicyList(texts, 'boundary', 'PermissionsBoundaryPolicyInputList')[0]
}

/** Service control policies by level, root first; undefined when there are none. */
export function readOrganizationPolicies(
  levels: OperationInputs['SimulateCustomPolicy']['OrderedOrganizationPolicyInputList'],
): readonly AttachedPolicy[][] | undefined {
  if (!levels || levels.length === 0) return undefined
  return levels.map(({ ServiceControlPolicyInputList: texts = [] }, index) => {
    if (texts.length === 0) {
      throw invalidInput(
        `Organization policy at index ${index + 1} must contain at least one service control policy`,
      )
    }
    return readPolicyList(texts, 'scp', `OrderedOrganizationPolicyInputList.${index + 1}`)
  })
}

/** A policy on the resources; its own Resource must be ARNs, never `*`. */
export function readResourcePolicy(text: string | undefined): ResourcePolicy | undefined {
  if (text === undefined) return undefined
  const policy = parsed(text, 'resource', 'The resource policy has invalid content')
  for (const { resource, notResource } of policy.document.statements) {
    for (const { value } of [...(resource?.items ?? []), ...(notResource?.items ?? [])]) {
      checkResourceArn(value)
    }
  }
  return { policy, name: 'ResourcePolicy' }
}

/** @throws ApiError InvalidInput */
export function checkResourceArn(text: string): void {
  if (!parseArn(text)) throw invalidInput(`ResourceNames are not in a valid ARN format: ${text}.`)
}

/** The keys of each document in turn: a key that two documents mention is named twice, as AWS does. */
export function contextKeysOfTexts(texts: readonly string[] | undefined): string[] {
  return (texts ?? []).flatMap((text, index) =>
    refusing(`Policy input list item ${index + 1} has invalid content`, () => contextKeysOf(text)),
  )
}

const parsed = (text: string, kind: PolicyKind, message: string) =>
  refusing(message, () => parsePolicy(text, kind, 'evaluate'))

function refusing<T>(message: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw invalidInput(message, { cause: error })
  }
}
