import { ApiError } from '../catalog/api-error.ts'
import {
  type Policy,
  PolicyError,
  type PolicyKind,
  type PolicyStrictness,
  parsePolicy,
} from '../policy/engine.ts'
import { limitExceeded } from './errors.ts'
import { quotas } from './quotas.ts'

/**
 * Reads a document that is about to be stored, so that nothing is kept which the engine could not decide by.
 * @throws ApiError MalformedPolicyDocument with the text AWS gives for the fault
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function checkPolicyDocument(
  text: string,
  kind: PolicyKind,
  strictness: PolicyStrictness = 'store',
): Policy {
  try {
    return parsePolicy(text, kind, strictness)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw new ApiError('MalformedPolicyDocument', error.message, { cause: error })
  }
}

/** @throws ApiError LimitExceeded for a managed policy of more than 6,144 counted characters */
export function checkManagedPolicySize(text: string): void {
  if (policySize(text) > quotas.PolicySize) throw limitExceeded('PolicySize', quotas.PolicySize)
}

/** @throws ApiError LimitExceeded for a trust policy of more than 2,048 counted characters */
export function checkTrustPolicySize(text: string): void {
  if (policySize(text) > quotas.ACLSizePerRole) {
    throw limitExceeded('ACLSizePerRole', quotas.ACLSizePerRole)
  }
}

/**
 * The size of a document as its quota counts it: white space between the parts is free, inside strings it counts.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function policySize(text: string): number {
  let size = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      size++
      if (code === backslash && at + 1 < text.length) {
        size++
        at++
      } else if (code === quote) inString = false
    } else if (!isSpace(code)) {
      size++
      inString = code === quote
    }
  }
  return size
}

const quote = 0x22
const backslash = 0x5c
const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d

/** A document as answers carry it: percent-encoded but for the unreserved characters of RFC 3986. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
