import type { ConditionClause, Statement } from '../document.ts'

type ByName = ReadonlyMap<string, readonly ConditionClause[]>

const byKey = new WeakMap<Statement, ByName>()
const byOperator = new WeakMap<Statement, ByName>()

/** More clauses than this on one key differ in case only, and say nothing more. */
const enough = 64

/** The statement's clauses on a key; names ignore case. */
export function clausesOn(statement: Statement, name: string): readonly ConditionClause[] {
  return (
    grouped(byKey, statement, ({ key }) => key.value.toLowerCase()).get(name.toLowerCase()) ?? []
  )
}

/** The statement's clauses under an operator as written. */
export function clausesUnder(statement: Statement, operator: string): readonly ConditionClause[] {
  return grouped(byOperator, statement, (clause) => clause.operator.value).get(operator) ?? []
}

function grouped(
  cache: WeakMap<Statement, ByName>,
  statement: Statement,
  nameOf: (clause: ConditionClause) => string,
): ByName {
  const known = cache.get(statement)
  if (known !== undefined) return known
  const groups = new Map<string, ConditionClause[]>()
  for (const clause of statement.condition ?? []) {
    const name = nameOf(clause)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [clause])
    else if (group.length < enough) group.push(clause)
  }
  cache.set(statement, groups)
  return groups
}

/** A clause that holds only when the key is there, and is no test of absence. */
export function requiresKey(clause: ConditionClause): boolean {
  const operator = clause.parsedOperator
  if (operator === undefined) return false
  if (operator.family === 'null') {
    return clause.values.every(({ value }) => value.toLowerCase() !== 'true')
  }
  return !operator.negated && !operator.ifExists && operator.set !== 'ForAllValues'
}

/** Whether the statement asks for one of the keys, with more than a lone star. */
export function isLimitedBy(statement: Statement, names: readonly string[]): boolean {
  return names.some((name) =>
    clausesOn(statement, name).some(
      (clause) =>
        requiresKey(clause) &&
        clause.parsedOperator?.family !== 'null' &&
        clause.values.every(({ value }) => !/^[*?]*$/.test(value)),
    ),
  )
}
