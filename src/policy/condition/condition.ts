/**
 * One condition key under one operator: compiled once, then asked per request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
import type { ConditionClause } from '../document.ts'
import { parseTemplate, type Template } from '../pattern/template.ts'
import type { AccessRequest } from '../request.ts'
import { type Anchors, anchorsOf } from './anchors.ts'
import { isTrue } from './is-true.ts'
import { compileMatcher, type Matcher } from './matchers.ts'
import { isDocumentedMultivalued } from './multivalued-keys.ts'
import { type Operator, passesAbsent } from './operator-names.ts'

/** A clause of a Condition, compiled. */
export interface Condition {
  readonly operator: Operator
  /** As written. */
  readonly name: string
  readonly key: string
  /** AWS documents the key as multivalued. */
  readonly multivalued: boolean
  readonly values: readonly string[]
  readonly templates: readonly Template[]
  readonly matcher: Matcher
  /** For the index, where it can go by this condition. */
  readonly anchors: Anchors | undefined
  /** What a policy value that is no ARN makes of the condition: nothing granted, but denied. */
  readonly whenBroken: boolean
  /** Whether it is met when the request lacks its key. */
  readonly whenAbsent: boolean
}

const takesVariables = new Set(['string', 'string-ignore-case', 'string-like', 'arn'])

/**
 * @param denies - the effect of the statement
 * @param variables - whether the document's version knows policy variables
 */
export function compileCondition(
  clause: ConditionClause,
  operator: Operator,
  denies: boolean,
  variables: boolean,
): Condition {
  const expands = variables && takesVariables.has(operator.family)
  const key = clause.key.value.toLowerCase()
  const values = clause.values.map(({ value }) => value)
  const templates = values.map(
    (value): Template => (expands ? parseTemplate(value) : [{ type: 'text', text: value }]),
  )
  const whenAbsent = passesAbsent(operator, denies)
  return {
    operator,
    name: clause.key.value,
    key,
    multivalued: isDocumentedMultivalued(key),
    values,
    templates,
    matcher: compileMatcher(operator, templates),
    anchors: anchorsOf(operator, templates, whenAbsent),
    whenBroken: denies,
    whenAbsent,
  }
}

/** Is the condition met? */
export function holdsFor(condition: Condition, request: AccessRequest): boolean {
  const { operator, key } = condition
  const value = request.context.get(key)
  const absent = value === undefined || (typeof value === 'object' && value.length === 0)
  if (operator.family === 'null') return nullHolds(condition.values, absent)
  if (absent) return condition.whenAbsent
  if (operator.set === undefined) {
    // Without a set operator a multivalued key never matches, one value or not, negated or not.
    if (condition.multivalued || request.multivaluedKeys?.has(key) === true) return false
    if (typeof value === 'string') return valueHolds(condition, value, request)
    const [only] = value
    return value.length === 1 && only !== undefined && valueHolds(condition, only, request)
  }
  if (typeof value === 'string') return valueHolds(condition, value, request)
  if (operator.set === 'ForAnyValue') {
    for (const one of value) if (valueHolds(condition, one, request)) return true
    return false
  }
  for (const one of value) if (!valueHolds(condition, one, request)) return false
  return true
}

function nullHolds(values: readonly string[], absent: boolean): boolean {
  for (const value of values) if (isTrue(value) === absent) return true
  return false
}

function valueHolds(condition: Condition, value: string, request: AccessRequest): boolean {
  switch (condition.matcher(value, request)) {
    case 'match':
      return !condition.operator.negated
    case 'no-match':
      return condition.operator.negated
    case 'broken':
      return condition.whenBroken
    case 'unfit':
      return false
  }
}
