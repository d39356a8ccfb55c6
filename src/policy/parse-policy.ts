import { checkGrammar } from './check/check-grammar.ts'
import { checkIdentityPolicy, checkInlinePolicy } from './check/check-identity-policy.ts'
import { checkOrganizationPolicy } from './check/check-organization-policy.ts'
import { checkResourcePolicy } from './check/check-resource-policy.ts'
import { checkSessionPolicy } from './check/check-session-policy.ts'
import { checkTrustPolicy } from './check/check-trust-policy.ts'
import { compilePolicy } from './compile-policy.ts'
import { type PolicyDocument, readDocument } from './document.ts'
import { JsonError } from './json.ts'
import type { Policy, PolicyKind } from './policy.ts'
import { PolicyError } from './policy-error.ts'

/**
 * How much is asked of a document. `store` is what AWS asks before it keeps one, `store-inline` before it keeps one
 * inside a user, group or role. `evaluate` is what a decision needs, for documents that are only tried out: any
 * version, any resource text.
 */
export type PolicyStrictness = 'store' | 'store-inline' | 'evaluate'

/**
 * Reads a policy and makes it ready for decisions.
 *
 * @param kind - what the document is used as, which decides what it may say
 * @returns an immutable policy, to be shared by everything it is attached to
 * @throws PolicyError with AWS's MalformedPolicyDocument text, the line and the path
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(
  text: string,
  kind: PolicyKind,
  strictness: PolicyStrictness = 'store',
): Policy {
  const document = readPolicyDocument(text, kind)
  if (strictness === 'evaluate') checkGrammar(document, kind)
  else if (strictness === 'store-inline' && kind === 'identity') checkInlinePolicy(document)
  else checks[kind](document)
  return compilePolicy(document, kind)
}

const checks: Readonly<Record<PolicyKind, (document: PolicyDocument) => void>> = {
  identity: checkIdentityPolicy,
  boundary: checkIdentityPolicy,
  session: checkSessionPolicy,
  trust: checkTrustPolicy,
  resource: checkResourcePolicy,
  'vpc-endpoint': checkResourcePolicy,
  scp: (document) => checkOrganizationPolicy(document, 'scp'),
  rcp: (document) => checkOrganizationPolicy(document, 'rcp'),
}

const invalidJson: Readonly<Partial<Record<PolicyKind, string>>> = {
  trust: 'This policy contains invalid Json',
  session: 'The policy is not in the valid JSON format.',
}

function readPolicyDocument(text: string, kind: PolicyKind): PolicyDocument {
  try {
    return readDocument(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const message = invalidJson[kind] ?? 'Syntax errors in policy.'
    throw new PolicyError('json', message, { start: error.position, path: '' }, { cause: error })
  }
}
