import type { PolicyDocument } from '../document.ts'
import { checkActions } from './check-actions.ts'
import {
  checkActionsPresent,
  checkEffects,
  checkFaults,
  checkNoPrincipals,
  checkResourcesPresent,
  checkSidCharacters,
  checkUniqueSids,
  refuse,
} from './check-grammar.ts'
import { checkLiterals } from './check-literals.ts'
import { checkLegacyResources, checkResources } from './check-resources.ts'

/** What IAM asks of identity policies and boundaries, in the order IAM asks it. */
export function checkIdentityPolicy(document: PolicyDocument): void {
  checkFaults(document)
  if (document.version?.value !== '2012-10-17') {
    const message = 'Policy document must be version 2012-10-17 or greater.'
    refuse('version', message, document.version ?? document)
  }
  checkEffects(document)
  checkLiterals(document)
  checkLegacyResources(document)
  checkStatements(document)
}

/** The part that session policies share. */
export function checkStatements(document: PolicyDocument): void {
  checkUniqueSids(document, 'Statement IDs (SID) in a single policy must be unique.')
  checkSidCharacters(document)
  checkActionsPresent(document)
  checkResources(document)
  checkNoPrincipals(document)
  checkResourcesPresent(document)
  checkActions(document)
}
