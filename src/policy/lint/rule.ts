import type { Severity } from './finding.ts'

/** What a rule is, beside its check: `explanation` is one sentence, the same as in docs/lint.md. */
export interface Rule {
  readonly severity: Severity
  readonly explanation: string
}

export const error = (explanation: string): Rule => ({ severity: 'error', explanation })
export const warning = (explanation: string): Rule => ({ severity: 'warning', explanation })
export const suggestion = (explanation: string): Rule => ({ severity: 'suggestion', explanation })
export const securityWarning = (explanation: string): Rule => ({
  severity: 'security-warning',
  explanation,
})
