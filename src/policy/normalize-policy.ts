import type { PolicyDocument, PrincipalElement, Statement, TextList } from './document.ts'

/**
 * One spelling for documents that say the same: elements in a fixed order, lists as arrays without
 * repetitions, condition values as text. Values keep their order, which matters under Arn operators.
 * It decides as the document does.
 *
 * @param policy - from `parsePolicy`
 * @returns JSON without white space, to be compared
 */
export function normalizePolicy({ document }: { readonly document: PolicyDocument }): string {
  return JSON.stringify({
    Version: document.version?.value ?? '2008-10-17',
    Id: document.id?.value,
    Statement: document.statements.map(normalizeStatement),
  })
}

function normalizeStatement(statement: Statement): Record<string, unknown> {
  return {
    Sid: statement.sid?.value,
    Effect: statement.effect?.value,
    Principal: principalOf(statement.principal),
    NotPrincipal: principalOf(statement.notPrincipal),
    Action: listOf(statement.action),
    NotAction: listOf(statement.notAction),
    Resource: listOf(statement.resource),
    NotResource: listOf(statement.notResource),
    Condition: conditionOf(statement),
  }
}

function listOf(list: TextList | undefined): string[] | undefined {
  return list === undefined ? undefined : [...new Set(list.items.map(({ value }) => value))]
}

function principalOf(element: PrincipalElement | undefined): unknown {
  if (element === undefined) return undefined
  if (element.bare !== undefined) return element.bare.value
  return Object.fromEntries(element.entries.map(({ type, values }) => [type, listOf(values)]))
}

function conditionOf({ condition }: Statement): unknown {
  if (condition === undefined || condition.length === 0) return undefined
  const operators = new Map<string, [string, string[]][]>()
  for (const { operator, key, values } of condition) {
    const keys = operators.get(operator.value) ?? []
    operators.set(operator.value, keys)
    keys.push([key.value, [...new Set(values.map(({ value }) => value))]])
  }
  return Object.fromEntries([...operators].map(([name, keys]) => [name, Object.fromEntries(keys)]))
}
