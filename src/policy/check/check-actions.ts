import type { PolicyDocument } from '../document.ts'
import { refuse } from './check-grammar.ts'

type ActionFault = (action: string) => string | undefined

/** @param faultOf - AWS's text for an action that is refused, or undefined */
export function checkActions(document: PolicyDocument, faultOf: ActionFault = actionFault): void {
  for (const { action, notAction } of document.statements) {
    for (const text of (action ?? notAction)?.items ?? []) {
      const message = faultOf(text.value)
      if (message !== undefined) refuse('action', message, text)
    }
  }
}

/** @returns AWS's text, or undefined for an action that IAM accepts */
function actionFault(action: string): string | undefined {
  if (action === '*') return undefined
  const [vendor = '', ...names] = action.split(':')
  if (names.length === 0) {
    return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  }
  if (names.length > 1) return 'Actions/Condition can contain only one colon.'
  if (vendor === '*') return undefined
  return /^[a-zA-Z0-9\-.]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`
}

/** What IAM asks of the actions that it stores: the service must be named. */
export function storedActionFault(action: string): string | undefined {
  const [vendor = '', ...names] = action.split(':')
  const isEverything = action === '*' || action === '*:*'
  if (!isEverything && names.length === 1 && /[*?]/.test(vendor)) {
    return 'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.'
  }
  return actionFault(action)
}
