/** The IAM policy language: parse documents, decide requests, explain decisions. Imports nothing. */
export { isMultivalued, multivaluedKeys } from './condition/multivalued-keys.ts'
export { decide } from './decide.ts'
export type { Decision, Layer } from './decision.ts'
export type { JsonLimits, Position } from './json.ts'
export { type PolicyStrictness, parsePolicy } from './parse-policy.ts'
export type { Policy, PolicyKind, PolicyStatement } from './policy.ts'
export { PolicyError, type PolicyFault } from './policy-error.ts'
export type * from './request.ts'
