import { ApiError } from '../catalog/api-error.ts'
import { type OperationModel, type ServiceModel, serviceModels } from '../catalog/model.ts'
import type { Form } from './form.ts'

const services: ReadonlyMap<string, ServiceModel> = new Map(Object.entries(serviceModels))

/**
 * Finds the operation that a form asks for. The service is the one the signature is scoped to; for an unsigned request
 * the one whose `Version` it names.
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
  const service =
    (signedService === undefined ? undefined : services.get(signedService)) ??
    services.values().find((known) => known.version === version)
  const operation = service?.version === version ? service?.operations.get(action) : undefined
  if (!operation) {
    throw new ApiError(
      'InvalidAction',
      `Could not find operation ${action} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
    )
  }
  return operation
}
