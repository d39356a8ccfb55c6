import type { Operator } from '../../condition/operator-names.ts'
import type { ConditionClause, Statement } from '../../document.ts'
import { clausesOn, requiresKey } from '../clauses.ts'
import { sensitiveKeys } from '../condition-keys.ts'
import { isAllow, isDeny, type LintContext, quoted, report } from '../context.ts'
import type { ConditionKey } from '../service-data.ts'
import { withoutVariables } from '../without-variables.ts'
import { swap } from './check-operator.ts'

/** Conditions that are right by the grammar and mean something else than they look like. */
export function checkPitfalls(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  operator: Operator,
  key: ConditionKey,
): void {
  checkSets(context, statement, clause, operator, key)
  checkMfa(context, statement, clause, operator)
  checkMissingKey(context, statement, clause, operator)
  checkSensitive(context, clause, operator)
}

/** Another clause on the key holds only when the key is there. */
function isRequired(statement: Statement, clause: ConditionClause): boolean {
  return clausesOn(statement, clause.key.value).some((one) => one !== clause && requiresKey(one))
}

function checkSets(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  operator: Operator,
  key: ConditionKey,
): void {
  if (operator.family === 'null') return
  const name = quoted(clause.key.value)
  if (operator.set === undefined) {
    if (!key.multivalued) return
    const message = `${name} holds several values: ${operator.name} never matches it. Use ForAnyValue: or ForAllValues:.`
    report(
      context,
      'missing-qualifier',
      clause,
      message,
      swap(statement, clause, `ForAnyValue:${operator.name}`),
    )
  } else if (!key.multivalued) {
    const plain = operator.name.slice(operator.set.length + 1)
    if (operator.set === 'ForAllValues') {
      if (!isAllow(statement) || isRequired(statement, clause)) return
      const message = `${name} has one value; ForAllValues also allows a request without it.`
      const code = 'for-all-values-with-single-valued-key'
      report(context, code, clause, message, swap(statement, clause, plain))
    } else {
      const message = `${name} has one value and needs no ForAnyValue.`
      const code = 'for-any-value-with-single-valued-key'
      report(context, code, clause, message, swap(statement, clause, plain))
    }
  } else if (operator.set === 'ForAllValues' && isAllow(statement)) {
    if (isRequired(statement, clause) || clause.key.value.toLowerCase() === 'aws:tagkeys') return
    const message = `ForAllValues allows a request without ${name}; add Null: {${name}: "false"}.`
    report(context, 'for-all-values-without-null-check', clause, message)
  }
}

function checkMfa(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  operator: Operator,
): void {
  if (clause.key.value.toLowerCase() !== 'aws:multifactorauthpresent') return
  if (operator.family !== 'bool') return
  const isTrue = clause.values.every(({ value }) => value.toLowerCase() === 'true')
  if (isDeny(statement) && !operator.ifExists && !isTrue) {
    const message =
      'Long-term keys have no aws:MultiFactorAuthPresent, so the Deny passes them; use BoolIfExists.'
    report(
      context,
      'mfa-deny-misses-long-term-keys',
      clause,
      message,
      swap(statement, clause, 'BoolIfExists'),
    )
  } else if (isAllow(statement) && !isTrue) {
    const message = 'The statement allows requests made without MFA, and those only.'
    report(context, 'mfa-allow-without-mfa', clause, message)
  } else if (isAllow(statement) && operator.ifExists) {
    const message = 'BoolIfExists allows long-term keys, which have no aws:MultiFactorAuthPresent.'
    report(context, 'mfa-allow-without-mfa', clause, message, swap(statement, clause, 'Bool'))
  }
}

/** Keys that many requests lack, and whose absence should not open the door. */
const oftenAbsent: ReadonlySet<string> = new Set(
  [
    ...sensitiveKeys,
    'aws:PrincipalArn',
    'aws:SourceArn',
    'aws:SourceIdentity',
    'aws:SourceIp',
    'aws:VpcSourceIp',
    'sts:ExternalId',
  ].map((name) => name.toLowerCase()),
)

function checkMissingKey(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  operator: Operator,
): void {
  if (!isAllow(statement) || operator.set !== undefined || operator.family === 'null') return
  const name = clause.key.value
  if (!oftenAbsent.has(name.toLowerCase()) || isRequired(statement, clause)) return
  if (operator.ifExists) {
    if (context.kind === 'vpc-endpoint') return
    const message = `${operator.name} allows every request that has no ${quoted(name)}.`
    report(context, 'if-exists-with-allow', clause, message)
  } else if (operator.negated) {
    const message = `${operator.name} allows a request that has no ${quoted(name)}.`
    report(context, 'negated-operator-with-allow', clause, message)
  }
}

function checkSensitive(context: LintContext, clause: ConditionClause, operator: Operator): void {
  if (operator.family !== 'string-like' || operator.negated) return
  if (!sensitiveKeys.has(clause.key.value.toLowerCase())) return
  for (const value of clause.values) {
    if (!/[*?]/.test(withoutVariables(value.value, ''))) continue
    const message = `${quoted(clause.key.value)} names one owner or network; ${quoted(value.value)} lets strangers in.`
    report(context, 'wildcard-in-sensitive-key', value, message)
  }
}
