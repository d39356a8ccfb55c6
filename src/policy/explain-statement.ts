import { type Condition, holdsFor } from './condition/condition.ts'
import type {
  ConditionExplanation,
  NamedAs,
  StatementElement,
  StatementExplanation,
} from './explanation.ts'
import { matchesResource, namingIn } from './match-statement.ts'
import { expandText, unresolvedNames } from './pattern/template.ts'
import type { Policy, PolicyStatement } from './policy.ts'
import { namedByAccount, namedByParent, namedItself } from './principal.ts'
import type { AccessRequest, ResourcePolicy } from './request.ts'
import { coversAction } from './statement-index.ts'

/** What a statement is asked under, beside the request itself. */
export interface StatementCircumstances {
  readonly policy: Policy
  readonly ids: ResourcePolicy['principalIds']
  /** Whether the layer's policies name principals at all. */
  readonly names: boolean
  readonly bounded: boolean
}

/** Tries every element of one statement, also after the first that fails. */
export function explainStatement(
  statement: PolicyStatement,
  request: AccessRequest,
  { policy, ids, names, bounded }: StatementCircumstances,
): StatementExplanation {
  const failed: StatementElement[] = []
  const namedAs = names ? nameOf(namingIn(statement, policy, request, ids, bounded)) : 'none'
  if (namedAs === 'nobody') failed.push('principal')
  if (!coversAction(statement, request.action.toLowerCase())) failed.push('action')
  if (!matchesResource(statement, request)) failed.push('resource')
  const conditions = statement.conditions.map((condition) => explainCondition(condition, request))
  if (conditions.some(({ holds }) => !holds)) failed.push('condition')
  return {
    sid: statement.sid ?? null,
    index: statement.index,
    effect: statement.effect,
    line: statement.start.line,
    column: statement.start.column,
    startPosition: { line: statement.reportedStart.line, column: statement.reportedStart.column },
    endPosition: { line: statement.end.line, column: statement.end.column },
    applies: failed.length === 0,
    failed,
    namedAs,
    unresolvedVariables: unresolvedIn(statement, request),
    conditions,
  }
}

/** Each once: a Resource can name the same variable thousands of times. */
function unresolvedIn({ resources = [] }: PolicyStatement, request: AccessRequest): string[] {
  const names = resources.flatMap(({ template }) =>
    template === undefined ? [] : unresolvedNames(template, request),
  )
  return [...new Set(names)]
}

function nameOf(naming: number): NamedAs {
  if (naming === namedItself) return 'itself'
  if (naming === namedByParent) return 'role-or-issuer'
  return naming === namedByAccount ? 'account' : 'nobody'
}

/** A value that variables make longer is shown as it was written. */
const longestShown = 1024

function explainCondition(condition: Condition, request: AccessRequest): ConditionExplanation {
  const value = request.context.get(condition.key)
  return {
    operator: condition.operator.name,
    key: condition.name,
    wanted: condition.templates.map(
      (template, i) => expandText(template, request, longestShown) ?? condition.values[i] ?? '',
    ),
    actual: value === undefined ? null : typeof value === 'string' ? value : [...value],
    holds: holdsFor(condition, request),
  }
}

/**
 * The keys whose absence kept a statement out that names this principal, action and resource, or
 * would, had its variables values. Keys are spelt as the policy spells them.
 */
export function missingKeys(
  statement: PolicyStatement,
  explained: StatementExplanation,
  request: AccessRequest,
): string[] {
  const { failed } = explained
  if (failed.length === 0 || failed.includes('principal') || failed.includes('action')) return []
  if (failed.includes('resource')) return [...explained.unresolvedVariables]
  const missing: string[] = []
  for (const condition of statement.conditions) {
    if (holdsFor(condition, request)) continue
    const value = request.context.get(condition.key)
    if (value === undefined || (value.length === 0 && typeof value !== 'string'))
      missing.push(condition.name)
    for (const template of condition.templates) {
      for (const name of unresolvedNames(template, request)) missing.push(name)
    }
  }
  return missing
}
