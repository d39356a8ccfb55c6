/** The IAM policy language: parse documents, decide requests, explain decisions, lint. Imports nothing. */
export * from './engine.ts'
export { applyFix, type Edit, type Finding, type Fix, type Severity } from './lint/finding.ts'
export { lintPolicy } from './lint/lint-policy.ts'
export { lintRules } from './lint/lint-rules.ts'
export { type FileFindings, toSarif } from './lint/sarif.ts'
