import { ApiError } from '../../catalog/api-error.ts'

/** What the simulator says to input that no model constraint catches. */
export const invalidInput = (message: string, options?: ErrorOptions): ApiError =>
  new ApiError('InvalidInput', message, options)
