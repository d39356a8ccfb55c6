/** What IAM asks of a role's trust policy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-custom.html */
import type {
  Fault,
  Located,
  PolicyDocument,
  PrincipalEntry,
  Statement,
  Text,
} from '../document.ts'
import { compileGlob, matchesGlob } from '../pattern/glob.ts'
import {
  checkUniqueSids,
  hasSidCharacters,
  invalidPrincipal,
  principalTypes,
  refuse,
  syntaxText,
} from './check-grammar.ts'
import { checkLiterals } from './check-literals.ts'
import { checkOidcTrust } from './check-oidc-trust.ts'

/** In the order in which IAM asks it. */
export function checkTrustPolicy(document: PolicyDocument): void {
  checkPrincipalTypes(document)
  for (const fault of document.faults) refuse('grammar', faultText(fault, document.text), fault)
  checkUniqueSids(document, 'The Statement Ids in the policy are not unique')
  checkSids(document)
  for (const statement of document.statements) {
    checkEffect(statement)
    checkPrincipal(statement)
    checkActions(statement)
    checkNoResources(statement)
    checkConditionKeys(statement)
  }
  checkLiterals(document)
  for (const statement of document.statements) checkOidcTrust(statement)
}

/** IAM reads a trust policy token by token; one that it cannot use is told by where it was read. */
function syntaxErrorAt({ start, end }: Located, text: string): string {
  // A text, a list and a map are given up on after their first character, anything else after its last.
  const opens = '"[{'.includes(text[start.offset] ?? '')
  const { line, column } = opens ? { line: start.line, column: start.column + 1 } : end
  return `Syntax error at position (${line},${column})`
}

/** Types are spelled exactly: an `aws` is no principal but a fault of the grammar. */
function checkPrincipalTypes({ statements, text }: PolicyDocument): void {
  for (const { principal, notPrincipal } of statements) {
    for (const { type, values } of [principal, notPrincipal].flatMap((of) => of?.entries ?? [])) {
      if (!principalTypes.has(type)) refuse('principal', syntaxErrorAt(values, text), values)
    }
  }
}

function faultText(fault: Fault, text: string): string {
  const { code, subject, path } = fault
  switch (code) {
    case 'unknown-element':
      return `Unknown field ${subject}`
    case 'empty-statement':
    case 'missing-statement':
      return 'Could not parse the policy: Statement is empty!'
    case 'unknown-version':
      return 'The policy must contain a valid version string'
    case 'missing-effect':
      return 'Missing required field Effect'
    case 'invalid-effect':
      return `Invalid effect: ${subject}`
    case 'wrong-type':
      return path.endsWith('Principal')
        ? 'Principal must be a JSON object.'
        : syntaxErrorAt(fault, text)
    case 'unknown-operator':
      return `Invalid Condition type : ${subject}`
    default:
      return syntaxText
  }
}

function checkSids({ statements }: PolicyDocument): void {
  const odd = statements.flatMap(({ sid }) => (sid && !hasSidCharacters(sid.value) ? [sid] : []))
  const [first] = odd
  if (first === undefined) return
  const ids = odd.map(({ value }) => value).join(', ')
  refuse('sid', `The following Statement Ids are invalid: ${ids}`, first)
}

function checkEffect({ effect }: Statement): void {
  if (effect !== undefined && effect.value !== 'Allow' && effect.value !== 'Deny') {
    refuse('effect', `Invalid effect: ${effect.value}`, effect)
  }
}

function checkPrincipal(statement: Statement): void {
  const { principal, notPrincipal, effect } = statement
  if (notPrincipal !== undefined) {
    const message =
      effect?.value === 'Allow'
        ? 'Allow with NotPrincipal is not allowed.'
        : 'AssumeRole policy must not contain NotPrincipal field.'
    refuse('principal', message, notPrincipal)
  }
  if (principal === undefined) refuse('principal', 'Missing required field Principal', statement)
  if (principal.bare?.value === '*') {
    const message = 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'
    refuse('principal', message, principal)
  }
  if (principal.bare !== undefined) {
    refuse('principal', 'Principal must be a JSON object.', principal)
  }
  const empty = 'Missing required field Principal cannot be empty!'
  if (principal.entries.length === 0) refuse('principal', empty, principal)
  for (const entry of principal.entries) {
    if (entry.values.items.length === 0) {
      const message = 'The passed in policy has a statement with no principals!'
      refuse('principal', message, entry.values)
    }
    for (const value of entry.values.items) checkPrincipalValue(entry, value)
  }
}

const awsPrincipal =
  /^(?:\*|\d{12}|arn:[a-z-]+:iam::\d{12}:(?:root|(?:user|role)\/[\x21-\x29\x2b-\x3e\x40-\x7e]+)|arn:[a-z-]+:sts::\d{12}:(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+)|A(?:IDA|ROA)[A-Z0-9]{12,})$/
const servicePrincipal = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazon(?:aws)?\.com(?:\.cn)?$/
const federatedPrincipal =
  /^(?:arn:[a-z-]+:iam::\d{12}:(?:saml-provider|oidc-provider)\/\S+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/

function checkPrincipalValue({ type }: PrincipalEntry, text: Text): void {
  const { value } = text
  if (type === 'Federated') {
    if (federatedPrincipal.test(value)) return
    const message = 'Federated principals must be valid domain names or SAML metadata ARNs'
    refuse('principal', message, text)
  }
  if (type === 'AWS' && awsPrincipal.test(value)) return
  if (type === 'Service' && servicePrincipal.test(value)) return
  refuse('principal', invalidPrincipal(type, text), text)
}

/** What a trust policy may allow; to be written in this case where IAM stores it. */
export const trustActions = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'sts:SetSourceIdentity',
  'sts:SetContext',
]

function checkActions(statement: Statement): void {
  const { action, notAction } = statement
  if (action === undefined && notAction === undefined) {
    refuse('action', 'Missing required field Action', statement)
  }
  const message = 'AssumeRole policy may only specify STS AssumeRole actions.'
  if (notAction !== undefined) refuse('action', message, notAction)
  if (action === undefined || action.items.length === 0) {
    refuse('action', 'Missing required field Action', action ?? statement)
  }
  for (const text of action.items) {
    // Written in another case, or as `sts:*`, an action of STS is refused too, unlike in other policies.
    const glob = compileGlob(text.value)
    const known = trustActions.some((name) => matchesGlob(glob, name))
    const named = /^sts:(?!\*$)/.test(text.value)
    if (!named || !known) refuse('action', message, text)
  }
}

/** A key is a vendor and a name. A tag's key, which ends the name, may hold any character. */
function checkConditionKeys({ condition }: Statement): void {
  for (const { key } of condition ?? []) {
    const [vendor, ...names] = key.value.replace(/^([a-z]+:[A-Za-z]+Tag)\/.*$/s, '$1').split(':')
    if (vendor === '' || names.length === 0) {
      const message = 'Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
      refuse('condition', message, key)
    }
    if (names.length > 1) refuse('condition', 'Condition can contain only one colon.', key)
  }
}

function checkNoResources({ resource, notResource }: Statement): void {
  if (resource !== undefined) refuse('resource', 'Has prohibited field Resource', resource)
  if (notResource !== undefined) {
    refuse('resource', 'AssumeRole policy must not contain resources.', notResource)
  }
}
