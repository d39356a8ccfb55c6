import type { Severity } from './finding.ts'
import type { Rule } from './rule.ts'
import { accessRules } from './rules/access-rules.ts'
import { actionRules } from './rules/action-rules.ts'
import { conditionRules } from './rules/condition-rules.ts'
import { grammarRules } from './rules/grammar-rules.ts'

const all = { ...grammarRules, ...actionRules, ...conditionRules, ...accessRules }

export type LintCode = keyof typeof all

export const ruleByCode: Readonly<Record<LintCode, Rule>> = all

/** What a code means. */
export interface LintRule {
  readonly code: string
  readonly severity: Severity
  readonly explanation: string
}

/** Every rule of `lintPolicy`, in the order of docs/lint.md. */
export const lintRules: readonly LintRule[] = Object.entries(ruleByCode).map(([code, rule]) => ({
  code,
  ...rule,
}))
