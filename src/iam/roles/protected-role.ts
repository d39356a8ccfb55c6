import type { Role } from '../../directory/records/role.ts'
import { invalidInput, protectedRole } from '../errors.ts'

/**
 * Roles under these paths are made and changed by AWS's services (service-linked roles, IAM Identity Center), so
 * nobody may make one by hand, and what they may do stays as it was made.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const isReserved = (path: string): boolean =>
  path.startsWith(linkedPath) || path.startsWith('/aws-reserved/')

const linkedPath = '/aws-service-role/'

export const isServiceLinked = ({ path }: Role): boolean => path.startsWith(linkedPath)

/** @throws ApiError UnmodifiableEntity for a role that only AWS may change */
export function refuseProtected(role: Role): void {
  if (isReserved(role.path)) throw protectedRole(role.name)
}

/** @throws ApiError InvalidInput for a path under which only AWS makes roles */
export function refuseReservedPath(path: string): void {
  if (!isReserved(path)) return
  const text = path.startsWith(linkedPath)
    ? `Path prefix '${linkedPath}' can only be used for AWS Service linked Roles`
    : `The path ${path} is reserved by AWS.`
  throw invalidInput(text)
}
