import { ApiError } from '../../catalog/api-error.ts'
import type { OperationInputs } from '../../catalog/operations.ts'
import { compiledBytes } from '../../directory/policy-cache.ts'

type Input = OperationInputs['SimulateCustomPolicy'] | OperationInputs['SimulatePrincipalPolicy']

const mostBytes = 256 * 1024 * 1024

/** What the simulations under way in a service hold. */
const heldBytes = new WeakMap<object, number>()

/**
 * Runs a simulation, which holds its documents compiled while others have their turn: so many can be under way that
 * together they would fill the memory.
 * @param service - whose memory it is
 * @throws ApiError Throttling when those under way leave no room for it
 */
export async function holdingDocuments<T>(
  input: Input,
  service: object,
  run: () => Promise<T>,
): Promise<T> {
  const bytes = textsOf(input).reduce((sum, text) => sum + compiledBytes(text), 0)
  const held = heldBytes.get(service) ?? 0
  if (held > 0 && held + bytes > mostBytes) throw new ApiError('Throttling', 'Rate exceeded')
  heldBytes.set(service, held + bytes)
  try {
    return await run()
  } finally {
    heldBytes.set(service, (heldBytes.get(service) ?? 0) - bytes)
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
