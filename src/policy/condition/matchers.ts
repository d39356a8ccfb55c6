/**
 * What each family of operators does with one value of the request. A matcher answers for the
 * positive test; `unfit` is said of a request value that neither the operator nor its negation
 * accepts, and `broken` of a policy value that grants nothing and denies everything.
 */

import { type Glob, globOf, matchesGlob } from '../pattern/glob.ts'
import {
  constantSegments,
  constantText,
  expandGlob,
  expandSegments,
  expandText,
  isConstant,
  type Template,
} from '../pattern/template.ts'
import type { AccessRequest } from '../request.ts'
import { type ArnPattern, arnPatternOf, matchesArn, splitArn } from './arn-pattern.ts'
import { parseDate } from './date.ts'
import { compareDecimals, type Decimal, parseDecimal } from './decimal.ts'
import { type IpNetwork, networkContains, parseIpAddress, parseIpNetwork } from './ip.ts'
import { isTrue } from './is-true.ts'
import { lowerCase } from './lower-case.ts'
import type { Comparison, Operator } from './operator-names.ts'
import { rememberLast } from './remember-last.ts'

export type Outcome = 'match' | 'no-match' | 'unfit' | 'broken'

export type Matcher = (value: string, request: AccessRequest) => Outcome

const outcome = (matches: boolean): Outcome => (matches ? 'match' : 'no-match')

/** @param values - the policy's values; texts where the family takes no variables */
export function compileMatcher(operator: Operator, values: readonly Template[]): Matcher {
  switch (operator.family) {
    case 'string':
      return textMatcher(values, (text) => text)
    case 'string-ignore-case':
      return textMatcher(values, lowerCase, lowerCaseOf)
    case 'string-like':
      return likeMatcher(values)
    case 'numeric':
      return numericMatcher(sourcesOf(values), operator.comparison)
    case 'date':
      return dateMatcher(sourcesOf(values), operator.comparison)
    case 'bool':
      return boolMatcher(sourcesOf(values))
    case 'binary':
      return textMatcher(values, (text) => text)
    case 'ip':
      return ipMatcher(sourcesOf(values))
    case 'arn':
      return arnMatcher(values)
    case 'null':
      return () => 'no-match'
  }
}

function sourcesOf(values: readonly Template[]): string[] {
  return values.map((parts) => parts.map((part) => ('text' in part ? part.text : '')).join(''))
}

interface SplitTemplates {
  readonly fixed: readonly Template[]
  readonly varying: readonly Template[]
}

function split(values: readonly Template[]): SplitTemplates {
  return {
    fixed: values.filter(isConstant),
    varying: values.filter((value) => !isConstant(value)),
  }
}

const lowerCaseOf = rememberLast(lowerCase)
const numberIn = rememberLast(parseDecimal)
const timeIn = rememberLast(parseDate)
const addressIn = rememberLast(parseIpAddress)
const arnIn = rememberLast(splitArn)

/** @param foldAsked - the same as `fold`, for the request's text */
function textMatcher(
  values: readonly Template[],
  fold: (text: string) => string,
  foldAsked = fold,
): Matcher {
  const { fixed, varying } = split(values)
  const texts = fixed.map((value) => fold(constantText(value)))
  const [only] = texts
  if (varying.length === 0 && texts.length === 1 && only !== undefined) {
    return (value) => outcome(foldAsked(value) === only)
  }
  const known = new Set(texts)
  return (value, request) => {
    const folded = foldAsked(value)
    if (known.has(folded)) return 'match'
    for (const template of varying) {
      // No text gets shorter by folding, so what is longer than the folded one differs from it.
      const text = expandText(template, request, folded.length)
      if (text !== undefined && fold(text) === folded) return 'match'
    }
    return 'no-match'
  }
}

function likeMatcher(values: readonly Template[]): Matcher {
  const { fixed, varying } = split(values)
  const globs: Glob[] = []
  for (const value of fixed) globs.push(globOf(constantSegments(value)))
  return (value, request) => {
    for (const glob of globs) if (matchesGlob(glob, value)) return 'match'
    for (const template of varying) {
      const glob = expandGlob(template, request, value.length)
      if (glob !== undefined && matchesGlob(glob, value)) return 'match'
    }
    return 'no-match'
  }
}

const holds: Readonly<Record<Comparison, (order: number) => boolean>> = {
  equal: (order) => order === 0,
  less: (order) => order < 0,
  'less-or-equal': (order) => order <= 0,
  greater: (order) => order > 0,
  'greater-or-equal': (order) => order >= 0,
}

function numericMatcher(values: readonly string[], comparison: Comparison): Matcher {
  const wanted: Decimal[] = []
  for (const value of values) {
    const number = parseDecimal(value)
    if (number !== undefined) wanted.push(number)
  }
  const fits = holds[comparison]
  return (value) => {
    const number = numberIn(value)
    if (number === undefined) return 'no-match'
    for (const other of wanted) if (fits(compareDecimals(number, other))) return 'match'
    return 'no-match'
  }
}

function dateMatcher(values: readonly string[], comparison: Comparison): Matcher {
  const wanted: number[] = []
  for (const value of values) {
    const time = parseDate(value)
    if (time !== undefined) wanted.push(time)
  }
  const fits = holds[comparison]
  return (value) => {
    const time = timeIn(value)
    if (time === undefined) return 'no-match'
    for (const other of wanted) if (fits(time - other)) return 'match'
    return 'no-match'
  }
}

function boolMatcher(values: readonly string[]): Matcher {
  const wantsTrue = values.some(isTrue)
  const wantsFalse = values.some((value) => !isTrue(value))
  return (value) => outcome(isTrue(value) ? wantsTrue : wantsFalse)
}

function ipMatcher(values: readonly string[]): Matcher {
  const networks: IpNetwork[] = []
  for (const value of values) {
    const network = parseIpNetwork(value)
    if (typeof network === 'object') networks.push(network)
  }
  return (value) => {
    const address = addressIn(value)
    if (address === undefined) return 'unfit'
    for (const network of networks) if (networkContains(network, address)) return 'match'
    return 'no-match'
  }
}

/** Values are tried as written: one that is no ARN ends the comparison, a match before it stands. */
function arnMatcher(values: readonly Template[]): Matcher {
  const entries = values.map((template) => {
    const varies = !isConstant(template)
    const fixed = varies ? undefined : arnPatternOf(constantSegments(template))
    return { template, varies, fixed }
  })
  return (value, request) => {
    const arn = arnIn(value)
    if (arn === undefined) return 'unfit'
    for (const { template, varies, fixed } of entries) {
      let pattern: ArnPattern | undefined = fixed
      if (varies) {
        const segments = expandSegments(template, request, value.length)
        if (segments === undefined) continue
        pattern = arnPatternOf(segments)
      }
      if (pattern === undefined) return 'broken'
      if (matchesArn(pattern, arn)) return 'match'
    }
    return 'no-match'
  }
}
