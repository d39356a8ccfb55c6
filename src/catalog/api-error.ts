import { commonErrorStatuses } from './common-errors.ts'
import { modelErrorStatuses } from './generated/error-codes.ts'

/** Every code that a caller may see. */
export type ErrorCode = keyof typeof commonErrorStatuses | keyof typeof modelErrorStatuses

const statuses: Readonly<Record<ErrorCode, number>> = {
  ...commonErrorStatuses,
  ...modelErrorStatuses,
}

/** An error the caller sees. Any other throw is a bug: logged, then answered InternalFailure. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
  get httpStatus(): number {
    return statuses[this.code]
  }
}
