import type { PolicyDocument } from '../document.ts'
import { checkActions, storedActionFault } from './check-actions.ts'
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

/** What IAM asks of managed policies, boundaries among them, in the order IAM asks it. */
export function checkIdentityPolicy(document: PolicyDocument): void {
  checkFaults(document)
  if (document.version?.value !== '2012-10-17') {
    const message = 'Policy document must be version 2012-10-17 or greater.'
    refuse('version', message, document.version ?? document)
  }
  checkStored(document)
}

/** The same of inline policies, which may be of the old version or of none. */
export function checkInlinePolicy(document: PolicyDocument): void {
  checkFaults(document)
  checkStored(document)
}

function checkStored(document: PolicyDocument): void {
  checkEffects(document)
  checkLiterals(document)
  checkLegacyResources(document)
  checkStatementParts(document)
  checkActions(document, storedActionFault)
}

/** What is asked of the statements of a session policy. */
export function checkStatements(document: PolicyDocument): void {
  checkStatementParts(document)
  checkActions(document)
}

function checkStatementParts(document: PolicyDocument): void {
  checkUniqueSids(document, 'Statement IDs (SID) in a single policy must be unique.')
  checkSidCharacters(document)
  checkNoPrincipals(document)
  checkActionsPresent(document)
  checkResources(document)
  checkResourcesPresent(document)
}
