import { ApiError } from '../../catalog/api-error.ts'
import type { Role } from '../../directory/records/role.ts'
import { protectedRole } from '../errors.ts'

/**
 * Roles under these paths are made and changed by AWS's services (service-linked roles, IAM Identity Center), so
 * nobody may make one by hand, and what they may do stays as it was made.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const reservedPaths = ['/aws-service-role/', '/aws-reserved/']

const isReserved = (path: string): boolean =>
  reservedPaths.some((reserved) => path.startsWith(reserved))

export const isServiceLinked = ({ path }: Role): boolean => path.startsWith('/aws-service-role/')

/** @throws ApiError UnmodifiableEntity for a role that only AWS may change */
export function refuseProtected(role: Role): void {
  if (isReserved(role.path)) throw protectedRole(role.name)
}

/** @throws ApiError InvalidInput for a path under which only AWS makes roles */
export function refuseReservedPath(path: string): void {
  if (isReserved(path)) throw new ApiError('InvalidInput', `The path ${path} is reserved by AWS.`)
}
