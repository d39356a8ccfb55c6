import { ApiError } from '../catalog/api-error.ts'

export const malformed = (message: string): ApiError => new ApiError('MalformedInput', message)

/** Signed 32 bit, leading zeros and `+` accepted, nothing around it. Of other text AWS says nothing but the code. */
export function readInteger(text: string): number {
  if (text === '') throw malformed('missing value for decimal type')
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= 2_147_483_647 && value >= -2_147_483_648)) throw malformed('')
  return value === 0 ? 0 : value
}

/** `true`, `1`, `false` or `0`, to the letter. @throws ApiError MalformedInput */
export function readBoolean(text: string): boolean {
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0') return false
  throw malformed(text === '' ? 'missing value for boolean type' : 'invalid value for boolean type')
}

/** ISO 8601 to milliseconds since the epoch. */
export function readTimestamp(text: string): number {
  const value = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  if (Number.isNaN(value)) throw malformed('invalid value for timestamp type')
  return value
}

/** Base64. @throws ApiError MalformedInput */
export function readBlob(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw malformed('invalid value for blob type')
  return Buffer.from(text, 'base64')
}
