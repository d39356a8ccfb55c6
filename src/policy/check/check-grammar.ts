import type { Fault, Located, PolicyDocument, Statement, Text } from '../document.ts'
import type { PolicyKind } from '../policy.ts'
import { PolicyError, type PolicyFault } from '../policy-error.ts'

export const syntaxText = 'Syntax errors in policy.'
export const legacyText = 'The policy failed legacy parsing'

/** @throws PolicyError always */
export function refuse(fault: PolicyFault, message: string, at: Located): never {
  throw new PolicyError(fault, message, at)
}

/** The faults of reading: unknown elements, wrong types, both of a pair, unknown operators. */
export function checkFaults(document: PolicyDocument): void {
  const fault: Fault | undefined = document.faults[0]
  if (fault !== undefined) refuse('grammar', syntaxText, fault)
}

export function checkEffects(document: PolicyDocument): void {
  for (const { effect } of document.statements) {
    if (effect !== undefined && effect.value !== 'Allow' && effect.value !== 'Deny') {
      refuse('effect', legacyText, effect)
    }
  }
}

export function checkUniqueSids(document: PolicyDocument, message: string): void {
  const seen = new Set<string>()
  for (const { sid } of document.statements) {
    if (sid === undefined || sid.value === '') continue
    if (seen.has(sid.value)) refuse('sid', message, sid)
    seen.add(sid.value)
  }
}

export const hasSidCharacters = (sid: string): boolean => /^[0-9A-Za-z]*$/.test(sid)

export function checkSidCharacters(document: PolicyDocument): void {
  const message =
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
  for (const { sid } of document.statements) {
    if (sid !== undefined && !hasSidCharacters(sid.value)) refuse('sid', message, sid)
  }
}

export function checkActionsPresent(document: PolicyDocument): void {
  for (const statement of document.statements) {
    const actions = statement.action ?? statement.notAction
    if (actions === undefined || actions.items.length === 0) {
      refuse('action', 'Policy statement must contain actions.', actions ?? statement)
    }
  }
}

export function checkResourcesPresent(document: PolicyDocument): void {
  for (const statement of document.statements) {
    const resources = statement.resource ?? statement.notResource
    if (resources === undefined || resources.items.length === 0) {
      refuse('resource', 'Policy statement must contain resources.', resources ?? statement)
    }
  }
}

export function checkNoPrincipals(document: PolicyDocument): void {
  for (const statement of document.statements) {
    const principal = statement.principal ?? statement.notPrincipal
    if (principal !== undefined) {
      refuse('principal', 'Policy document should not specify a principal.', principal)
    }
  }
}

export const principalTypes = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser'])

export function checkPrincipals(document: PolicyDocument): void {
  for (const statement of document.statements) checkPrincipal(statement)
}

function checkPrincipal(statement: Statement): void {
  const principal = statement.principal ?? statement.notPrincipal
  if (principal === undefined) refuse('principal', 'Missing required field Principal', statement)
  const { bare, entries } = principal
  if (bare !== undefined && bare.value !== '*') {
    refuse('principal', invalidPrincipal('AWS', bare), bare)
  }
  if (bare === undefined && entries.length === 0) {
    refuse('principal', 'Missing required field Principal cannot be empty!', principal)
  }
  for (const { type, values } of entries) {
    const first = values.items[0]
    if (first === undefined) {
      refuse('principal', 'Missing required field Principal cannot be empty!', values)
    }
    if (!principalTypes.has(type)) refuse('principal', invalidPrincipal(type, first), first)
    // Names match to the letter, so that a Deny with a wildcard inside would pass everyone by.
    for (const text of values.items) {
      if (/[*?]/.test(text.value) && !(type === 'AWS' && text.value === '*')) {
        refuse('principal', invalidPrincipal(type, text), text)
      }
    }
  }
}

export function invalidPrincipal(type: string, { value }: Text): string {
  return `Invalid principal in policy: "${type.toUpperCase()}":"${value}"`
}

const identityKinds = new Set<PolicyKind>(['identity', 'boundary', 'session', 'scp'])

/** What a decision needs, whatever AWS would say of storing the document. */
export function checkGrammar(document: PolicyDocument, kind: PolicyKind): void {
  checkFaults(document)
  checkEffects(document)
  checkActionsPresent(document)
  if (identityKinds.has(kind)) {
    checkNoPrincipals(document)
    checkResourcesPresent(document)
  } else checkPrincipals(document)
}
