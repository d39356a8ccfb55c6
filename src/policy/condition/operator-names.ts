/** Which text a family compares, and so how policy values are read and whether variables expand. */
export type OperatorFamily =
  | 'string'
  | 'string-ignore-case'
  | 'string-like'
  | 'numeric'
  | 'date'
  | 'bool'
  | 'binary'
  | 'ip'
  | 'arn'
  | 'null'

export type Comparison = 'equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal'

export type SetQualifier = 'ForAllValues' | 'ForAnyValue'

/** What an operator does without its set qualifier and `IfExists`. */
export interface BaseOperator {
  readonly family: OperatorFamily
  readonly comparison: Comparison
  readonly negated: boolean
}

/** An operator as written: `ForAnyValue:StringNotLikeIfExists` in its parts. */
export interface Operator extends BaseOperator {
  readonly name: string
  readonly set: SetQualifier | undefined
  readonly ifExists: boolean
}

const is = (family: OperatorFamily, comparison: Comparison = 'equal'): BaseOperator => ({
  family,
  comparison,
  negated: false,
})
const not = (family: OperatorFamily): BaseOperator => ({
  family,
  comparison: 'equal',
  negated: true,
})

/**
 * Is a condition met when the request lacks its key? `IfExists` is said of single values: of no
 * value at all there is none that `ForAnyValue` could find. Together they were seen not to allow;
 * whether they deny is not known, and in doubt they do.
 *
 * @param denies - the effect of the statement
 */
export function passesAbsent({ set, ifExists, negated }: Operator, denies: boolean): boolean {
  if (set === 'ForAnyValue') return ifExists && denies
  return set === 'ForAllValues' || ifExists || negated
}

/** Every condition operator there is; a name that is not here is refused. */
export const baseOperators: ReadonlyMap<string, BaseOperator> = new Map([
  ['StringEquals', is('string')],
  ['StringNotEquals', not('string')],
  ['StringEqualsIgnoreCase', is('string-ignore-case')],
  ['StringNotEqualsIgnoreCase', not('string-ignore-case')],
  ['StringLike', is('string-like')],
  ['StringNotLike', not('string-like')],
  ['NumericEquals', is('numeric')],
  ['NumericNotEquals', not('numeric')],
  ['NumericLessThan', is('numeric', 'less')],
  ['NumericLessThanEquals', is('numeric', 'less-or-equal')],
  ['NumericGreaterThan', is('numeric', 'greater')],
  ['NumericGreaterThanEquals', is('numeric', 'greater-or-equal')],
  ['DateEquals', is('date')],
  ['DateNotEquals', not('date')],
  ['DateLessThan', is('date', 'less')],
  ['DateLessThanEquals', is('date', 'less-or-equal')],
  ['DateGreaterThan', is('date', 'greater')],
  ['DateGreaterThanEquals', is('date', 'greater-or-equal')],
  ['Bool', is('bool')],
  ['BinaryEquals', is('binary')],
  ['IpAddress', is('ip')],
  ['NotIpAddress', not('ip')],
  ['ArnEquals', is('arn')],
  ['ArnLike', is('arn')],
  ['ArnNotEquals', not('arn')],
  ['ArnNotLike', not('arn')],
  ['Null', is('null')],
])

/**
 * Takes an operator name apart. Names are case-sensitive. `Null` tests presence, so neither
 * `IfExists` nor a set qualifier has a meaning on it, and both are refused.
 * @returns undefined for a name that is no operator
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseOperator(name: string): Operator | undefined {
  const set = name.startsWith('ForAllValues:')
    ? 'ForAllValues'
    : name.startsWith('ForAnyValue:')
      ? 'ForAnyValue'
      : undefined
  const rest = set === undefined ? name : name.slice(set.length + 1)
  const ifExists = rest.endsWith('IfExists')
  const base = baseOperators.get(ifExists ? rest.slice(0, -'IfExists'.length) : rest)
  if (base === undefined) return undefined
  if (base.family === 'null' && (ifExists || set !== undefined)) return undefined
  return { ...base, name, set, ifExists }
}
