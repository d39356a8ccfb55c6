/**
 * The policy language without its linter, which brings data of every service: what the running
 * service imports. The published library is `index.ts`.
 */
export { isDocumentedMultivalued, multivaluedKeys } from './condition/multivalued-keys.ts'
export { contextKeysOf } from './context-keys.ts'
export { decide } from './decide.ts'
export type { Decision, Layer } from './decision.ts'
export { denialMessage } from './denial-message.ts'
export { explain } from './explain.ts'
export type * from './explanation.ts'
export type { JsonLimits, Position } from './json.ts'
export { normalizePolicy } from './normalize-policy.ts'
export { type PolicyStrictness, parsePolicy } from './parse-policy.ts'
export { type Policy, type PolicyKind, type PolicyStatement, policyKinds } from './policy.ts'
export { PolicyError, type PolicyFault } from './policy-error.ts'
export type * from './request.ts'
