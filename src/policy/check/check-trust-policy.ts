/** What IAM asks of a role's trust policy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-custom.html */
import type { Fault, PolicyDocument, PrincipalEntry, Statement, Text } from '../document.ts'
import { compileGlob, matchesGlob } from '../pattern/glob.ts'
import { checkUniqueSids, invalidPrincipal, refuse, syntaxText } from './check-grammar.ts'
import { checkLiterals } from './check-literals.ts'
import { checkOidcTrust } from './check-oidc-trust.ts'

export function checkTrustPolicy(document: PolicyDocument): void {
  for (const fault of document.faults) refuse('grammar', faultText(fault), fault)
  checkUniqueSids(document, 'The Statement Ids in the policy are not unique')
  for (const statement of document.statements) {
    checkEffect(statement)
    checkPrincipal(statement)
    checkActions(statement)
    checkNoResources(statement)
  }
  checkLiterals(document)
  for (const statement of document.statements) checkOidcTrust(statement)
}

function faultText({ code, subject, path }: Fault): string {
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
      return path.endsWith('Principal') ? 'Principal must be a JSON object.' : syntaxText
    default:
      return syntaxText
  }
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
    if (entry.values.items.length === 0) refuse('principal', empty, entry.values)
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

const trustActions = [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
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
    const pattern = text.value.toLowerCase()
    const glob = compileGlob(pattern)
    const known = trustActions.some((name) => matchesGlob(glob, name))
    if (!pattern.startsWith('sts:') || !known) refuse('action', message, text)
  }
}

function checkNoResources({ resource, notResource }: Statement): void {
  if (resource !== undefined) refuse('resource', 'Has prohibited field Resource', resource)
  if (notResource !== undefined) {
    refuse('resource', 'AssumeRole policy must not contain resources.', notResource)
  }
}
