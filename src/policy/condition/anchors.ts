import { type Glob, globOf, prefixOf } from '../pattern/glob.ts'
import { constantSegments, constantText, isConstant, type Template } from '../pattern/template.ts'
import { arnPatternOf } from './arn-pattern.ts'
import { parseDate } from './date.ts'
import { parseDecimal } from './decimal.ts'
import { isTrue } from './is-true.ts'
import { lowerCase } from './lower-case.ts'
import type { Operator, OperatorFamily } from './operator-names.ts'

/** A text that a request's value, in its normal form, must equal (`exact`) or begin with. */
export interface Anchor {
  readonly text: string
  readonly exact: boolean
}

/**
 * What a condition asks of its key so plainly that an index can go by it: one of the request's
 * values must fit one of the anchors, or else the condition is not met.
 */
export interface Anchors {
  readonly family: OperatorFamily
  readonly anchors: readonly Anchor[]
  /** Met too when the request has no value. */
  readonly optional: boolean
}

/**
 * @param optional - the condition is met too when the request has no value
 * @returns undefined when values that fit no anchor can meet the condition, or in doubt
 */
export function anchorsOf(
  operator: Operator,
  templates: readonly Template[],
  optional: boolean,
): Anchors | undefined {
  const { family, comparison, negated } = operator
  if (negated || comparison !== 'equal') return undefined
  const anchors: Anchor[] = []
  for (const template of templates) {
    const anchor = anchorOf(family, template)
    if (anchor === undefined) return undefined
    anchors.push(anchor)
  }
  return { family, anchors, optional }
}

function anchorOf(family: OperatorFamily, template: Template): Anchor | undefined {
  if (!isConstant(template)) return undefined
  if (family === 'string-like') return globAnchor(globOf(constantSegments(template)))
  if (family === 'arn') {
    // What is no ARN denies whatever the request's value begins with.
    const segments = constantSegments(template)
    return arnPatternOf(segments) === undefined ? undefined : globAnchor(globOf(segments))
  }
  const text = normalForm(family, constantText(template))
  return text === undefined ? undefined : { text, exact: true }
}

function globAnchor(glob: Glob): Anchor | undefined {
  const text = prefixOf(glob)
  return text === '' ? undefined : { text, exact: false }
}

/** Values that an operator takes for equal have one form. Undefined: it matches nothing. */
export function normalForm(family: OperatorFamily, text: string): string | undefined {
  switch (family) {
    case 'string':
    case 'string-like':
    case 'arn':
    case 'binary':
      return text
    case 'string-ignore-case':
      return lowerCase(text)
    case 'bool':
      return String(isTrue(text))
    case 'numeric': {
      const number = parseDecimal(text)
      return number && `${number.sign} ${number.digits} ${number.point}`
    }
    case 'date':
      return parseDate(text)?.toString()
    default:
      return undefined
  }
}
