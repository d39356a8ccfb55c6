import { ApiError } from '../catalog/api-error.ts'
import { type OperationModel, type ServiceName, serviceModels } from '../catalog/model.ts'
import type { Form } from './form.ts'

const services = Object.values(serviceModels)

/**
 * Finds the operation that a form asks for. The service is the one whose `Version` it names, and of two that share one
 * the one it is signed for: whether the signature is scoped to the right service is told when it is verified.
 *
 * @returns undefined for a form without `Action`, which AWS answers by a redirect to its documentation
 * @throws ApiError InvalidAction, in AWS's words
 */
export function dispatch(
  form: Form,
  signedService: string | undefined,
): OperationModel | undefined {
  const action = form.get('Action')
  if (action === undefined) return undefined
  const version = form.get('Version')
  const signed = isService(signedService) ? serviceModels[signedService] : undefined
  const service =
    signed?.version === version ? signed : services.find((known) => known.version === version)
  const operation = service?.operations.get(action)
  if (!operation) {
    throw new ApiError(
      'InvalidAction',
      `Could not find operation ${action} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
    )
  }
  return operation
}

const isService = (name: string | undefined): name is ServiceName =>
  name !== undefined && Object.hasOwn(serviceModels, name)
