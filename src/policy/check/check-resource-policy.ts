import type { PolicyDocument } from '../document.ts'
import { checkActions } from './check-actions.ts'
import {
  checkActionsPresent,
  checkEffects,
  checkFaults,
  checkPrincipals,
  checkUniqueSids,
} from './check-grammar.ts'
import { checkLiterals } from './check-literals.ts'

/**
 * What holds for policies on resources and VPC endpoints in general; each service asks more.
 * Some have no Resource: the policy is then about what it is attached to.
 */
export function checkResourcePolicy(document: PolicyDocument): void {
  checkFaults(document)
  checkEffects(document)
  checkLiterals(document)
  checkUniqueSids(document, 'Statement IDs (SID) in a single policy must be unique.')
  checkActionsPresent(document)
  checkPrincipals(document)
  checkActions(document)
}
