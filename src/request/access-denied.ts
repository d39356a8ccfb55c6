import { ApiError } from '../catalog/api-error.ts'

/** AWS's text without a reason: what STS says when a role cannot be assumed, whatever the cause. */
export const notAuthorized = (callerArn: string, action: string, resource?: string): ApiError =>
  new ApiError(
    'AccessDenied',
    `User: ${callerArn} is not authorized to perform: ${action}${resource === undefined ? '' : ` on resource: ${resource}`}`,
  )
