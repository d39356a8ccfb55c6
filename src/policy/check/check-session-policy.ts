import type { PolicyDocument } from '../document.ts'
import { checkEffects, checkFaults } from './check-grammar.ts'
import { checkStatements } from './check-identity-policy.ts'
import { checkLiterals } from './check-literals.ts'

/**
 * What STS asks of an inline session policy. It keeps numbers, dates, networks and ARNs that IAM
 * would refuse, and takes documents of any version; only base64 is checked.
 */
export function checkSessionPolicy(document: PolicyDocument): void {
  checkFaults(document)
  checkEffects(document)
  checkLiterals(document, 'binary')
  checkStatements(document)
}
