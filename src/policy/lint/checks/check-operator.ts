import type { Operator } from '../../condition/operator-names.ts'
import type { ConditionClause, Statement } from '../../document.ts'
import { clausesUnder } from '../clauses.ts'
import { type LintContext, quoted, report } from '../context.ts'
import type { Fix } from '../finding.ts'
import type { ConditionKey, KeyType } from '../service-data.ts'

const wanted: Readonly<Record<KeyType, string>> = {
  string: 'a string',
  arn: 'an Arn',
  bool: 'the Bool',
  numeric: 'a Numeric',
  date: 'a Date',
  ip: 'an IpAddress',
}

/** Whether the operator suits the key's type. */
export function checkOperator(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  operator: Operator,
  key: ConditionKey,
): void {
  const { family } = operator
  if (family === 'null' || suits(family, key, clause)) return
  const isString = family.startsWith('string')
  if (key.type === 'arn' && isString) {
    stringOnArn(context, statement, clause, operator)
    return
  }
  const message = `${quoted(key.name)} takes ${wanted[key.type]} operator, not ${operator.name}.`
  report(context, 'type-mismatch', clause.operator, message)
}

function suits(family: string, key: ConditionKey, clause: ConditionClause): boolean {
  switch (key.type) {
    case 'string':
      if (family.startsWith('string') || family === 'binary') return true
      // AWS lists many keys of ARNs, numbers and times as strings: plausible values are believed.
      return family === 'arn' || family === 'numeric' || family === 'date'
        ? clause.values.every(({ value }) => family !== 'arn' || /^(?:arn:|\*|\$)/.test(value))
        : family === 'bool'
    case 'arn':
      return family === 'arn'
    case 'bool':
      return family === 'bool' || isBooleanText(family, clause)
    case 'numeric':
      return family === 'numeric'
    case 'date':
      return family === 'date' || (family === 'numeric' && /epochtime/i.test(key.name))
    case 'ip':
      return family === 'ip'
  }
}

/** StringEquals with "true" compares the text that AWS gives; it works. */
const isBooleanText = (family: string, clause: ConditionClause): boolean =>
  family.startsWith('string') && clause.values.every(({ value }) => /^(?:true|false)$/.test(value))

/** A star in the last part of an ARN means the same to both operators. */
function isWildAtEndOnly(value: string): boolean {
  const wild = value.search(/[*?]/)
  const before = wild === -1 ? value : value.slice(0, wild)
  return before.split(':', 6).length === 6 && (wild === -1 || !value.slice(wild).includes(':'))
}

function stringOnArn(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  operator: Operator,
): void {
  const set = operator.set === undefined ? '' : `${operator.set}:`
  const name = `${set}${operator.negated ? 'ArnNotLike' : 'ArnLike'}${operator.ifExists ? 'IfExists' : ''}`
  const { value } = clause.key
  const wild = clause.values.some((one) => /[*?]/.test(one.value))
  if (operator.family === 'string-like' && wild) {
    if (clause.values.every((one) => isWildAtEndOnly(one.value))) return
    const message = `A wildcard in ${quoted(value)} runs over colons; use ${name}.`
    report(
      context,
      'string-like-operator-with-arn-key',
      clause.operator,
      message,
      swap(statement, clause, name),
    )
    return
  }
  if (operator.family === 'string-like') return
  const message = `${quoted(value)} holds ARNs; ${name} compares them part by part.`
  report(
    context,
    'arn-key-with-string-operator',
    clause.operator,
    message,
    swap(statement, clause, name),
  )
}

/** Another operator name, when this is the only key under it. */
export function swap(
  statement: Statement,
  { operator }: ConditionClause,
  name: string,
): Fix | undefined {
  if (clausesUnder(statement, operator.value).length > 1) return undefined
  if (clausesUnder(statement, name).length > 0) return undefined
  const edits = [
    { start: operator.start.offset, end: operator.end.offset, text: JSON.stringify(name) },
  ]
  return { description: `Use ${name}`, edits }
}
