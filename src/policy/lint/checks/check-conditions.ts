/**
 * Conditions, clause by clause: first the key, then whether the operator suits it, then each value.
 * A key that is not known gets no further checks, for its type is not known either.
 */
import type { Operator } from '../../condition/operator-names.ts'
import type { ConditionClause, Statement } from '../../document.ts'
import { findKey } from '../condition-keys.ts'
import { type LintContext, quoted, report } from '../context.ts'
import { checkKey } from './check-key.ts'
import { checkOperator } from './check-operator.ts'
import { checkPitfalls } from './check-pitfalls.ts'
import { checkValue } from './check-values.ts'
import { reportRedundant } from './report-redundant.ts'

export function checkConditions(context: LintContext): void {
  for (const statement of context.document.statements) {
    checkCases(context, statement)
    for (const clause of statement.condition ?? []) checkClause(context, statement, clause)
  }
}

/** `aws:SourceIp` and `AWS:sourceip` under one operator are one key with two values. */
function checkCases(context: LintContext, statement: Statement): void {
  const seen = new Set<string>()
  for (const { operator, key } of statement.condition ?? []) {
    const name = `${operator.value} ${key.value.toLowerCase()}`
    if (seen.has(name)) {
      const message = `${quoted(key.value)} stands here already in another case.`
      report(context, 'duplicate-keys-with-different-case', key, message)
    }
    seen.add(name)
  }
}

function checkClause(context: LintContext, statement: Statement, clause: ConditionClause): void {
  const found = findKey(clause.key.value)
  checkKey(context, statement, clause, found)
  const operator = clause.parsedOperator
  // The finding of a void revocation speaks of its dates too.
  const last = context.findings.at(-1)
  const isTold = last?.code === 'revocation-revokes-nothing' && last.path === clause.key.path
  if (operator === undefined || isTold) return
  const key = 'key' in found ? found.key : undefined
  const count = context.findings.length
  for (const value of clause.values) checkValue(context, clause, operator, value, key)
  if (key !== undefined) {
    // A wrong value and a wrong operator are one mistake; the value says more.
    const free = found.found === 'tag'
    if (context.findings.length === count && !free) {
      checkOperator(context, statement, clause, operator, key)
    }
    checkPitfalls(context, statement, clause, operator, key)
  }
  checkBooleans(context, clause, operator)
  checkRedundant(context, clause, operator)
}

function checkBooleans(context: LintContext, clause: ConditionClause, operator: Operator): void {
  if (operator.family !== 'bool' && operator.family !== 'null') return
  if (new Set(clause.values.map(({ value }) => value.toLowerCase())).size < 2) return
  const message = `${operator.name} with both values holds for all that has the key.`
  report(context, 'invalid-condition-multiple-boolean', clause, message)
}

function checkRedundant(context: LintContext, clause: ConditionClause, operator: Operator): void {
  const { family } = operator
  const folded = family === 'string-ignore-case' || family === 'bool'
  reportRedundant(context, 'redundant-condition-value', clause.values, {
    textOf: ({ value }) => (folded ? value.toLowerCase() : value),
    wildcards: family === 'string-like',
  })
}
