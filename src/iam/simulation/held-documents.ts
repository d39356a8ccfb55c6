import { ApiError } from '../../catalog/api-error.ts'
import type { OperationInputs } from '../../catalog/operations.ts'
import { compiledBytes } from '../../directory/policy-cache.ts'

type Input = OperationInputs['SimulateCustomPolicy'] | OperationInputs['SimulatePrincipalPolicy']

const mostBytes = 256 * 1024 * 1024
let heldBytes = 0

/**
 * Runs a simulation, which holds its documents compiled while others have their turn: so many can be under way that
 * together they would fill the memory.
 * @throws ApiError Throttling when those under way leave no room for it
 */
export async function holdingDocuments<T>(input: Input, run: () => Promise<T>): Promise<T> {
  const bytes = textsOf(input).reduce((sum, text) => sum + compiledBytes(text), 0)
  if (heldBytes > 0 && heldBytes + bytes > mostBytes) {
    throw new ApiError('Throttling', 'Rate exceeded')
  }
  heldBytes += bytes
  try {
    return await run()
  } finally {
    heldBytes -= bytes
  }
}

function textsOf(input: Input): readonly string[] {
  const levels =
    'OrderedOrganizationPolicyInputList' in input ? input.OrderedOrganizationPolicyInputList : []
  return [
    ...(input.PolicyInputList ?? []),
    ...(input.PermissionsBoundaryPolicyInputList ?? []),
    ...(levels ?? []).flatMap((level) => level.ServiceControlPolicyInputList ?? []),
    ...(input.ResourcePolicy === undefined ? [] : [input.ResourcePolicy]),
  ]
}
