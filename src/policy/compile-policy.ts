import { compileCondition } from './condition/condition.ts'
import type { PolicyDocument, PolicyVersion, Statement, TextList } from './document.ts'
import { compilePattern, type TextPattern } from './pattern/text-pattern.ts'
import type { Policy, PolicyKind, PolicyStatement } from './policy.ts'
import { compilePrincipal } from './principal.ts'
import { indexStatements } from './statement-index.ts'

/** Makes a checked document ready for decisions. */
export function compilePolicy(document: PolicyDocument, kind: PolicyKind): Policy {
  const version: PolicyVersion =
    document.version?.value === '2012-10-17' ? '2012-10-17' : '2008-10-17'
  const statements = document.statements.map((statement) => compileStatement(statement, version))
  return { kind, version, document, statements, index: indexStatements([statements]) }
}

function compileStatement(statement: Statement, version: PolicyVersion): PolicyStatement {
  const variables = version === '2012-10-17'
  const effect = statement.effect?.value === 'Allow' ? 'Allow' : 'Deny'
  const principal = statement.principal ?? statement.notPrincipal
  const conditions = (statement.condition ?? []).flatMap((clause) =>
    clause.parsedOperator === undefined
      ? []
      : [compileCondition(clause, clause.parsedOperator, effect === 'Deny', variables)],
  )
  return {
    index: statement.index,
    sid: statement.sid?.value,
    effect,
    start: statement.start,
    end: statement.end,
    reportedStart: statement.reportedStart,
    actions: actionPatterns(statement.action ?? statement.notAction),
    notAction: statement.notAction !== undefined,
    resources: resourcePatterns(statement.resource ?? statement.notResource, variables),
    notResource: statement.notResource !== undefined,
    principal: principal === undefined ? undefined : compilePrincipal(principal),
    notPrincipal: statement.notPrincipal !== undefined,
    conditions,
  }
}

function actionPatterns(list: TextList | undefined): TextPattern[] {
  return (list?.items ?? []).map(({ value }) => compilePattern(value.toLowerCase(), false))
}

function resourcePatterns(
  list: TextList | undefined,
  variables: boolean,
): TextPattern[] | undefined {
  return list?.items.map(({ value }) => compilePattern(value, variables))
}
