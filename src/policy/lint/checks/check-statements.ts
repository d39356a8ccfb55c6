import type { ConditionClause, PrincipalElement, Statement, TextList } from '../../document.ts'
import { type LintContext, quoted, report } from '../context.ts'

/** Statements that say, Sid aside, what an earlier one says; order and brackets do not count. */
export function checkStatements(context: LintContext): void {
  const seen = new Map<string, Statement>()
  for (const statement of context.document.statements) {
    if (statement.effect === undefined) continue
    const meaning = meaningOf(statement)
    const earlier = seen.get(meaning)
    if (earlier === undefined) {
      seen.set(meaning, statement)
      continue
    }
    const name = earlier.sid?.value ? quoted(earlier.sid.value) : earlier.path
    report(context, 'redundant-statement', statement, `The statement says what ${name} says.`)
  }
}

function meaningOf(statement: Statement): string {
  return JSON.stringify([
    statement.effect?.value.toLowerCase(),
    principalOf(statement.principal),
    principalOf(statement.notPrincipal),
    listOf(statement.action)?.map((value) => value.toLowerCase()),
    listOf(statement.notAction)?.map((value) => value.toLowerCase()),
    listOf(statement.resource),
    listOf(statement.notResource),
    (statement.condition ?? []).map(clauseOf).sort(),
  ])
}

const listOf = (list: TextList | undefined): string[] | undefined =>
  list && [...new Set(list.items.map(({ value }) => value))].sort()

const clauseOf = ({ operator, key, values }: ConditionClause): string =>
  JSON.stringify([operator.value, key.value.toLowerCase(), values.map(({ value }) => value).sort()])

const principalOf = (element: PrincipalElement | undefined): unknown =>
  element &&
  (element.bare?.value ?? element.entries.map(({ type, values }) => [type, listOf(values)]))
