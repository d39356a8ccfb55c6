/**
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
import type { PolicyDocument, Statement } from '../document.ts'
import { checkActions } from './check-actions.ts'
import {
  checkActionsPresent,
  checkEffects,
  checkFaults,
  checkNoPrincipals,
  checkResourcesPresent,
  checkUniqueSids,
  refuse,
  syntaxText,
} from './check-grammar.ts'
import { checkLiterals } from './check-literals.ts'

/** What AWS Organizations asks of service and resource control policies. */
export function checkOrganizationPolicy(document: PolicyDocument, kind: 'scp' | 'rcp'): void {
  checkFaults(document)
  checkEffects(document)
  checkLiterals(document)
  checkUniqueSids(document, 'Statement IDs (SID) in a single policy must be unique.')
  checkActionsPresent(document)
  checkResourcesPresent(document)
  checkActions(document)
  if (kind === 'scp') checkNoPrincipals(document)
  else for (const statement of document.statements) checkRcpStatement(statement)
}

function checkRcpStatement(statement: Statement): void {
  const { principal, notPrincipal, action, notAction, effect } = statement
  if (notPrincipal !== undefined) refuse('principal', syntaxText, notPrincipal)
  if (notAction !== undefined) refuse('action', syntaxText, notAction)
  if (!isEveryone(statement)) refuse('principal', syntaxText, principal ?? statement)
  const all = action?.items.some(({ value }) => value === '*') === true
  if (effect?.value === 'Allow') {
    if (!isFullAccess(statement)) refuse('effect', syntaxText, effect)
  } else if (all) refuse('action', syntaxText, action ?? statement)
}

/** `"*"` or `{"AWS": "*"}`; arrays are refused. */
function isEveryone({ principal }: Statement): boolean {
  if (principal === undefined) return false
  if (principal.bare !== undefined) return principal.bare.value === '*'
  const [entry, second] = principal.entries
  if (entry === undefined || second !== undefined || entry.type !== 'AWS') return false
  return !entry.values.isArray && entry.values.items[0]?.value === '*'
}

/** RCPFullAWSAccess is the one policy that may allow. */
function isFullAccess({ action, resource, condition }: Statement): boolean {
  const isStar = (items: readonly { readonly value: string }[] | undefined): boolean =>
    items?.length === 1 && items[0]?.value === '*'
  return condition === undefined && isStar(action?.items) && isStar(resource?.items)
}
