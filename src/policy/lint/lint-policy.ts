/**
 * The linter: reads a document tolerantly, then passes it to one check after another, from grammar
 * to meaning. A check reports under codes of its table in `rules/`; docs/lint.md explains each.
 * Text that is no JSON gives the one finding of the place where reading ended.
 */
import { type PolicyDocument, readDocument } from '../document.ts'
import type { PolicyKind } from '../policy.ts'
import { checkAccess } from './checks/check-access.ts'
import { checkActions, checkNotAction } from './checks/check-actions.ts'
import { checkConditions } from './checks/check-conditions.ts'
import { checkCharacters, checkElements, checkSize } from './checks/check-elements.ts'
import { checkFaults, jsonFinding } from './checks/check-grammar.ts'
import { checkPrincipals } from './checks/check-principals.ts'
import { checkResources } from './checks/check-resources.ts'
import { checkStatements } from './checks/check-statements.ts'
import { checkNotPrincipal, checkTrust } from './checks/check-trust.ts'
import { checkVariables } from './checks/check-variables.ts'
import { contextOf, type LintContext } from './context.ts'
import type { Finding } from './finding.ts'

const checks: readonly ((context: LintContext) => void)[] = [
  checkFaults,
  checkElements,
  checkCharacters,
  checkSize,
  checkActions,
  checkNotAction,
  checkResources,
  checkVariables,
  checkConditions,
  checkPrincipals,
  checkNotPrincipal,
  checkTrust,
  checkAccess,
  checkStatements,
]

/**
 * Everything that is wrong, dangerous or idle in one policy document. Synchronous; the time grows
 * with the length of the text only.
 *
 * @param text - JSON as written; positions in findings refer to it
 * @param kind - what the document is used as: kinds differ in elements, quotas and dangers
 * @returns findings in the order of the text; empty for a sound policy
 * @throws never: text that cannot be read is itself a finding
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function lintPolicy(text: string, kind: PolicyKind): readonly Finding[] {
  let document: PolicyDocument
  try {
    document = readDocument(text)
  } catch (error) {
    return [jsonFinding(error)]
  }
  const context = contextOf(kind, document)
  for (const check of checks) check(context)
  return context.findings.sort((a, b) => a.line - b.line || a.column - b.column)
}
