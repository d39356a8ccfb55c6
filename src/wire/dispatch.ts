import { ApiError } from '../catalog/api-error.ts'
import { type OperationModel, serviceModels } from '../catalog/model.ts'
import type { Form } from './form.ts'

/** No two services share a version. */
const services = new Map(Object.values(serviceModels).map((service) => [service.version, service]))

/**
 * Finds the operation that a form asks for. The service is the one whose `Version` it names: whether the signature is
 * scoped to the right service is told when it is verified.
 *
 * @returns undefined for a form without `Action`, which AWS answers by a redirect to its documentation
 * @throws ApiError InvalidAction, in AWS's words
 */
export function dispatch(form: Form): OperationModel | undefined {
  const action = form.get('Action')
  if (action === undefined) return undefined
  const version = form.get('Version')
  const service = version === undefined ? undefined : services.get(version)
  const operation = service?.operations.get(action)
  if (!operation) {
    throw new ApiError(
      'InvalidAction',
      `Could not find operation ${action} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
    )
  }
  return operation
}
